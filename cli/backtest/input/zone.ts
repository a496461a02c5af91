/** Wall clocks: what `2013-12-02 21:15` is as an instant where somebody says which clock it was. */
import { zoneOffsetAt } from '../../../functions/domain/rules/zone-offset.ts';

/** A clock on a wall somewhere. */
export interface Zone {
  /** As it was named: `+08:00` or `Asia/Shanghai`. */
  readonly name: string;
  /** What the wall shows at `at`, as if it were UTC. */
  wallOf(at: number): number;
  /** The instant at which the wall shows `wall`; of two the first, in the hour that is left out one hour on. */
  instantOf(wall: number): number;
}

const offsetPattern = /^(?:Z|UTC|([+-])(\d{2}):?(\d{2}))$/;
const fixed = (name: string, offsetMs: number): Zone => ({
  name,
  wallOf: (at) => at + offsetMs,
  instantOf: (wall) => wall - offsetMs,
});

/**
 * The zone called `name`, an offset or an IANA name; `undefined` when there is none.
 *
 * @example zoneOf('+08:00')?.instantOf(Date.UTC(2026, 0, 1)) // 2025-12-31T16:00:00Z
 */
export function zoneOf(name: string): Zone | undefined {
  const offset = offsetPattern.exec(name);
  if (offset) {
    const [, sign, hours = '0', minutes = '0'] = offset;
    const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return ms > 18 * 3_600_000 ? undefined : fixed(name, sign === '-' ? -ms : ms);
  }
  const offsetAt = (at: number): number => zoneOffsetAt(name, at).offsetMs;
  try {
    offsetAt(0);
  } catch {
    // All that can be wrong here is the name.
    return undefined;
  }
  return {
    name,
    wallOf: (at) => at + offsetAt(at),
    instantOf: (wall) => {
      const before = wall - offsetAt(wall - 86_400_000);
      if (before + offsetAt(before) === wall) return before;
      const after = wall - offsetAt(wall + 86_400_000);
      return after + offsetAt(after) === wall ? after : before;
    },
  };
}

export const utc: Zone = fixed('UTC', 0);
