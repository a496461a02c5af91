/**
 * A rule book that was checked when the bundle was made, and is the same still.
 *
 * To check a thousand rules field by field takes a hundred times as long as to hash their text, and a function that
 * starts has no time to find out what was known when it was built: nothing but damage can have come in between.
 */
import { hash } from 'node:crypto';
import type { RuleBook } from '../../domain/rules/book.ts';
import { AdapterError } from '../adapter-error.ts';

const sealed = new WeakSet<object>();

/** The digest that the bundle carries of its book. */
export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes);

/**
 * The JSON in `bytes`, known from now on as a book that was checked.
 *
 * @param digest of the bytes when they were checked
 * @throws AdapterError, not retryable, when they are others
 */
export function openSealed(bytes: Uint8Array, digest: string): unknown {
  if (digestOf(bytes) !== digest)
    throw new AdapterError('the rule book beside the bundle is not the one it was made with: deploy again', {
      cause: undefined,
      retryable: false,
    });
  const json: unknown = JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'),
  );
  if (typeof json === 'object' && json !== null) sealed.add(json);
  return json;
}

/** True for what `openSealed` gave. */
export const isSealed = (json: unknown): json is RuleBook =>
  typeof json === 'object' && json !== null && sealed.has(json);
