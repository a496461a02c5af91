import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { DeviceRules } from '../../../../functions/domain/rules/engine/bind.ts';
import { recordBytesMax } from '../../../../functions/domain/rules/engine/record.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { emptyRuleState, type RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
import { advance, judge } from '../../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../../functions/domain/rules/transition.ts';
import { anyArrivals } from '../../../support/engine/arbitrary.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { anyGated } from '../../../support/engine/gated.ts';
import { type Delivery, produce } from '../../../support/engine/produced.ts';

const numRuns = 1_000;
const anyCase = anyGated(['times', 'schedule']);

const bytesOf = (rules: DeviceRules, state: RuleState): Buffer => {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return Buffer.from(writer.finish());
};

const recoded = (rules: DeviceRules) => (state: RuleState) => {
  const bytes = bytesOf(rules, state);
  const decoded = decodeRules(byteReader(bytes), rules);
  expect(bytesOf(rules, decoded).equals(bytes)).toBe(true);
  return decoded;
};

test('semantics 15, 16: a state that is cut off and decoded after every message goes on as if nothing had been', () => {
  fc.assert(
    fc.property(anyCase, anyArrivals(), ({ rules }, deliveries) => {
      const whole = produce(rules, deliveries, (now) => now);
      const cut = produce(rules, deliveries, (now) => now, recoded(rules));
      expect(cut.drafts).toEqual(whole.drafts);
      expect(bytesOf(rules, cut.state).equals(bytesOf(rules, whole.state))).toBe(true);
    }),
    { numRuns },
  );
});

test('semantics 25: every record of a count or a schedule is at most 8 KB and replays to the same bytes', () => {
  fc.assert(
    fc.property(anyCase, anyArrivals(), ({ rules }, deliveries) => {
      const { state, drafts } = produce(rules, deliveries);
      const later = advance(rules, state, at(5_000), at(5_000)).transitions;
      for (const { because } of [...drafts, ...later]) {
        expect(Buffer.byteLength(because)).toBeLessThanOrEqual(recordBytesMax);
        expect(replay(because, rules)).toBe(because);
      }
    }),
    { numRuns },
  );
});

test('semantics 16: nothing ends or gets lighter but by a good reading in order, or by a closing', () => {
  fc.assert(
    fc.property(anyCase, anyArrivals(), ({ rules }, deliveries) => {
      for (const { change, trigger, quality, marks } of produce(rules, deliveries).drafts) {
        if (change !== 'recovered' && change !== 'severity-down') continue;
        if (trigger !== 'schedule-ended') expect([trigger, quality, marks]).toEqual(['reading', 'good', []]);
      }
    }),
    { numRuns },
  );
});

function judged(rules: DeviceRules, deliveries: readonly Delivery[], sweepsS: readonly number[]) {
  let state = emptyRuleState(rules, at(0));
  const drafts: TransitionDraft[] = [];
  const take = (step: { state: RuleState; transitions: readonly TransitionDraft[] }): void => {
    state = step.state;
    drafts.push(...step.transitions);
  };
  let sweptS = 0;
  for (const { receivedS, readings } of [...deliveries, { receivedS: 5_000, readings: [] }]) {
    for (const sweepS of sweepsS)
      if (sweepS > sweptS && sweepS <= receivedS) take(advance(rules, state, at(sweepS), at(sweepS)));
    sweptS = receivedS;
    const receivedAt = at(receivedS);
    const message = { receivedAt, readings: readings.map((one, i) => readingOf(one, receivedS, i)) };
    take(judge(rules, state, message, receivedAt));
  }
  return { drafts, bytes: bytesOf(rules, state).toString('hex') };
}

test('semantics 8, 16: sweeping often, late or never gives the same transitions', () => {
  const anySweeps = fc
    .array(fc.integer({ min: 1, max: 900 }), { maxLength: 40 })
    .map((all) => [...new Set(all)].toSorted((a, b) => a - b));
  fc.assert(
    fc.property(anyCase, anyArrivals(), anySweeps, ({ rules }, deliveries, sweepsS) => {
      expect(judged(rules, deliveries, sweepsS)).toEqual(judged(rules, deliveries, []));
    }),
    { numRuns },
  );
});
