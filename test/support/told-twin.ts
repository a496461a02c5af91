import { type Admission, admit } from '../../functions/domain/telemetry/admission.ts';
import type { MessageClock } from '../../functions/domain/telemetry/life.ts';
import { emptyMemory, type Memory } from '../../functions/domain/telemetry/memory.ts';
import type { MessageKey } from '../../functions/domain/telemetry/message-key.ts';

/** Pack `seq` leaves at `seq` seconds and holds what was just measured, unless told otherwise. */
export const clockOf = (seconds: number): MessageClock => ({
  atMs: seconds * 1000,
  newestMs: seconds * 1000,
});

export const keyOf = (seq: number, boot = 'b1', hash = seq + 1): MessageKey => ({
  kind: 'sequence',
  boot,
  seq,
  hash,
});

/** A twin that is told one message after the other. */
export function twin() {
  let now: Memory = emptyMemory;
  const tell = (key: MessageKey, clock?: MessageClock): Admission => {
    const admission = admit(now, key, clock);
    now = admission.next;
    return admission;
  };
  const pack = (seq: number, seconds = seq, hash = seq + 1, boot = 'b1') =>
    tell(keyOf(seq, boot, hash), clockOf(seconds)).kind;
  const packs = (seqs: readonly number[], later = 0) => seqs.map((seq) => pack(seq, seq + later));
  return { memory: () => now, tell, pack, packs };
}

export const upTo = (last: number, first = 0): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);
