/** What this room knows: what devices say. This file: bytes to JSON records, with nothing ambiguous let through. */
import { doubledKeys } from './doubled-keys.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Most bytes of one message: 120 KB. The broker refuses beyond 128 KB. */
export const messageBytesMax = 120 * 1024;

export type StrictItems =
  | {
      readonly ok: true;
      readonly items: readonly unknown[];
      /** Index of each item that names a field twice, and which. */
      readonly doubled: ReadonlyMap<number, string>;
    }
  | { readonly ok: false; readonly refusal: Refusal };

const utf8 = new TextDecoder('utf-8', { fatal: true });
const none: ReadonlyMap<number, string> = new Map();

/**
 * The items of the JSON array that `bytes` hold. A byte order mark in front of UTF-8 is skipped (RFC 8259 §8.1).
 *
 * `JSON.parse` keeps the last of two equal keys, so keys are counted: each has one colon in the text, and a colon
 * more than keys arrived means a doubled key (or a colon inside a text, which the slower search tells apart). An
 * escaped colon is none in the text, so nothing can make up for a key that was lost.
 *
 * @throws never
 */
export function strictItems(bytes: Uint8Array): StrictItems {
  if (bytes.length === 0) return refused('empty-payload', 'the body is empty');
  if (bytes.length > messageBytesMax)
    return refused('too-large', `the body has ${bytes.length} bytes, more than ${messageBytesMax}`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refused('not-utf8', 'the body is not UTF-8');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused('not-json', `the body is not JSON${position(error)}`);
  }
  if (!Array.isArray(value)) return refused('not-a-pack', 'the body is not a JSON array');
  const items: readonly unknown[] = value;
  if (colonCount(bytes) === keyCount(items)) return { ok: true, items, doubled: none };
  const doubled = doubledKeys(text);
  return doubled === 'too-deep'
    ? refused('too-deep', 'the body is nested too deeply')
    : { ok: true, items, doubled };
}

function colonCount(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0x3a) count++;
  return count;
}

/** Keys of the items themselves; keys further down stay uncounted and so lead to the slower search. */
function keyCount(items: readonly unknown[]): number {
  let count = 0;
  for (const item of items) {
    // An array's indices have no colon and would hide a doubled key elsewhere.
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    for (const _ in item) count++;
  }
  return count;
}

/** Only the figure of the engine's message: the rest of it quotes the payload. */
function position(error: unknown): string {
  const at = /position (\d+)/.exec(String(error))?.[1];
  return at === undefined ? '' : ` (at character ${at})`;
}

const refused = (reason: Refusal['reason'], found: string): StrictItems => ({
  ok: false,
  refusal: refusal(reason, found),
});
