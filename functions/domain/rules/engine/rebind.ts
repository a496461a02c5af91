/** What this room knows: what a rule means. This file: a state carried over to other rules (semantics 23). */
import { byteReader, byteWriter } from '../../bytes.ts';
import type { DeviceRules } from './bind.ts';
import type { RuleState } from './state.ts';
import { decodeRules, encodeRules } from './stored/codec.ts';

/** `state` as it stands under `rules`; the same state when it was made with them. */
export function rebind(state: RuleState, rules: DeviceRules): RuleState {
  if (state.rules === rules) return state;
  const writer = byteWriter();
  encodeRules(writer, state.rules, state);
  return decodeRules(byteReader(writer.finish()), rules);
}
