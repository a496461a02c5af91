/** What this room knows: what devices say. This file: by what a message is known again. */
import { createHash } from 'node:crypto';
import type { Envelope } from './envelope.ts';
import { murmur32 } from './murmur.ts';
import type { Pack } from './pack.ts';

/** By its place in the device's count, or by what it says. */
export type MessageKey =
  | { readonly kind: 'sequence'; readonly boot: string; readonly seq: number; readonly hash: number }
  | { readonly kind: 'digest'; readonly digest: number };

/** Bytes of a digest that are remembered: two messages of one device never share them in practice. */
export const digestBytes = 6;

/**
 * The key of a message: boot and seq with 4 bytes that its bytes give; else 6 bytes of their SHA-256.
 *
 * A pack without any clock includes the broker's message id: two equal ones are two messages (design 2.1).
 */
export function messageKey({ topic, data, id }: Envelope, { boot, seq, hasClock }: Pack): MessageKey {
  if (boot !== undefined && seq !== undefined) return { kind: 'sequence', boot, seq, hash: murmur32(data) };
  const whole = createHash('sha256').update(`${topic}\n`).update(data);
  if (!hasClock) whole.update(`\n${id}`);
  return { kind: 'digest', digest: whole.digest().readUIntBE(0, digestBytes) };
}
