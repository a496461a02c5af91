import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { advance } from '../../../../functions/domain/rules/engine.ts';
import {
  anyArrivals,
  anyChangingRule,
  anyDelays,
  anySeries,
  rulesFor,
} from '../../../support/engine/arbitrary.ts';
import { at } from '../../../support/engine/bench.ts';
import { lost, produce } from '../../../support/engine/produced.ts';
import { episodesOf } from '../../../support/reference/in-order.ts';

const numRuns = 1_000;
const watermark = (receivedAt: ReturnType<typeof at>) => receivedAt;
const anyRule = anyChangingRule(4, 7, 9, 12);

const bytesOf = (rules: DeviceRules, state: RuleState): Uint8Array => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return writer.finish();
};

test('semantics 22: a state that is cut off anywhere before or after a change of limits goes on as if nothing had been', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const rules = rulesFor(rule);
      const recoded = (state: RuleState) => decodeRules(byteReader(bytesOf(rules, state)), rules);
      const whole = produce(rules, deliveries, watermark);
      const cut = produce(rules, deliveries, watermark, recoded);
      expect(cut.drafts).toEqual(whole.drafts);
      expect(bytesOf(rules, cut.state)).toEqual(bytesOf(rules, whole.state));
    }),
    { numRuns },
  );
});

test('semantics 8, 22: sweeping between the messages gives the transitions of one sweep at the end', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const rules = rulesFor(rule);
      const end = at(100_000);
      const once = produce(rules, deliveries, watermark);
      const swept: ReturnType<typeof advance>['transitions'][number][] = [];
      let i = 0;
      const often = produce(rules, deliveries, watermark, (state) => {
        const { receivedS = 0 } = deliveries[i++] ?? {};
        if (deliveries[i]?.receivedS === receivedS) return state;
        const now = at(receivedS + 0.5);
        const judged = advance(rules, state, now, now);
        swept.push(...judged.transitions);
        return judged.state;
      });
      const last = (state: RuleState) => advance(rules, state, end, end).transitions;
      const all = [...often.drafts, ...swept, ...last(often.state)];
      const texts = (drafts: typeof all) => drafts.map(({ because }) => because).toSorted();
      expect(texts(all)).toEqual(texts([...once.drafts, ...last(once.state)]));
    }),
    { numRuns },
  );
});

test('semantics 22, 25: every decision record replays to the same bytes, also when the change is forgotten', () => {
  fc.assert(
    fc.property(anyRule, anyArrivals(), (rule, deliveries) => {
      const rules = rulesFor(rule);
      const { state, drafts } = produce(rules, deliveries, watermark);
      const later = advance(rules, state, at(100_000), at(100_000)).transitions;
      for (const { because } of [...drafts, ...later]) expect(replay(because, rules)).toBe(because);
      const forgotten = rulesFor({
        ...rule,
        levels: rule.levels.map(({ becomes, ...level }) => level),
      });
      for (const { because, trigger } of [...drafts, ...later])
        if (trigger === 'limit-changed') expect(replay(because, forgotten)).toBe(because);
    }),
    { numRuns },
  );
});

test('semantics 22, 24: whatever the order of arrival, what a change of limits raises on the last good value is raised', () => {
  fc.assert(
    fc.property(
      anyRule,
      anySeries(['good', 'unknown', 'fault', 'calibrating', 'over-range']),
      anyDelays,
      (rule, readings, late) => {
        const arrivals = readings
          .map((reading, i) => ({ receivedS: reading.t + (late[i] ?? 0), readings: [reading] }))
          .toSorted((a, b) => a.receivedS - b.receivedS);
        const end = { t: 2_000, v: 0, q: 'unknown' as const };
        const { episodes } = produce(rulesFor(rule), [...arrivals, { receivedS: end.t, readings: [end] }]);
        // A late reading that says nothing can neither raise nor bring an episode back (semantics 2, 9).
        const telling = arrivals
          .filter(
            ({ readings: [one] }, i) =>
              one?.q === 'good' ||
              one?.q === 'over-range' ||
              (one?.q === 'calibrating' && one.v >= 20) ||
              arrivals.slice(0, i).every(({ readings: [earlier] }) => (earlier?.t ?? 0) < (one?.t ?? 0)),
          )
          .flatMap((delivery) => delivery.readings)
          .toSorted((a, b) => a.t - b.t);
        const reference = episodesOf({ ...rule, doesUnknownFire: false }, [...telling, end]);
        expect(lost(reference, episodes)).toEqual([]);
      },
    ),
    { numRuns },
  );
});
