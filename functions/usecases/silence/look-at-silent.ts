import type { Alert } from '../../domain/alerts/alert.ts';
import type { RootRuleId } from '../../domain/alerts/standing.ts';
import { type AlertId, DeviceId } from '../../domain/ids.ts';
import { encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { type CorrelationState, hasErrands } from '../../domain/rules/correlate/state.ts';
import { hasLife } from '../../domain/rules/engine/device-silence.ts';
import { staleHints } from '../../domain/rules/engine/state.ts';
import { type Instant, instant, minutes, seconds } from '../../domain/time.ts';
import { runErrands } from '../correlate/errands.ts';
import { openSession } from '../device-session.ts';
import type { StoredMatter } from '../ports/alerts.ts';
import type { SilenceDeps } from './device-root.ts';
import { devicesOf, endRoot, lookEvery, rootStateOf, rootTriesMax } from './root-alert.ts';

/** A device has shown life at every look for so long before it is no longer called silent. */
export const aliveFor = seconds(60);

/** Items read at once. */
const guardReadMax = 25;

/** The longest time between two looks at a device that stays silent. */
export const lookEveryMax = minutes(5);

/** What has been silent for hours is looked at less often: a twentieth of its silence may pass between looks. */
const nextLook = ({ raisedAt }: Alert, now: Instant): Instant =>
  instant(now + Math.round(Math.min(Math.max(lookEvery, (now - raisedAt) / 20), lookEveryMax)));

/** Of a device that has shown no life yet. */
const neverHeld = instant(0);

/** The children to be told when it is back; undefined while it is silent. */
type Signs = (
  deps: SilenceDeps,
  found: { readonly subjectId: string; readonly current: Alert; readonly state: CorrelationState },
  now: Instant,
) => Promise<readonly string[] | undefined>;

/**
 * Looks whether what was called silent is back, and ends its alert once it has shown life for `aliveFor`; its children that
 * still are silent then notify by themselves. Idempotent; the item decides what is due.
 *
 * @throws AdapterError, HeldUpError; it stays due
 */
export async function lookAtSilent(deps: SilenceDeps, ruleId: RootRuleId, subjectId: string): Promise<void> {
  for (let tries = 0; tries < rootTriesMax; tries += 1) {
    const guard = await deps.alerts.matter(ruleId, subjectId);
    const now = deps.clock.now();
    if (guard?.dueAt === undefined || guard.dueAt > now) return;
    if ((await lookOnce(deps, guard, signsOf[ruleId], now)) !== 'again') return;
  }
}

async function lookOnce(
  deps: SilenceDeps,
  guard: StoredMatter,
  signs: Signs,
  now: Instant,
): Promise<'done' | 'again'> {
  const { ruleId, subjectId, alertId } = guard;
  const later = async (dueAt: Instant | undefined, seen: Partial<StoredMatter> = {}) => {
    const matter = { ...guard, ...seen, expectedVersion: guard.version, dueAt };
    return (await deps.alerts.commit({ matter, alerts: [] })) === 'committed' ? 'done' : 'again';
  };
  const stored = rootStateOf(guard);
  const current = alertId === undefined ? undefined : await deps.alerts.get(alertId);
  // Written by newer code, or by hand: somebody else's to end.
  if (stored?.ok !== true || current === undefined) return later(instant(now + lookEveryMax));
  if (hasErrands(stored.state)) {
    await runErrands(deps, ruleId, subjectId);
    return 'again';
  }
  if (current.condition === 'recovered') return later(undefined);
  const found = await signs(deps, { subjectId, current, state: stored.state }, now);
  const heldUntil = (at: Instant) => encodeCorrelation({ ...stored.state, heldUntil: at });
  if (found === undefined) return later(nextLook(current, now), { lastAt: now, state: heldUntil(neverHeld) });
  if (stored.state.heldUntil === neverHeld)
    return later(instant(now + lookEvery), { state: heldUntil(instant(now + aliveFor)) });
  if (now < stored.state.heldUntil) return later(instant(now + lookEvery));
  if ((await endRoot(deps, guard, current, found)) === 'conflict') return 'again';
  await runErrands(deps, ruleId, subjectId);
  return 'done';
}

/** The stale alerts of the device's sensors when it has shown life; undefined when it has not, or is not known any more. */
const signsOfDevice: Signs = async (deps, { subjectId, state }, now) => {
  const deviceId = DeviceId.parse(subjectId);
  const items = (await deps.twins.read([deviceId])).devices.get(deviceId);
  if (items?.registration === undefined || items.twin === undefined) return undefined;
  const opened = openSession(deps, items.registration, items.twin);
  if (!opened.ok) return undefined;
  const { rules, twin } = opened.session;
  return hasLife(rules, twin.rules, state.floor, now) ? staleHints(twin.rules) : undefined;
};

/** Devices of a mass silence or a gateway that are asked whether they are back. */
const askedMax = 100;

/** The alerts of devices, and of gateways, that stand under it, once half of the devices that are asked are back. */
const signsOfMany: Signs = async (deps, { current, state }) => {
  const devices = devicesOf(state);
  const asked = await guardsOf(deps, devices.slice(0, askedMax));
  const silent = asked.filter(({ dueAt }) => dueAt !== undefined).length;
  if (silent * 2 > Math.min(devices.length, askedMax)) return undefined;
  const guards = [...asked, ...(await guardsOf(deps, devices.slice(askedMax)))];
  const ids = guards.flatMap(({ alertId }) => alertId ?? []);
  const children = await firing(deps, ids);
  // Between it and a device there may be a gateway: then that is its child, and the device's cause.
  const between = new Set(children.flatMap(({ cause }) => cause ?? []));
  between.delete(current.alertId);
  return [...children, ...(await firing(deps, [...between]))].flatMap(({ alertId, cause }) =>
    cause === current.alertId ? [alertId] : [],
  );
};

async function firing({ alerts }: SilenceDeps, ids: readonly AlertId[]): Promise<readonly Alert[]> {
  const found: Alert[] = [];
  for (let from = 0; from < ids.length; from += askedMax)
    found.push(...(await alerts.getMany(ids.slice(from, from + askedMax))).values());
  return found.filter(({ condition }) => condition === 'firing');
}

async function guardsOf({ alerts }: SilenceDeps, devices: readonly DeviceId[]): Promise<StoredMatter[]> {
  const guards: StoredMatter[] = [];
  for (let from = 0; from < devices.length; from += guardReadMax) {
    const some = devices.slice(from, from + guardReadMax);
    const read = await Promise.all(some.map((id) => alerts.matter('data.device-silent', id)));
    guards.push(...read.filter((guard) => guard !== undefined));
  }
  return guards;
}

const signsOf: Readonly<Record<RootRuleId, Signs>> = {
  'data.device-silent': signsOfDevice,
  'data.gateway-silent': signsOfMany,
  'data.link': signsOfMany,
};
