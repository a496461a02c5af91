import { minutes, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed, type GivenReading, type TestBench } from '../../../support/engine/bench.ts';
import { boundTo, type GivenSeverity, ruleOf } from '../../../support/engine/rules.ts';

/** A hold lasts a minute at most, unless told otherwise. */
const ruleFor = (level: Partial<GivenSeverity>, maxHoldS: number) =>
  ruleOf({
    levels: [{ severity: 'orange', at: 1, ...level }],
    maxHoldMs: seconds(maxHoldS),
    silent: { afterMs: minutes(60), severity: 'blue' },
  });
const bench = (level: Partial<GivenSeverity> = {}, maxHoldS = 60): TestBench =>
  benchOf(boundTo(ruleFor(level, maxHoldS)));
const held = (t: number, v: number): GivenReading => ({ t, v, q: 'calibrating' });

test.each([
  ['a normal before the end of the longest hold that may have held it', [0, 59.999], []],
  ['one at its end', [0, 60], ['raised orange firing @10 late held']],
  ['nothing before, and a normal before the end of a hold that it began', [69.999], []],
  ['nothing before, and one at its end', [70], ['raised orange firing @10 late held']],
])('semantics 5, 9: a late held breach and %s', (_, normals, told) => {
  const on = bench();
  for (const t of normals) feed(on, [t, 0]);
  expect(on.send([held(10, 1)], 101)).toEqual(told);
});

test.each([
  [59.999, []],
  [60, ['raised orange firing @10 late held']],
])('semantics 5, 9: a late held breach that nothing contradicts up to %s s', (t, told) => {
  const on = bench();
  feed(on, [0, 0]);
  on.send([{ t, q: 'unknown' }]);
  expect(on.send([held(10, 1)], 101)).toEqual(told);
});

test('semantics 5, 9: a late held breach that was over before the end of the longest hold raises nothing later', () => {
  const on = bench();
  feed(on, [0, 0], [59, 0]);
  on.send([{ t: 100, q: 'unknown' }]);
  expect(on.send([held(10, 1)], 101)).toEqual([]);
});

test.each([80, 85])(
  'semantics 5, 9: a late held breach at %i s waits for the end of the hold that goes on',
  (t) => {
    const on = bench();
    feed(on, [0, 0]);
    on.send([held(80, 0)]);
    on.send([held(90, 0)]);
    expect(on.send([held(t, 1)], 91)).toEqual([]);
    expect(on.wait(140)).toEqual([]);
    expect(on.wait(140.001)).toEqual(['raised orange firing @140 held']);
  },
);

test('semantics 5, 7, 9: held readings after the last plain breach make no `for` complete', () => {
  const on = bench({ forS: 18 });
  feed(on, [5, 0], [10, 1]);
  on.send([held(30, 1)]);
  feed(on, [35, 0]);
  expect(on.send([held(20, 1)], 36)).toEqual([]);
});

test('semantics 5, 7, 9: a plain breach that comes late in a held run makes its `for` complete', () => {
  const on = bench({ forS: 18 });
  feed(on, [5, 0], [10, 1]);
  on.send([held(30, 1)]);
  feed(on, [35, 0]);
  expect(on.send([{ t: 27.999, v: 1 }], 36)).toEqual([]);
  expect(on.send([{ t: 28, v: 1 }], 36)).toEqual(['raised orange firing @28 late']);
});

test('semantics 5, 8, 9: of red a late held breach that waits has the deadline of any other', () => {
  const on = bench({ severity: 'red', forS: 60 }, 300);
  feed(on, [0, 0]);
  on.send([held(80, 0)]);
  on.send([held(90, 0)]);
  expect(on.send([held(85, 1)], 95)).toEqual([]);
  expect(on.wait(185)).toEqual([]);
  expect(on.wait(185.001)).toEqual(['raised red firing @185']);
});

test.each([
  ['red raises', 'red', ['raised red firing @105 late held']],
  ['orange waits', 'orange', []],
] as const)(
  'semantics 5, 15: with a late held breach that makes the count enough in a hold %s',
  (_, severity, told) => {
    const rule = ruleFor({ severity }, 300);
    const times = { count: 2, withinMs: seconds(60), consecutive: false };
    const on = benchOf(boundTo({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) }));
    on.send([held(100, 1)]);
    on.send([held(110, 0)]);
    expect(on.send([held(105, 1)], 111)).toEqual(told);
  },
);

test('semantics 6, 24: of a late normal and a late breach at one instant inside a hold the breach counts, whichever comes first', () => {
  const told = (...late: readonly GivenReading[]): readonly string[] => {
    const on = bench({ forS: 18 });
    for (const one of [held(0, 1), held(20, 1), { t: 25, v: 0 }]) on.send([one]);
    return [...late, { t: 19, v: 1 }].flatMap((one) => on.send([one], 26));
  };
  const raised = ['raised orange firing @19 late'];
  expect(told({ t: 15, v: 1 }, { t: 15, v: 0 })).toEqual(raised);
  expect(told({ t: 15, v: 0 }, { t: 15, v: 1 })).toEqual(raised);
});
