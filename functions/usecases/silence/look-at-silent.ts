import type { Alert } from '../../domain/alerts/alert.ts';
import { DeviceId } from '../../domain/ids.ts';
import { encodeCorrelation } from '../../domain/rules/correlate/codec.ts';
import { hasErrands } from '../../domain/rules/correlate/state.ts';
import { hasLife } from '../../domain/rules/engine/device-silence.ts';
import { staleHints } from '../../domain/rules/engine/state.ts';
import { type Instant, instant, minutes, seconds } from '../../domain/time.ts';
import { runErrands } from '../correlate/errands.ts';
import { openSession } from '../device-session.ts';
import type { StoredMatter } from '../ports/alerts.ts';
import type { SilenceDeps } from './device-root.ts';
import { endRoot, lookEvery, rootStateOf, rootTriesMax } from './root-alert.ts';

/** A device has shown life at every look for so long before it is no longer called silent. */
export const aliveFor = seconds(60);

/** The longest time between two looks at a device that stays silent. */
export const lookEveryMax = minutes(5);

/** What has been silent for hours is looked at less often: a twentieth of its silence may pass between looks. */
const nextLook = ({ raisedAt }: Alert, now: Instant): Instant =>
  instant(now + Math.min(Math.max(lookEvery, (now - raisedAt) / 20), lookEveryMax));

const device = 'data.device-silent';

/** Of a device that has shown no life yet. */
const neverHeld = instant(0);

/**
 * Looks whether a device that was called silent is back, and ends its alert once it has shown life for `aliveFor`; its
 * sensors that still are silent then notify by themselves. Idempotent; the item decides what is due.
 *
 * @throws AdapterError, HeldUpError; it stays due
 */
export async function lookAtSilent(deps: SilenceDeps, subjectId: string): Promise<void> {
  for (let tries = 0; tries < rootTriesMax; tries += 1) {
    const guard = await deps.alerts.matter(device, subjectId);
    const now = deps.clock.now();
    if (guard?.dueAt === undefined || guard.dueAt > now) return;
    if ((await lookOnce(deps, guard, now)) !== 'again') return;
  }
}

async function lookOnce(deps: SilenceDeps, guard: StoredMatter, now: Instant): Promise<'done' | 'again'> {
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
  const found = await signsOf(deps, subjectId, stored.state.floor, now);
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
async function signsOf(
  deps: SilenceDeps,
  subjectId: string,
  since: Instant,
  now: Instant,
): Promise<readonly string[] | undefined> {
  const deviceId = DeviceId.parse(subjectId);
  const items = (await deps.twins.read([deviceId])).devices.get(deviceId);
  if (items?.registration === undefined || items.twin === undefined) return undefined;
  const opened = openSession(deps, items.registration, items.twin);
  if (!opened.ok) return undefined;
  const { rules, twin } = opened.session;
  return hasLife(rules, twin.rules, since, now) ? staleHints(twin.rules) : undefined;
}
