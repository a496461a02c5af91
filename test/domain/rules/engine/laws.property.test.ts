import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { recordBytesMax } from '../../../../functions/domain/rules/engine/record.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { advance, judge } from '../../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../../functions/domain/rules/transition.ts';
import { anyArrivals, anyRule, anySeries, rulesFor } from '../../../support/engine/arbitrary.ts';
import { at, readingOf, secondOf, told } from '../../../support/engine/bench.ts';
import { type Delivery, produce } from '../../../support/engine/produced.ts';
import type { ReferenceRule } from '../../../support/reference/in-order-history.ts';

const numRuns = 1_000;
const watermark = (receivedAt: ReturnType<typeof at>) => receivedAt;
const linesOf = (drafts: ReturnType<typeof produce>['drafts']) => drafts.map(told);

const bytesOf = (rules: DeviceRules, state: RuleState): Uint8Array => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return writer.finish();
};

const recoded = (rules: DeviceRules) => (state: RuleState) => {
  const bytes = bytesOf(rules, state);
  const reader = byteReader(bytes);
  const decoded = decodeRules(reader, rules);
  expect(reader.done()).toBe(true);
  expect(Buffer.from(bytesOf(rules, decoded)).equals(bytes)).toBe(true);
  return decoded;
};

test('a state that is encoded, cut off and decoded after every message goes on as if nothing had been', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const rules = rulesFor(rule);
      const whole = produce(rules, deliveries, watermark);
      const cut = produce(rules, deliveries, watermark, recoded(rules));
      expect(cut.drafts).toEqual(whole.drafts);
      expect(bytesOf(rules, cut.state)).toEqual(bytesOf(rules, whole.state));
    }),
    { numRuns },
  );
});

test('semantics 25: every decision record is at most 8 KB and replays to the same bytes', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const rules = rulesFor(rule);
      const { state, drafts } = produce(rules, deliveries, watermark);
      const later = advance(rules, state, at(100_000), at(100_000)).transitions;
      for (const { because } of [...drafts, ...later]) {
        expect(Buffer.byteLength(because)).toBeLessThanOrEqual(recordBytesMax);
        expect(replay(because, rules)).toBe(because);
      }
    }),
    { numRuns },
  );
});

test('semantics 2, 5, 9, 11: nothing ends or gets lighter but by a good, trusted reading that is newer than all before', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      let newest = Number.NEGATIVE_INFINITY;
      const { drafts } = produce(rulesFor(rule), deliveries, watermark);
      const ends = drafts.filter(({ change }) => change === 'recovered' || change === 'severity-down');
      for (const { marks, quality, trigger } of ends)
        expect([marks, quality, trigger]).toEqual([[], 'good', 'reading']);
      const inOrder = new Set<number>();
      for (const { readings } of deliveries)
        for (const { t, trusted } of readings) {
          if (trusted === false || t <= newest) continue;
          newest = t;
          inOrder.add(t);
        }
      for (const { phenomenonAt } of ends) expect(inOrder).toContain(secondOf(phenomenonAt));
    }),
    { numRuns },
  );
});

/** Runs of known-true good readings, not interrupted by a known-false one, that span the severity's `for`. */
function trueRuns(rule: ReferenceRule, deliveries: readonly Delivery[]) {
  const good = deliveries
    .flatMap(({ readings }) => readings)
    .filter(({ q, trusted }) => (q === 'good' || q === 'over-range') && trusted !== false)
    .toSorted((a, b) => a.t - b.t);
  return rule.levels.flatMap((level, i) => {
    const runs: { level: number; from: number; to: number }[] = [];
    let run: { level: number; from: number; to: number } | undefined;
    for (const { t, v, q } of good) {
      const isTrue = q === 'over-range' || (typeof v === 'number' && v >= level.at);
      if (!isTrue) run = undefined;
      else if (run) run.to = t;
      else {
        run = { level: i, from: t, to: t };
        runs.push(run);
      }
    }
    return runs.filter(({ from, to }) => to - from >= level.forS);
  });
}

test('semantics 24: no alarm is lost to lateness, bad quality or silence', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const { episodes } = produce(rulesFor(rule), deliveries, watermark);
      for (const run of trueRuns(rule, deliveries)) {
        const covering = episodes.filter(
          ({ level, from, to }) => level >= run.level && from <= run.to && to >= run.to,
        );
        expect([run, covering.length > 0]).toEqual([run, true]);
      }
    }),
    { numRuns },
  );
});

