/** What this room knows: when so many devices fall silent together that it is no matter of one device (design 5). */
import * as z from 'zod';
import { AreaCode, ancestorsOf, DeviceId, EnterpriseId } from '../ids.ts';
import { Instant, seconds } from '../time.ts';
import type { Scope, Subject } from './alert.ts';

/** The devices of an enterprise, of an area with all that lies in it, or of the fleet. */
export type DeviceScope =
  | { readonly kind: 'enterprise'; readonly enterpriseId: EnterpriseId }
  | { readonly kind: 'area'; readonly area: AreaCode }
  | { readonly kind: 'all' };

/** As many devices at least. */
export const massCountMin = 10;
/** More than so many tenths of a scope's devices. */
const massTenths = 3;
/** Silences belong together when they fall due in (t - this, t]. */
export const massWithin = seconds(60);
/** Silent devices that are remembered; beyond it the oldest are forgotten, so that wider scopes count too few. */
export const recentCountMax = 2_000;
/** Scopes that are remembered to have had a mass silence. */
export const scopeCountMax = 50;

const RecentSilence = z.strictObject({
  deviceId: DeviceId,
  enterpriseId: EnterpriseId,
  area: z.union([AreaCode, z.literal('-')]),
  at: Instant,
});
export type RecentSilence = z.infer<typeof RecentSilence>;

/** What fell silent lately, and which scopes had a mass silence, at what time. Bounded; stored as one item. */
export const SilenceWindow = z.strictObject({
  format: z.literal(1),
  recent: z.array(RecentSilence).readonly(),
  scopes: z.array(z.strictObject({ id: z.string(), at: Instant })).readonly(),
});
export type SilenceWindow = z.infer<typeof SilenceWindow>;

export const emptySilenceWindow: SilenceWindow = { format: 1, recent: [], scopes: [] };

/** The scope as the subject of its alert. */
export function subjectOfScope(scope: DeviceScope): Subject {
  if (scope.kind === 'enterprise') return { kind: 'enterprise', id: `enterprise/${scope.enterpriseId}` };
  return scope.kind === 'area'
    ? { kind: 'area', id: `area/${scope.area}` }
    : { kind: 'platform', id: 'fleet' };
}

/** Where a device may be part of a mass silence, narrowest first: its enterprise, its areas, the fleet. */
export const scopesOf = ({
  enterpriseId,
  area,
}: Pick<RecentSilence, 'enterpriseId' | 'area'>): DeviceScope[] => [
  { kind: 'enterprise', enterpriseId },
  ...(area === '-' ? [] : ancestorsOf(area).toReversed()).map(
    (one) => ({ kind: 'area', area: one }) as const,
  ),
  { kind: 'all' },
];

/** The window with `silent`; a device counts once, with its newest silence, and what is too old to count is forgotten. */
export function withSilences(window: SilenceWindow, silent: readonly RecentSilence[]): SilenceWindow {
  const byDevice = new Map(
    [...window.recent, ...silent].toSorted((a, b) => a.at - b.at).map((one) => [one.deviceId, one]),
  );
  const all = [...byDevice.values()].toSorted((a, b) => a.at - b.at);
  const newest = all.at(-1)?.at ?? 0;
  const kept = all.filter(({ at }) => at > newest - 2 * massWithin);
  return { ...window, recent: kept.slice(-recentCountMax) };
}

/** Greater for the narrower of two scopes: an enterprise, areas by their length, the fleet. */
export const narrowness = (scope: DeviceScope): number =>
  scope.kind === 'enterprise' ? 100 : scope.kind === 'area' ? scope.area.length : 0;

export const isWithin = (
  scope: DeviceScope,
  { enterpriseId, area }: Pick<Scope, 'enterpriseId' | 'area'>,
): boolean =>
  scope.kind === 'all' ||
  (scope.kind === 'enterprise' ? scope.enterpriseId === enterpriseId : area.startsWith(scope.area));

/** The most devices of the scope that fell silent within one minute with one that did so at an instant of `near`. */
export function mostTogether(
  { recent }: SilenceWindow,
  scope: DeviceScope,
  near: readonly Instant[],
): number {
  const instants = recent.filter((one) => isWithin(scope, one)).map(({ at }) => at);
  let most = 0;
  let from = 0;
  for (const [i, at] of instants.entries()) {
    /* istanbul ignore next -- `from` never passes `i`, and the loop would end there */
    while ((instants[from] ?? at) <= at - massWithin) from += 1;
    /* istanbul ignore next -- `from` never passes `i` here either */
    const first = instants[from] ?? at;
    if (near.some((one) => one >= first && one <= at)) most = Math.max(most, i - from + 1);
  }
  return most;
}

/** From so many devices on in all, `silent` of them are no mass. @example fleetMaxFor(12) // 40 */
export const fleetMaxFor = (silent: number): number => Math.ceil((silent * 10) / massTenths);

/**
 * Whether `silent` of `total` devices are a mass silence: more than 30 %, at least ten.
 *
 * @example isMassSilence(12, 39) // true
 */
export const isMassSilence = (silent: number, total: number): boolean =>
  silent >= massCountMin && isTooMany(silent, total);

/** More than 30 % of `total`. */
export const isTooMany = (silent: number, total: number): boolean =>
  silent <= total && silent * 10 > total * massTenths;
