/** What this room knows: what a rule means. This file: the other sensors of the device as a condition is told of them (semantics 19, 25). */
import type { Value } from '../../telemetry/reading.ts';
import type { Seen } from '../around.ts';
import type { RoleAccess } from './around-frame.ts';
import type { Condition } from './bind.ts';

/** What a condition was told of other sensors at one reading; `null` is unknown. */
export interface AskedOthers {
  /** What the sensor of each role said; absent where none was asked. */
  readonly roles?: readonly (readonly [role: string, value: Value | null, quality: string | null])[];
  /** What the sensors of each quantity said, in the order of registration; absent where none were asked. */
  readonly peers?: readonly (readonly [
    quantity: string,
    said: readonly (readonly [Value | null, string])[],
  ])[];
}

/** What a sensor of the device, by its place, had said by some instant. */
export type SeenAt = (sensorSlot: number, at: number) => Seen;

/** What was asked so far. */
export interface Others {
  readonly roles: Map<string, Seen | undefined>;
  readonly peers: Map<string, readonly Seen[]>;
}

/** The other sensors of the device at one instant; each is looked up once. */
export function othersAt(
  { links }: Condition,
  seenAt: SeenAt,
  at: number,
): { readonly access: RoleAccess; readonly said: Others } {
  const roles: Others['roles'] = new Map();
  const peers: Others['peers'] = new Map();
  const role = (name: string): Seen | undefined => {
    if (roles.has(name)) return roles.get(name);
    const slot = links.roles.get(name);
    const seen = slot === undefined ? undefined : seenAt(slot, at);
    roles.set(name, seen);
    return seen;
  };
  const all = (quantity: string): readonly Seen[] => {
    const known = peers.get(quantity);
    if (known) return known;
    const seen = (links.peers.get(quantity) ?? []).map((slot, place) => ({ ...seenAt(slot, at), place }));
    peers.set(quantity, seen);
    return seen;
  };
  return { access: { role, peers: all }, said: { roles, peers } };
}

/** Lists of a record in an order that does not depend on what was asked first. */
export const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);

/** What was asked, for the decision record. */
export const othersOf = ({ roles, peers }: Others): AskedOthers => ({
  ...(roles.size > 0 && {
    roles: [...roles]
      .map(([name, seen]) => [name, seen?.value ?? null, seen?.quality ?? null] as const)
      .toSorted(byText),
  }),
  ...(peers.size > 0 && {
    peers: [...peers]
      .map(
        ([quantity, all]) => [quantity, all.map((one) => [one.value ?? null, one.quality] as const)] as const,
      )
      .toSorted(byText),
  }),
});

/** The answers of a decision record, given once more. */
export const recordedOthers = ({ roles, peers }: AskedOthers): RoleAccess => ({
  role: (name) => {
    const said = roles?.find(([role]) => role === name);
    return said?.[2] == null ? undefined : { value: said[1] ?? undefined, quality: said[2] };
  },
  peers: (quantity) =>
    (peers?.find(([one]) => one === quantity)?.[1] ?? []).map(([value, quality], place) => ({
      value: value ?? undefined,
      quality,
      place,
    })),
});
