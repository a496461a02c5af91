import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, benchOf, type GivenReading, told } from '../../../support/engine/bench.ts';
import { bookOf, compare, device, literal, ruleOf } from '../../../support/engine/rules.ts';
import { windowOf } from '../../../support/engine/windows.ts';
import { referenceFigure } from '../../../support/reference/windows.ts';

const lengthS = 60;

/** Some methane sensor of the device has risen by 2 within a minute; watched on `ch4`. */
const rises = (how: 'all' | 'atLeast' = 'atLeast', least = 1): Expression => ({
  op: 'peers',
  how,
  least,
  quantity: 'methane',
  of: compare('ge', { op: 'window', fn: 'delta', window: 0, each: true }, literal(2)),
});

const ruleWith = (when: Expression = rises()): Rule => ({
  ...ruleOf({
    select: { quantities: ['methane'], tags: ['watched'] },
    limits: {},
    silent: { afterMs: seconds(100_000), severity: 'yellow' },
    windows: [windowOf({ lengthS, quantity: 'methane', functions: ['delta'] })],
    unknownForMs: seconds(100_000),
  }),
  severities: [{ severity: 'orange', when, forMs: seconds(0), clearForMs: seconds(0) }],
});

const two = device([{ tags: ['watched'] }, { sensorId: 'b' }]);
const rulesOf = (rule = ruleWith(), on = two) => bindDevice(bookOf(rule), on);
const said = (sensor: string, t: number, v: number, q: GivenReading['q'] = 'good'): GivenReading => ({
  sensor,
  t,
  v,
  q,
});
const lines = (bench: ReturnType<typeof benchOf>) =>
  bench.drafts.filter(({ ruleId }) => ruleId === 'test.rule').map(told);

test('semantics 17, 19: a rise at a neighbour is judged when the neighbour reports, and not its level', () => {
  const on = benchOf(rulesOf());
  for (let t = 0; t <= 60; t += 10) on.send([said('ch4', t, 1), said('b', t + 1, 9)], t + 1);
  expect(lines(on)).toEqual([]);
  on.send([said('b', 65, 10.9)]);
  expect(lines(on)).toEqual([]);
  on.send([said('b', 70, 11)]);
  expect(lines(on)).toEqual(['raised orange firing @70']);
});

test('semantics 17: what a neighbour says in calibration enters no window', () => {
  const on = benchOf(rulesOf());
  for (let t = 0; t <= 60; t += 10) on.send([said('ch4', t, 1), said('b', t, 1)]);
  on.send([said('b', 70, 50, 'calibrating'), said('ch4', 70, 1)]);
  expect(lines(on)).toEqual([]);
});

test('semantics 9: a late reading of a neighbour raises where its window rose with it', () => {
  const on = benchOf(rulesOf());
  for (let t = 0; t <= 60; t += 10) on.send([said('ch4', t, 1), said('b', t, 1)]);
  on.send([said('ch4', 80, 1)]);
  on.send([said('b', 75, 3)], 81);
  expect(lines(on)).toEqual(['raised orange firing @75 late']);
});

test('semantics 3: with no sensor of the quantity the rule is not evaluable', () => {
  const rule = ruleWith();
  const of = ofOxygen(rule);
  const on = benchOf(rulesOf(of));
  expect(on.wait(1)).toEqual([expect.stringContaining('data.not-evaluable raised')]);
});

const ofOxygen = (rule: Rule): Rule => ({
  ...rule,
  windows: [windowOf({ lengthS, quantity: 'oxygen', functions: ['delta'] })],
  severities: rule.severities.map((severity) => ({
    ...severity,
    when: { ...rises(), quantity: 'oxygen' } as Expression,
  })),
});

test('semantics 25: the record says what the window of each sensor said, and replays to the same bytes', () => {
  const rules = rulesOf();
  const on = benchOf(rules);
  for (let t = 0; t <= 70; t += 10) on.send([said('ch4', t, 1), said('b', t, t < 70 ? 1 : 4)]);
  const [because = ''] = on.drafts.map((draft) => draft.because);
  const [asked] = JSON.parse(because).asked;
  expect(asked.each).toEqual([
    [0, 0, 'delta', 0],
    [0, 1, 'delta', 3],
  ]);
  expect(replay(because, rules)).toBe(because);
});

