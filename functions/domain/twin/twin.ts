/** What this room knows: the stored state of one device, as one small item. */
import { byteReader, byteWriter } from '../bytes.ts';
import type { DeviceRules } from '../rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../rules/engine/state.ts';
import { decodeRules, encodeRules } from '../rules/engine/stored/codec.ts';
import {
  decodeTelemetryState,
  emptyTelemetryState,
  encodeTelemetryState,
  type TelemetryState,
} from '../telemetry/state.ts';
import type { Instant } from '../time.ts';

/** First byte of every twin. Code reads this one and those before, and refuses to touch a newer one. */
export const twinFormat = 4;
/** The first that holds windows. */
const windowFormat = 2;

/** A message that was committed in part: how many of its readings are in (design 2.3). */
export interface Resume {
  readonly messageId: string;
  readonly readingCount: number;
}

/** Last values, timers, recent sequence numbers and clock of one device. */
export interface Twin {
  readonly telemetry: TelemetryState;
  readonly rules: RuleState;
  readonly resume: Resume | undefined;
}

/** The twin of a device that has just been registered: its silence counts from `registeredAt` (semantics 12). */
export const newTwin = (rules: DeviceRules, registeredAt: Instant): Twin => ({
  telemetry: emptyTelemetryState,
  rules: emptyRuleState(rules, registeredAt),
  resume: undefined,
});

export function encodeTwin(twin: Twin, rules: DeviceRules): Uint8Array {
  const writer = byteWriter();
  writer.uint(twinFormat);
  encodeTelemetryState(writer, twin.telemetry);
  if (twin.resume === undefined) writer.uint(0);
  else {
    writer.uint(twin.resume.readingCount);
    writer.text(twin.resume.messageId);
  }
  encodeRules(writer, rules, twin.rules);
  return writer.finish();
}

/** What telemetry remembers, which needs no rules to be read; undefined when newer code has written it. */
export function telemetryIn(bytes: Uint8Array): TelemetryState | undefined {
  const reader = byteReader(bytes);
  return reader.uint() > twinFormat ? undefined : decodeTelemetryState(reader);
}

/** `newer-format` when code that is newer than this one has written it: leave it alone and try again later. */
export type DecodedTwin =
  | { readonly ok: true; readonly twin: Twin }
  | { readonly ok: false; readonly problem: 'newer-format' };

/** @throws AssertionError when bytes of a known format are damaged: they are ours. */
export function decodeTwin(bytes: Uint8Array, rules: DeviceRules): DecodedTwin {
  const reader = byteReader(bytes);
  const format = reader.uint();
  if (format > twinFormat) return { ok: false, problem: 'newer-format' };
  const telemetry = decodeTelemetryState(reader);
  const readingCount = reader.uint();
  const resume = readingCount === 0 ? undefined : { readingCount, messageId: reader.text() };
  return { ok: true, twin: { telemetry, resume, rules: decodeRules(reader, rules, format >= windowFormat) } };
}
