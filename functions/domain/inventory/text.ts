/** What this room knows: what enterprises register. This file: texts that people type, kept harmless. */
import * as z from 'zod';

/**
 * C0 and C1 controls, line and paragraph separators, characters that reorder or hide text, lone surrogates.
 * A label with one of them forges log lines, moves a terminal's cursor or looks like another label.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const hostile = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

/** A one-line text of 1 to `max` characters without control, invisible or reordering characters. */
export const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !hostile.test(text), {
      error: 'must not contain control, invisible or text-reordering characters',
    })
    .refine((text) => text.trim() === text, { error: 'must not start or end with a space' });

/** Characters of the name of a thing. */
export const nameMax = 100;
/** Characters of a comment or a reason. */
export const commentMax = 1000;
