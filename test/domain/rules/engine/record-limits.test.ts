import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { newCell } from '../../../../functions/domain/rules/engine/cell.ts';
import type { Era } from '../../../../functions/domain/rules/engine/eras.ts';
import { asRecorded, inForceOf } from '../../../../functions/domain/rules/engine/record-limits.ts';
import type { ReadingsInput, TimeInput } from '../../../../functions/domain/rules/engine/step-input.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { compare, either, input, limit, ruleOf, valueIs } from '../../../support/engine/rules.ts';

const [orange] = ruleOf().severities;
/** Names two limits, one of them unset and one in `clear` alone, and every kind of input. */
const rule = ruleOf({
  limits: {
    a: limit(1),
    b: { tighter: 'lower', standard: 'TEST 1', clause: '2', verified: false },
    other: limit(9),
  },
  severities: orange
    ? [
        {
          ...orange,
          when: ['mode', 'source.grade', 'range.max', 'sensor.source.value'].reduce(
            (left, name) => either(left, compare('eq', input(name), input('quality'))),
            valueIs('ge', 'a'),
          ),
          clear: either(valueIs('lt', 'b'), compare('lt', input('value'), input('range.min'))),
        },
      ]
    : [],
});
const source = { standard: 'TEST 1', clause: '1', verified: true };

const eraLike = (like: Condition, given: Partial<Era>): Era => {
  const [era] = like.eras;
  if (era === undefined) throw new Error('a condition without an era');
  return { ...era, ...given };
};
const withEras = (like: Condition, ...eras: readonly Partial<Era>[]): Condition => ({
  ...like,
  eras: eras.map((era) => eraLike(like, era)),
});
const one = conditionOf(ruleOf());
const metAt = (limitsKey: number) => ({ ...newCell(1, 0), limitsKey });
const atReading = (t: number): ReadingsInput => ({
  kind: 'readings',
  isLate: false,
  at: instant(99),
  readings: [{ ...readingOf({ t: 0, v: 1 }, 0), phenomenonAt: instant(t) }],
});
const inTime = (event: TimeInput['event'], at: number, index: number): TimeInput => ({
  ...{ kind: 'time', event, index, value: 1, quality: 'good' },
  at: instant(at),
});

test('semantics 25: of a rule that was never changed the record says only the limits that it names, and their source', () => {
  expect(inForceOf(one, metAt(0), atReading(5))).toStrictEqual({
    limits: { orange: { value: 1, origin: 'rule', ...source } },
  });
  expect(inForceOf(withEras(one, { limits: {} }), metAt(0), atReading(5))).toStrictEqual({
    limits: { orange: { value: undefined, ...source } },
  });
});

test('semantics 25: what the conditions name beside limits is told where it is known, other inputs are not', () => {
  const known = withEras(conditionOf(rule), { constants: (name) => `is ${name}` });
  expect(inForceOf(known, metAt(0), atReading(5))).toStrictEqual({
    limits: {
      a: { value: 1, origin: 'rule', ...source },
      b: { value: undefined, origin: 'unset', standard: 'TEST 1', clause: '2', verified: false },
    },
    constants: {
      mode: 'is mode',
      'source.grade': 'is source.grade',
      'range.max': 'is range.max',
      'range.min': 'is range.min',
    },
  });
  expect(inForceOf(conditionOf(rule), metAt(0), atReading(5)).constants).toStrictEqual({
    mode: 'normal',
    'range.max': 4,
    'range.min': 0,
  });
});

const dated = withEras(
  one,
  { limits: { orange: { value: 1, origin: 'rule' } } },
  { limits: { orange: { value: 2, origin: 'rule' } }, from: 10, key: 7 },
  { limits: { orange: { value: 3, origin: 'rule' } }, from: 20, key: 8 },
);

test.each<[string, ReadingsInput | TimeInput, number]>([
  ['of a reading before a change', atReading(9), 1],
  ['of a reading at a change', atReading(10), 2],
  ['of a reading after every change', atReading(21), 3],
  ['of no reading', { ...atReading(9), readings: [] }, 3],
  ['of a change, by its key', inTime('limit-changed', 25, 7), 2],
  ['of a change that is not known any more, by its instant', inTime('limit-changed', 19, 5), 2],
  ['of a deadline, by its instant', inTime('deadline', 19, 8), 2],
  ['of the first instant of all', inTime('deadline', 0, 8), 1],
])('semantics 22: a record says the limits %s', (_, of, value) => {
  expect(inForceOf(dated, metAt(0), of).limits['orange']?.value).toBe(value);
});

