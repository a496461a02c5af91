import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { dueAt, judge } from '../../../../functions/domain/rules/engine.ts';
import { seconds } from '../../../../functions/domain/time.ts';
import { at, benchOf, feed, readingOf, told } from '../../../support/engine/bench.ts';
import { boundTo, compare, input, literal, ruleOf } from '../../../support/engine/rules.ts';

const levels = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2 },
] as const;
const rules = boundTo(ruleOf({ levels }));
const bench = () => benchOf(rules);

test('semantics 12: a sensor that never reports is found, counted from its registration', () => {
  const on = benchOf(rules, 100);
  expect(dueAt(rules, on.state())).toBe(at(130.001));
  expect(on.wait(130.001)).toEqual(['raised orange stale @130']);
  expect(on.drafts[0]).toMatchObject({ trigger: 'silence', at: at(130), value: undefined });
});

test.each([
  [29.999, []],
  [30, []],
  [30.001, ['raised orange stale @30']],
])('semantics 12: silent.after of 30 s, a watermark %s s after the life sign', (watermark, expected) => {
  const on = bench();
  feed(on, [0, 0]);
  expect(on.wait(40, watermark)).toEqual(expected);
});

test('semantics 12: a rule without a figure of its own takes three reporting periods', () => {
  const on = benchOf(boundTo(ruleOf({ silent: { severity: 'blue' } })));
  feed(on, [0, 0]);
  expect(on.wait(15)).toEqual([]);
  expect(on.wait(15.001)).toEqual(['raised blue stale @15']);
});

test('semantics 12: a device clock that is slow by 40 s is neither silent nor late to be found silent', () => {
  const on = benchOf(rules, 35);
  on.send([{ t: 0, v: 0, life: 40 }], 40);
  expect(on.wait(70)).toEqual([]);
  expect(on.wait(70.001)).toEqual(['raised orange stale @70']);
});

test('semantics 8, 12: silence that a message tells of counts from its receive time', () => {
  const on = bench();
  // While our own lag hid its silence, a backlog came: it ends 44 s before it was received.
  const message = { receivedAt: at(90), readings: [readingOf({ t: 46, v: 0 }, 90)] };
  on.set(judge(rules, on.state(), message, undefined).state);
  expect(on.wait(90)).toEqual([]);
  expect(on.wait(90.001)).toEqual(['raised orange stale @90']);
});

test('semantics 12: silence makes a firing alert stale', () => {
  const on = bench();
  feed(on, [0, 1]);
  expect(on.wait(31)).toEqual(['stale orange stale @30']);
});

test('semantics 12: silence is one more severity of the same alert', () => {
  const on = benchOf(boundTo(ruleOf({ levels, silent: { afterMs: seconds(30), severity: 'red' } })));
  feed(on, [0, 1]);
  expect(on.wait(31)).toEqual(['severity-up red stale @30']);
  expect(feed(on, [40, 1])).toEqual(['firing-again red firing @40']);
  expect(feed(on, [50, 1])).toEqual(['severity-down orange firing @50']);
});

test('semantics 12: a rule that says nothing of silence makes a firing alert stale and raises none', () => {
  const { silent: _, ...without } = ruleOf();
  const on = benchOf(boundTo(without));
  expect(on.wait(1_000)).toEqual([]);
  expect(feed(on, [1_000, 1])).toEqual(['raised orange firing @1000']);
  expect(on.wait(1_016)).toEqual(['stale orange stale @1015']);
  expect(feed(on, [1_020, 0], [1_030, 0])).toEqual(['recovered orange @1030']);
});

test('semantics 12: stale is left through a full `clearFor` from the first good reading', () => {
  const on = bench();
  on.wait(31);
  expect(feed(on, [40, 0], [49, 0])).toEqual([]);
  expect(feed(on, [50, 0])).toEqual(['recovered orange @50']);
});

