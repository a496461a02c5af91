/** What this room knows: what devices say. This file: by what a message is known again. */
import { createHash } from 'node:crypto';
import type { Envelope } from './envelope.ts';
import type { Pack } from './pack.ts';

/** By its place in the device's count, or by what it says. */
export type MessageKey =
  | { readonly kind: 'sequence'; readonly boot: string; readonly seq: number; readonly hash: number }
  | { readonly kind: 'digest'; readonly digest: number };

/** Bytes of a digest that are remembered: two messages of one device never share them in practice. */
export const digestBytes = 6;

/**
 * The key of a message: boot and seq with the first 4 bytes of its hash; else 6 bytes of the hash.
 *
 * A pack without any clock includes the broker's message id: two equal ones are two messages (design 2.1).
 */
export function messageKey(envelope: Envelope, pack: Pack): MessageKey {
  const { boot, seq } = pack;
  const hash = createHash('sha256').update(`${envelope.topic}\n`).update(envelope.data);
  if (boot !== undefined && seq !== undefined)
    return { kind: 'sequence', boot, seq, hash: hash.digest().readUInt32BE(0) };
  if (!pack.hasClock) hash.update(`\n${envelope.id}`);
  return { kind: 'digest', digest: hash.digest().readUIntBE(0, digestBytes) };
}
