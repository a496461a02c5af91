/** Whether a kept message would be taken now, by the very functions that refused it. Pure. */
import { admit } from '../../functions/domain/telemetry/admission.ts';
import { type Envelope, parseEnvelope } from '../../functions/domain/telemetry/envelope.ts';
import { type Identity, identify } from '../../functions/domain/telemetry/identity.ts';
import { openMessage } from '../../functions/domain/telemetry/open-message.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { emptyTelemetryState, type TelemetryState } from '../../functions/domain/telemetry/state.ts';
import { type Instant, rfc3339 } from '../../functions/domain/time.ts';
import type { KeptRefusal } from './kept.ts';

/** Why a message is not sent again. */
export type Skip = 'evaluated' | 'still-refused' | 'cut' | 'canary' | 'newer-twin';

export type Verdict =
  | { readonly outcome: 'send'; readonly body: string; readonly detail: string }
  | { readonly outcome: 'skip'; readonly why: Skip; readonly detail: string };

/** What stands in the tables of the device that a message is from. */
export interface Known {
  readonly registration: DeviceRegistration | undefined;
  /** `newer` when newer code has written it. */
  readonly telemetry: TelemetryState | 'newer' | undefined;
}

const skip = (why: Skip, detail: string): Verdict => ({ outcome: 'skip', why, detail });

/** The message as the broker gave it; of a body that was no envelope, what this version reads in it. */
export function envelopeOf(kept: KeptRefusal): Envelope | undefined {
  const { id, topic, clientId, principal, receivedAt } = kept;
  const data = Buffer.from(kept.data, 'base64');
  if (topic !== '-' || clientId !== '-')
    return { id, topic, clientId, principal, receivedAt, data, via: 'rule' };
  const parsed = parseEnvelope(data.toString('utf8'), { messageId: id, sentAt: receivedAt });
  return parsed.ok ? parsed.envelope : undefined;
}

/** The device whose tables decide; undefined when it is nobody's. */
export function deviceOf(kept: KeptRefusal): Extract<Identity, { kind: 'device' }> | undefined {
  const envelope = envelopeOf(kept);
  const identity = envelope && identify(envelope);
  return identity?.kind === 'device' ? identity : undefined;
}

/** Refused for its order, or for some of its records: the rest of it counted when it came. */
const wasEvaluated = ({ reason, records }: KeptRefusal): boolean =>
  records !== undefined || reason === 'conflict' || reason === 'sequence-reset';

/**
 * `send` with the body that the topic rule would write, when `ingest` would take it now; it keeps the broker's id and receive
 * time, so that sent twice it is one message.
 *
 * @param at when it is sent again; the envelope says so, and nobody decides by it
 */
export function redriveVerdict(kept: KeptRefusal, known: Known, at: Instant): Verdict {
  if (kept.dataCharsBeforeCut !== undefined)
    return skip('cut', 'it was larger than any queue carries; only its beginning is here');
  if (wasEvaluated(kept))
    return skip(
      'evaluated',
      'the rest of it counted when it came, and its number is taken: the device must send it anew',
    );
  const envelope = envelopeOf(kept);
  if (envelope === undefined) return skip('still-refused', kept.detail);
  const identity = identify(envelope);
  if (identity.kind === 'canary') return skip('canary', 'an old canary proves nothing');
  if (identity.kind === 'refused') return skip('still-refused', identity.refusal.detail);
  const opened = openMessage(envelope, identity.format, known.registration);
  if (opened.kind === 'refused') return skip('still-refused', opened.refusal.detail);
  if (known.telemetry === 'newer') return skip('newer-twin', 'the twin was written by newer code: use that');
  const { memory } = known.telemetry ?? emptyTelemetryState;
  const { kind } = admit(memory, opened.key, opened.clock);
  if (kind === 'duplicate') return skip('evaluated', 'the device has it already');
  if (kind === 'conflict' || kind === 'sequence-reset')
    return skip('still-refused', `${kind}: the device has sent on`);
  const { id, topic, clientId, principal, receivedAt, data } = envelope;
  const base64 = Buffer.from(data).toString('base64');
  const body = { data: base64, topic, clientId, principal, receivedAt, id, redrivenAt: rfc3339(at) };
  const [refused] = opened.refusals;
  return {
    outcome: 'send',
    body: JSON.stringify(body),
    detail:
      refused === undefined
        ? `${kind}, ${opened.records.length} records`
        : `${kind}, ${opened.refusals.length} of its records are still refused: ${refused.detail}`,
  };
}
