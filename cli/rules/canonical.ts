/** One text for one meaning: JSON with sorted keys, and the version that is derived from it. */
import { sha256 } from '../../functions/domain/ids.ts';

/** JSON with keys in the order of their code units, without blanks. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** First 16 hex digits of the SHA-256 of the canonical form. */
export const contentVersion = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 16);