const anySteps = fc.array(
  fc.record({
    gap: fc.oneof({ weight: 8, arbitrary: fc.constant(5) }, fc.constantFrom(3, 7, 31, 61)),
    sensor: fc.constantFrom('ch4', 'b', 'c'),
    v: fc.constantFrom(0, 0, 1, 2, 3, 5),
  }),
  { minLength: 5, maxLength: 40 },
);

const three = device([{ tags: ['watched'] }, { sensorId: 'b' }, { sensorId: 'c' }]);
const reference = { lengthMs: lengthS * 1_000, backMs: 0, countMin: 1 };

/** In Kleene logic over the figures of the whole histories. */
function wanted(
  readings: readonly GivenReading[],
  now: number,
  { how, least }: { how: string; least: number },
) {
  const truths = ['ch4', 'b', 'c'].map((sensor) => {
    const past = readings.flatMap(({ sensor: of, t, v }) =>
      of === sensor && t <= now && typeof v === 'number' ? [{ t: at(t), v }] : [],
    );
    const figure = referenceFigure(past, reference, 'delta', at(now));
    return figure === undefined ? undefined : figure >= 2;
  });
  const count = how === 'all' ? 3 : least;
  if (truths.filter((truth) => truth === true).length >= count) return true;
  return truths.filter((truth) => truth !== false).length < count ? false : undefined;
}

const anyAsked = fc.record({
  how: fc.constantFrom('all' as const, 'atLeast' as const),
  least: fc.constantFrom(1, 2),
});

/** One after another, each so long after the one before it. */
function inTime(steps: readonly { gap: number; sensor: string; v: number }[]): readonly GivenReading[] {
  let t = 0;
  return steps.map(({ gap, sensor, v }) => {
    t += gap;
    return said(sensor, t, v);
  });
}

test('semantics 17, 24: in order the condition is known true exactly where the whole histories of all sensors say so, and cutting changes nothing', () => {
  fc.assert(
    fc.property(anySteps, anyAsked, (steps, asked) => {
      const readings = inTime(steps);
      const rules = rulesOf(ruleWith(rises(asked.how, asked.least)), three);
      const on = benchOf(rules);
      const cut = benchOf(rules);
      for (const reading of readings) {
        on.send([reading]);
        cut.send([reading]);
        cut.set(recoded(rules, cut.state()));
        const truth = wanted(readings, reading.t, asked);
        expect([reading.t, isTrueNow(on.state(), reading.t)]).toEqual([reading.t, truth === true]);
      }
      expect(cut.drafts).toEqual(on.drafts);
      for (const { because } of on.drafts) expect(replay(because, rules)).toBe(because);
    }),
    { numRuns: 1_000 },
  );
});

test('semantics 1: among the histories that are asked, a condition is often true, often false and often unknown', () => {
  const truths = fc
    .sample(fc.tuple(anySteps, anyAsked), 200)
    .flatMap(([steps, asked]) => inTime(steps).map(({ t }, _, readings) => wanted(readings, t, asked)));
  const often = [true, false, undefined].map((truth) => truths.filter((one) => one === truth).length);
  for (const count of often) expect(count).toBeGreaterThan(50);
});

function recoded(rules: ReturnType<typeof rulesOf>, state: RuleState): RuleState {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return decodeRules(byteReader(writer.finish()), rules);
}

/** The newest stretch of the only severity is known true and reaches to `t`. */
function isTrueNow({ cells: [cell] }: RuleState, t: number): boolean {
  const [kind, , to] = cell?.machines[0]?.spans.slice(-3) ?? [];
  return kind === 1 && (cell?.isCalm === true || to === cell?.evaluatedAt) && cell?.evaluatedAt === at(t);
}
