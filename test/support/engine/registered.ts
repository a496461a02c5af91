import { byteReader, byteWriter } from '../../../functions/domain/bytes.ts';
import type { Rule } from '../../../functions/domain/rules/book.ts';
import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { RuleState } from '../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../functions/domain/rules/engine/stored/codec.ts';
import { advance, dueAt, judge } from '../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../functions/domain/rules/transition.ts';
import type { Quality, Value } from '../../../functions/domain/telemetry/reading.ts';
import type { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import type { Instant } from '../../../functions/domain/time.ts';
import { at, benchOf, type GivenReading, readingOf, secondOf, told } from './bench.ts';
import { boundTo, device } from './rules.ts';

/** A device whose registration changes while it goes on; without a watermark nobody finds it silent. */
export function deviceUnder(
  rule: Rule,
  registered: DeviceRegistration = device(),
  watermarkAt: (second: number) => Instant | undefined = at,
) {
  let rules: DeviceRules = boundTo(rule, registered);
  let state: RuleState = benchOf(rules).state();
  const drafts: TransitionDraft[] = [];
  const take = (judged: ReturnType<typeof judge>): string[] => {
    state = judged.state;
    drafts.push(...judged.transitions);
    return judged.transitions.map(told);
  };
  return {
    drafts,
    register: (given: Partial<DeviceRegistration>) => {
      rules = boundTo(rule, { ...registered, ...given });
      // As ingest and sweep find it: from the bytes that older rules have written.
      const writer = byteWriter();
      encodeRules(writer, state.rules, state);
      state = decodeRules(byteReader(writer.finish()), rules);
    },
    send: (t: number, v: Value, receivedS = t, sensor = 'ch4', q: Quality = 'good') => {
      const message = { receivedAt: at(receivedS), readings: [readingOf({ t, v, sensor, q }, receivedS)] };
      return take(judge(rules, state, message, watermarkAt(receivedS)));
    },
    /** Several readings of one message. */
    sendPack: (given: readonly GivenReading[], receivedS: number) => {
      const readings = given.map((one, index) => readingOf(one, receivedS, index));
      return take(judge(rules, state, { receivedAt: at(receivedS), readings }, watermarkAt(receivedS)));
    },
    wait: (second: number) => take(advance(rules, state, at(second), watermarkAt(second))),
    due: () => {
      const due = dueAt(rules, state);
      return due === undefined ? undefined : secondOf(due - 1);
    },
    rules: () => rules,
    state: () => state,
  };
}
