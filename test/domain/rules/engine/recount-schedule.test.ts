import { recountBreach, standing } from '../../../../functions/domain/rules/engine/recount.ts';
import { type Run, type Spans, spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { at } from '../../../support/engine/bench.ts';
import { machineOf, severityOf } from '../../../support/engine/counting.ts';
import { scheduleOf } from '../../../support/engine/gated.ts';

const { isFalse: F, isTrue: T } = spanKinds;
const hour = 22 * 60;

/** Open from second 40 to second 100, and from 160 to 220. */
const schedule = scheduleOf([
  [hour + 14, hour + 15],
  [hour + 16, hour + 17],
]);
const known = { evaluatedAt: at(200), heldFrom: Number.POSITIVE_INFINITY };

const runOf = (fromS: number, toS: number, more: Partial<Run> = {}): Run => ({
  from: at(fromS),
  to: at(toS),
  plainAt: at(toS),
  falseAt: undefined,
  falseBefore: undefined,
  ...more,
});

test.each([
  ['before its `for` is over', 59.999, false],
  ['when its `for` is over', 60, true],
  ['just before the closing', 99.999, true],
  ['at the closing', 100, false],
  ['outside the hours', 110, false],
])(
  'semantics 16: of a run from 50 s to 120 s that was known a late reading raises %s, at %s s: %s',
  (_, t, expected) => {
    const severity = severityOf({ forMs: 10_000, schedule });
    const breach = { ...known, t: at(t), run: runOf(50, 120), wasTrue: true };
    expect(recountBreach(severity, machineOf(), breach)).toBe(expected);
  },
);

test.each([
  [89.999, true],
  [90, false],
  [95, false],
])(
  'semantics 16: a run from %s s that a late breach makes longer raises if its `for` was over inside the hours',
  (fromS, expected) => {
    const severity = severityOf({ forMs: 10_000, schedule });
    const breach = { ...known, t: at(115), run: runOf(fromS, 115), wasTrue: false };
    expect(recountBreach(severity, machineOf(), breach)).toBe(expected);
  },
);

test.each([
  [30, false],
  [40, false],
  [41, true],
])(
  'semantics 15, 16: breaches at 10 s and 20 s that end at %i s are enough only if they stand at the opening',
  (endS, expected) => {
    const severity = severityOf({ count: 2, withinMs: 60_000, schedule });
    const spans: Spans = [T, at(10), at(20), F, at(endS), at(endS)];
    const machine = machineOf({ spans, counting: { hits: [at(20)] } });
    const breach = { ...known, t: at(10), run: runOf(10, 20, { falseAt: at(endS) }), wasTrue: false };
    expect(recountBreach(severity, machine, breach)).toBe(expected);
  },
);

test.each([
  [110, undefined, 160],
  [110, 160, 110],
  [110, 160.001, 160],
  [20, 39, 20],
  [20, 120, 40],
  [20, undefined, 160],
])(
  'semantics 16: a run with a last reading at %s s that is contradicted at %s s was looked at up to %s s',
  (toS, falseS, seenS) => {
    const run = runOf(5, toS, falseS === undefined ? {} : { falseAt: at(falseS) });
    expect(standing(severityOf({ schedule }), run, at(200)).to).toBe(at(seenS));
  },
);

test.each<[string, Partial<Run>, Run['plainAt']]>([
  ['of plain readings is plain there', {}, at(160)],
  ['of held readings is held there', { plainAt: undefined }, undefined],
  ['that ended before is plain where it was', { plainAt: at(105), falseAt: at(120) }, at(105)],
  ['of held readings that ended before is held', { plainAt: undefined, falseAt: at(120) }, undefined],
])('semantics 5, 16: a run that stands at the opening %s', (_, more, plainAt) => {
  expect(standing(severityOf({ schedule }), runOf(5, 110, more), at(200)).plainAt).toBe(plainAt);
});

test('semantics 16: a schedule that never opens again is waited for by no run', () => {
  const over = { ...scheduleOf([]), holidays: ['2020-01-01'], onHolidays: 'open' as const };
  const run = runOf(5, 110);
  expect(standing(severityOf({ schedule: over }), run, at(200))).toEqual(run);
});