test('semantics 12: stale is left to firing when a breach stands', () => {
  const on = bench();
  feed(on, [0, 1]);
  on.wait(31);
  expect(feed(on, [40, 1])).toEqual(['firing-again orange firing @40']);
});

test('semantics 12: an alert that was raised by silence alone fires when a breach comes', () => {
  const on = bench();
  on.wait(31);
  expect(feed(on, [40, 1])).toEqual(['firing-again orange firing @40']);
  expect(feed(on, [45, 2])).toEqual(['severity-up red firing @45']);
});

test('semantics 12: old readings of a sensor that is silent still do not end its silence', () => {
  const on = bench();
  on.wait(31);
  const backlog = [40, 50, 60].map((t) => ({ t, v: 0 }));
  expect(on.send(backlog, 100)).toEqual([]);
  expect(feed(on, [110, 0], [120, 0])).toEqual(['recovered orange @120']);
});

test('semantics 12: an alert that fires on old readings of a silent sensor becomes stale again', () => {
  const on = bench();
  on.wait(31);
  expect(on.send([{ t: 40, v: 1 }], 100)).toEqual(['firing-again orange firing @40']);
  expect(on.wait(100)).toEqual([]);
  expect(on.wait(100.001)).toEqual(['stale orange stale @100']);
});

test.each([
  [30, ['raised orange stale @30']],
  [30.001, []],
])('semantics 13: verdicts of absence with a watermark %s s old', (age, expected) => {
  const on = bench();
  feed(on, [0, 0]);
  expect(on.wait(100, 100 - age)).toEqual(expected);
});

test('semantics 13: without a watermark nothing is found silent, and deadlines of breaches go on', () => {
  const on = benchOf(boundTo(ruleOf({ levels: [{ severity: 'orange', at: 1, forS: 10 }] })));
  feed(on, [0, 1]);
  expect(on.wait(1_000, 'none')).toEqual(['raised orange firing @40']);
});

test('semantics 13: a message is judged with the watermark that there is', () => {
  const on = bench();
  feed(on, [0, 0]);
  const message = { receivedAt: at(60), readings: [readingOf({ t: 60, v: 0 }, 60)] };
  expect(judge(rules, on.state(), message, undefined).transitions).toEqual([]);
  expect(judge(rules, on.state(), message, at(29)).transitions).toEqual([]);
  expect(judge(rules, on.state(), message, at(31)).transitions).toHaveLength(1);
});

const { silent: _, ...withoutSilence } = ruleOf();
const dataRule = (quality: Partial<Rule['quality']>, kind: Rule['kind'] = 'data-quality'): Rule => ({
  ...withoutSilence,
  kind,
  quality: { ...ruleOf().quality, ...quality },
  severities: [
    {
      severity: 'blue',
      when: compare('eq', input('quality'), literal('calibrating')),
      forMs: seconds(0),
      clearForMs: seconds(0),
    },
  ],
});

test.each(['raise', 'unknown'] as const)(
  'semantics 12: a rule on data hears its sensor in the state that it asks about (%s)',
  (effect) => {
    const states = [0, 5, 15, 25, 35].map((t) => ({ t, v: 2, q: t === 0 ? 'good' : 'calibrating' }) as const);
    const hears = (rule: Rule) => {
      const on = benchOf(boundTo(rule));
      return states.flatMap((state) => on.send([state]));
    };
    expect(hears(dataRule({ calibrating: effect }))).toEqual(['raised blue firing @5']);
    expect(hears(dataRule({ calibrating: effect }, 'risk'))).toContain('stale blue stale @15');
  },
);

test('semantics 12: what makes a sensor stale is no sign of life to a rule on data', () => {
  const on = benchOf(boundTo(dataRule({ calibrating: 'raise' })));
  on.send([{ t: 0, v: 2, q: 'calibrating' }]);
  on.send([{ t: 5, q: 'fault' }]);
  expect(on.drafts.map(told)).toContain('stale blue stale @5 quality');
});
