import { isInBand } from '../../../../functions/domain/rules/engine/band.ts';
import type {
  BoundSensor,
  BoundSeverity,
  Condition,
} from '../../../../functions/domain/rules/engine/bind.ts';
import { type Answer, answers, type Band, noBand } from '../../../../functions/domain/rules/engine/cell.ts';
import type { Verdict } from '../../../../functions/domain/rules/expression.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';
import { at, type GivenReading, readingOf } from '../../../support/engine/bench.ts';
import { conditionWith, saying, sensorCellOf } from '../../../support/engine/cells.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const [plain] = boundTo(ruleOf()).sensors;
if (plain === undefined) throw new Error('a device without a sensor');
const open: Band = { ...noBand, low: 0, high: 1, until: at(100), gapMs: 20_000 };

/** A sensor whose newest reading is of second 10. */
const isIn = (
  reading: GivenReading,
  {
    band = {},
    bound = {},
    newest = 0.5,
  }: { readonly band?: Partial<Band>; readonly bound?: Partial<BoundSensor>; readonly newest?: Value } = {},
): boolean => {
  const said = typeof newest === 'number' ? { number: newest } : { other: newest };
  const sensor = sensorCellOf({ at: at(10), ...said, band: { ...open, ...band } });
  return isInBand(sensor, { ...plain, ...bound }, readingOf(reading, reading.t));
};

test.each([
  [-0.1, false],
  [0, false],
  [0.1, true],
  [0.9, true],
  [1, false],
  [1.1, false],
  [Number.NaN, false],
])('a number says what the last one said between 0 and 1, both excluded; %d: %p', (v, said) => {
  expect(isIn({ t: 20, v })).toBe(said);
});

test('no number lies in a band that is none', () => {
  expect(isIn({ t: 20, v: 0.5 }, { band: { low: Number.NaN, high: Number.NaN } })).toBe(false);
});

test('what is no number says the same only when it is the same', () => {
  const newest = 'open';
  expect(isIn({ t: 20, v: 'open' }, { newest })).toBe(true);
  expect(isIn({ t: 20, v: 'shut' }, { newest })).toBe(false);
  expect(isIn({ t: 20, v: true }, { newest: true })).toBe(true);
  expect(isIn({ t: 20 }, { newest })).toBe(false);
});

test.each([
  [29, true],
  [30, true],
  [31, false],
])(
  'semantics 7: after a reading of second 10 and with a gap of more than 20 s, second %d is in: %p',
  (t, said) => {
    expect(isIn({ t, v: 0.5 })).toBe(said);
  },
);

test.each([
  [20, true],
  [21, false],
  [22, false],
])('a timer that is reached at second 21 is one; second %d is in: %p', (t, said) => {
  expect(isIn({ t, v: 0.5 }, { band: { until: at(21) } })).toBe(said);
});

describe('a condition that does more than compare', () => {
  const { isFalse, isTrue, isUnknown, clears, staysInBand } = answers;
  const isInWith = (watchful: readonly Condition[], ...of: readonly Answer[]): boolean =>
    isIn({ t: 20, v: 0.5 }, { bound: { watchful }, band: { answers: of } });
  const answersTo = (severity: BoundSeverity): readonly Answer[] =>
    Object.values(answers).filter((answer) => isInWith([conditionWith([severity])], answer));
  const cleared = (said: Verdict) => saying(false, { clear: () => said });

  test.each<readonly [string, BoundSeverity, readonly Answer[]]>([
    ['true', saying(true), [isTrue]],
    ['true, whatever `clear` says', saying(true, { clear: () => true }), [isTrue]],
    ['true, whatever `clear` leaves open', saying(true, { clear: () => false }), [isTrue]],
    ['unknown', saying(undefined), [isUnknown]],
    ['unknown, whatever `clear` says', saying(undefined, { clear: () => true }), [isUnknown]],
    ['unknown, whatever `clear` leaves open', saying(undefined, { clear: () => false }), [isUnknown]],
    ['false, without a `clear`', saying(false), [isFalse, clears]],
    ['false, with a true `clear`', cleared(true), [isFalse, clears]],
    ['false, with a false `clear`', cleared(false), [isFalse, staysInBand]],
    ['false, with an unknown `clear`', cleared(undefined), [isFalse, staysInBand]],
  ])('semantics 2: says the same when it is %s', (_, severity, said) => {
    expect(answersTo(severity)).toEqual(said);
  });

  test('is asked of every severity, one after the other', () => {
    const two = [conditionWith([saying(true), saying(undefined)]), conditionWith([saying(false)])];
    expect(isInWith(two, isTrue, isUnknown, isFalse)).toBe(true);
    expect(isInWith(two, isFalse, isUnknown, isFalse)).toBe(false);
    expect(isInWith(two, isTrue, isFalse, isFalse)).toBe(false);
    expect(isInWith(two, isTrue, isUnknown, isTrue)).toBe(false);
  });

  test('says something else when nobody knows what it said', () => {
    expect(isInWith([conditionWith([saying(false)])])).toBe(false);
    expect(isInWith([conditionWith([cleared(false)])])).toBe(false);
    expect(isInWith([conditionWith([])])).toBe(true);
  });

  test('is asked beside the value', () => {
    const watchful = [conditionWith([saying(true)])];
    expect(isIn({ t: 20, v: 2 }, { bound: { watchful }, band: { answers: [isTrue] } })).toBe(false);
  });
});