test('semantics 24: a reading that comes once more, with the same value, changes no alert', () => {
  const repeats = fc.array(fc.nat(5), { minLength: 30, maxLength: 30 });
  const series = anySeries(['over-range', 'unknown', 'calibrating', 'fault']);
  fc.assert(
    fc.property(anyRule, series, repeats, (rule, readings, back) => {
      // When a hold began is not remembered, so a late held breach may be taken for one that outlasted it: too early.
      const rules = rulesFor({ ...rule, maxHoldS: 86_400 });
      const once = readings.map((reading) => ({ receivedS: reading.t, readings: [reading] }));
      const again = once.flatMap((delivery, i) => {
        const repeated = readings[i - (back[i] ?? 0)];
        return repeated ? [delivery, { ...delivery, readings: [repeated] }] : [delivery];
      });
      const risk = (deliveries: readonly Delivery[]) =>
        linesOf(produce(rules, deliveries, watermark).drafts.filter(({ ruleId }) => ruleId === 'test.rule'));
      expect(risk(again)).toEqual(risk(once));
    }),
    { numRuns },
  );
});

/** Judges each delivery as one message, with sweeps between them. */
function judged(rules: DeviceRules, deliveries: readonly Delivery[], sweepsS: readonly number[] = []) {
  let state = emptyRuleState(rules, at(0));
  const drafts: TransitionDraft[] = [];
  let sweptS = 0;
  const sweepUntil = (untilS: number): void => {
    for (const sweepS of sweepsS) {
      if (sweepS <= sweptS || sweepS > untilS) continue;
      const swept = advance(rules, state, at(sweepS), at(sweepS));
      state = swept.state;
      drafts.push(...swept.transitions);
      sweptS = sweepS;
    }
  };
  for (const { receivedS, readings } of deliveries) {
    sweepUntil(receivedS);
    const receivedAt = at(receivedS);
    const message = { receivedAt, readings: readings.map((one, i) => readingOf(one, receivedS, i)) };
    const judgement = judge(rules, state, message, receivedAt);
    state = judgement.state;
    drafts.push(...judgement.transitions);
  }
  sweepUntil(Number.POSITIVE_INFINITY);
  const end = advance(rules, state, at(50_000), at(50_000));
  return { state: end.state, drafts: [...drafts, ...end.transitions] };
}

test('semantics 8: sweeping often, late or never gives the same transitions', () => {
  const sweeps = fc
    .array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 })
    .map((all) => [...new Set(all)].toSorted((a, b) => a - b));
  fc.assert(
    fc.property(anyRule, anyArrivals(), sweeps, (rule, deliveries, sweepsS) => {
      const rules = rulesFor(rule);
      const unswept = judged(rules, deliveries);
      const swept = judged(rules, deliveries, sweepsS);
      expect(swept.drafts).toEqual(unswept.drafts);
      expect(bytesOf(rules, swept.state)).toEqual(bytesOf(rules, unswept.state));
    }),
    { numRuns },
  );
});

test('semantics 6: the order of readings inside a message, and whether they share one, changes nothing', () => {
  fc.assert(
    fc.property(
      anyRule,
      anySeries(['over-range', 'unknown', 'fault', 'calibrating']),
      fc.integer({ min: 2, max: 9 }),
      (rule, readings, size) => {
        const rules = rulesFor(rule);
        const batches = readings.flatMap((_, i) => {
          const batch = readings.slice(i, i + size);
          return i % size === 0 ? [{ receivedS: batch.at(-1)?.t ?? 0, readings: batch }] : [];
        });
        const lines = (deliveries: readonly Delivery[]) => judged(rules, deliveries).drafts.map(told);
        const whole = lines(batches);
        expect(lines(batches.map((batch) => ({ ...batch, readings: batch.readings.toReversed() })))).toEqual(
          whole,
        );
        const single = batches.flatMap(({ receivedS, readings: all }) =>
          all.map((one) => ({ receivedS, readings: [one] })),
        );
        expect(lines(single)).toEqual(whole);
      },
    ),
    { numRuns },
  );
});
