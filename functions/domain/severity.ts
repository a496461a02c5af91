/** What this room knows: how grave a matter is. */
import * as z from 'zod';

/** From recorded-only (`signal`) through IV, III, II to I (`red`); never reorder, encoded states hold the position. */
export const severities = ['signal', 'blue', 'yellow', 'orange', 'red'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** 0 for `signal` to 4 for `red`. */
export const rankOf = (severity: Severity): number => severities.indexOf(severity);

/** The graver of two; `undefined` is lighter than any. */
export function graver(a: Severity, b: Severity): Severity;
export function graver(a: Severity | undefined, b: Severity | undefined): Severity | undefined;
export function graver(a: Severity | undefined, b: Severity | undefined): Severity | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return rankOf(a) >= rankOf(b) ? a : b;
}

/** What an alert is about: the city's risk, the data's quality, security, or this system itself. */
export const AlertKind = z.enum(['risk', 'data-quality', 'security', 'system']);
export type AlertKind = z.infer<typeof AlertKind>;

/** The kind of industry. */
export const Trade = z.enum(['coal-mine', 'gas', 'chemical', 'construction', 'transport']);
export type Trade = z.infer<typeof Trade>;

/** A text in the two languages of the product. */
export const Bilingual = z.strictObject({ zh: z.string().min(1).max(500), en: z.string().min(1).max(500) });
export type Bilingual = z.infer<typeof Bilingual>;