test.each<[string, Condition, number, unknown]>([
  ['first of all', one, 0, undefined],
  ['beginning later', withEras(one, { from: 5 }), 9, { from: 5, key: 0, met: 0 }],
  ['of another key', withEras(one, { key: 7 }), 0, { from: 0, key: 7, met: 0 }],
  ['met before by its cell', dated, 7, { from: 0, key: 0, met: 10 }],
  ['beginning later and met', withEras(one, { from: 5, key: 7 }), 7, { from: 5, key: 7, met: 5 }],
])('semantics 22: a record tells of an era %s', (_, condition, limitsKey, era) => {
  expect(inForceOf(condition, metAt(limitsKey), atReading(6)).era).toEqual(era);
});

const unchanged = { from: 0, key: 0, met: 0 };
type Recorded = Parameters<typeof asRecorded>[3];
const recordedOf = (value: number | undefined, given: Partial<Recorded> = {}): Recorded => ({
  ruleVersion: 'v1',
  limits: { orange: value === undefined ? { value, origin: 'unset' } : { value, origin: 'rule' } },
  constants: {},
  era: unchanged,
  ...given,
});

test('semantics 25: what was decided by the limits of today replays with the condition itself', () => {
  expect(asRecorded(one, metAt(0), atReading(5), recordedOf(1))).toBe(one);
  const moved = recordedOf(1, { limits: { orange: { value: 1, origin: 'grade', grade: 2 } } });
  expect(asRecorded(one, metAt(0), atReading(5), moved)).toBe(one);
  const inEra = recordedOf(2, { era: { from: 10, key: 7, met: 20 } });
  expect(asRecorded(dated, metAt(8), atReading(12), inEra)).toBe(dated);
});

test('semantics 25: what was decided by the constants of today, and by a limit that nobody has set, too', () => {
  const condition = conditionOf(rule);
  const recorded = recordedOf(1, {
    limits: { b: { value: undefined, origin: 'unset' }, a: { value: 1, origin: 'rule' } },
    constants: { 'range.min': 0, mode: 'normal', 'range.max': 4 },
  });
  expect(asRecorded(condition, metAt(0), atReading(5), recorded)).toBe(condition);
  const constants = { ...recorded.constants, mode: 'emergency' };
  expect(asRecorded(condition, metAt(0), atReading(5), { ...recorded, constants })).not.toBe(condition);
  const set = { ...recorded.limits, b: { value: 0, origin: 'rule' as const } };
  expect(asRecorded(condition, metAt(0), atReading(5), { ...recorded, limits: set })).not.toBe(condition);
});

test('another version of a rule is asked with its own limits', () => {
  expect(asRecorded(one, metAt(0), atReading(5), recordedOf(5, { ruleVersion: 'v0' }))).toBe(one);
  expect(asRecorded(one, metAt(0), atReading(5), recordedOf(5, { ruleVersion: undefined }))).toBe(one);
});

const says = (condition: Condition, value: Value) =>
  condition.severities[0]?.when({ value, quality: 'good', phenomenonAt: instant(5) });

test('semantics 25: where the registration has moved on the condition gets the limits of the record', () => {
  const recorded = asRecorded(one, metAt(0), atReading(5), recordedOf(3));
  expect([says(one, 2), says(one, 3), says(recorded, 2), says(recorded, 3)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  expect(recorded).toMatchObject({ slot: one.slot, rule: one.rule, sensor: one.sensor });
  const [era] = recorded.eras;
  expect(recorded.eras).toHaveLength(1);
  expect(era).toMatchObject({
    from: 0,
    key: 0,
    mode: 'normal',
    source: undefined,
    limits: recordedOf(3).limits,
  });
  expect(era?.constants('limits.orange')).toBe(3);
});

test.each<[Readonly<Record<string, Value>>, string]>([
  [{}, 'normal'],
  [{ mode: 'normal' }, 'normal'],
  [{ mode: 'emergency' }, 'emergency'],
  [{ mode: 'strange' }, 'normal'],
])('semantics 25: what the record names of the world holds: of %j the mode is %s', (constants, mode) => {
  const { eras } = asRecorded(one, metAt(0), atReading(5), recordedOf(3, { constants }));
  expect(eras[0]?.mode).toBe(mode);
  expect(eras[0]?.constants('mode')).toBe(constants['mode'] ?? 'normal');
});

test.each([
  [4, [[5, 7]]],
  [5, [[5, 7]]],
  [
    6,
    [
      [5, 7],
      [6, 8],
    ],
  ],
])(
  'semantics 22: an era that the cell had met from %d on is one of its own where it is newer',
  (met, eras) => {
    const era = { from: 5, key: 7, met };
    const recorded = asRecorded(one, metAt(8), atReading(5), recordedOf(1, { era }));
    expect(recorded.eras.map(({ from, key }) => [from, key])).toEqual(eras);
    expect(recorded.eras.map(({ constants }) => constants('limits.orange'))).toEqual(eras.map(() => 1));
  },
);
