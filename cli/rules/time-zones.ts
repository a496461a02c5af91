/** Time zones by their IANA names. */
import { nearest } from '../../functions/domain/nearest.ts';

/** A formatter costs 50 µs, and a book names the same few zones a thousand times. */
const answers = new Map<string, boolean>();

function isZone(zone: string): boolean {
  // An offset such as `+08:00` is no place: it would miss a change of the law.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What is wrong with the name of a zone, `undefined` when it is one. */
export function zoneFinding(zone: string): { message: string; remedy: string } | undefined {
  const known = answers.get(zone) ?? isZone(zone);
  answers.set(zone, known);
  if (known) return undefined;
  const meant = nearest(zone, Intl.supportedValuesOf('timeZone'));
  return {
    message: `"${zone}" is no time zone`,
    remedy: meant ? `did you mean "${meant}"?` : 'write an IANA name, such as "Asia/Shanghai"',
  };
}
