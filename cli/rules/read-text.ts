/** The text of a file that anybody may have put there. */

import { readFileSync, statSync } from 'node:fs';
import { ruleFileBytesMax } from '../../functions/domain/rules/schema/words.ts';
import { errorCode } from '../error-code.ts';
import type { Problem } from './problem.ts';

export type TextResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The line and column of the first byte that is no UTF-8. */
function firstBadByte(bytes: Buffer): { readonly line: number; readonly column: number } {
  let good = 0;
  for (let bad = bytes.length; bad - good > 1; ) {
    const middle = Math.floor((good + bad) / 2);
    // The last character may be cut in the middle; a decoder that expects more does not mind.
    const isGood = canDecode(bytes.subarray(0, middle));
    if (isGood) good = middle;
    else bad = middle;
  }
  const before = bytes.subarray(0, good).toString('utf8').split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').replace(/�+$/u, '').length + 1 };
}

function canDecode(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The text in the file at `path`, told as `shown`; what is larger than any rule is not read.
 *
 * Without waiting: a book of a thousand rules is two thousand small files, and a round through the pool of threads for
 * each takes longer than reading it. @throws never
 */
export function readText(path: string, shown: string): TextResult {
  const fail = (message: string, remedy: string, place = { line: 1, column: 1 }): TextResult => ({
    ok: false,
    problem: { file: shown, ...place, field: '-', message, remedy, excerpt: '' },
  });
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > ruleFileBytesMax)
      return fail(`the file has ${size} bytes, at most ${ruleFileBytesMax} are allowed`, 'split it');
    bytes = readFileSync(path);
  } catch (error) {
    const code = errorCode(error);
    return fail(`cannot be read (${code})`, 'give yourself the right to read it, or delete it');
  }
  try {
    return { ok: true, text: utf8.decode(bytes) };
  } catch {
    const remedy = 'save the file as UTF-8';
    return fail('is not UTF-8: this byte begins no character', remedy, firstBadByte(bytes));
  }
}
