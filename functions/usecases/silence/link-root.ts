import {
  type DeviceScope,
  emptySilenceWindow,
  fleetMaxFor,
  isMassSilence,
  isWithin,
  massCountMin,
  mostTogether,
  narrowness,
  type RecentSilence,
  SilenceWindow,
  scopeCountMax,
  scopesOf,
  subjectOfScope,
  withSilences,
} from '../../domain/alerts/mass-silence.ts';
import type { AlertId, DeviceId } from '../../domain/ids.ts';
import { rankOf } from '../../domain/severity.ts';
import { type Instant, instant } from '../../domain/time.ts';
import { heldUp } from '../correlate/deps.ts';
import type { StoredMatter } from '../ports/alerts.ts';
import type { SilentDevice } from './device-root.ts';
import { type Root, type RootDeps, raiseRoot, rootTriesMax } from './root-alert.ts';
import { scopeOfDevices } from './scope-of-devices.ts';

/** How many devices a scope has; counts no further than `max`. */
export type CountDevices = (scope: DeviceScope, max: number) => Promise<number>;

export interface LinkDeps extends RootDeps {
  readonly countDevices: CountDevices;
}

const ruleId = 'data.link';
/** Subject of the item that remembers what fell silent lately: no scope is called so. */
const recentId = 'recent';

/**
 * Notes devices that are about to fall silent and raises `data.link` where they are too many for chance (design 5): more
 * than 30 % of an enterprise's, an area's or the fleet's devices, at least ten, within a minute.
 *
 * Asks how many devices a scope has only once ten of it are silent, and counts no further than the answer needs.
 *
 * @returns for each of the devices the alert that it is a child of, if any. @throws AdapterError, HeldUpError
 */
export async function linksOf(
  deps: LinkDeps,
  silent: ReadonlyMap<DeviceId, SilentDevice>,
): Promise<ReadonlyMap<DeviceId, AlertId>> {
  const links = new Map<DeviceId, AlertId>();
  const recent = [...silent].flatMap(recentOf);
  if (recent.length === 0) return links;
  const { window, mass, past } = await note(deps, recent);
  const scopes = new Map(recent.flatMap(scopesOf).map((scope) => [subjectOfScope(scope).id, scope]));
  for (const [id, scope] of [...scopes].toSorted(([, a], [, b]) => narrowness(b) - narrowness(a))) {
    const total = mass.get(id);
    const since = past.get(id);
    const mine = [...silent].filter(([deviceId, device]) => {
      if (links.has(deviceId) || !isWithin(scope, device.scope)) return false;
      if (total !== undefined && isMassSilence(mostTogether(window, scope, [device.at]), total)) return true;
      // Silent for longer than the others, and with them: only its silence falls due later.
      return since !== undefined && device.since <= since;
    });
    if (mine.length === 0) continue;
    const root = await raise(deps, scope, mine, total !== undefined);
    for (const [deviceId] of mine)
      if (root?.devices.has(deviceId) === true) links.set(deviceId, root.alertId);
  }
  return links;
}

const recentOf = ([deviceId, { scope, at }]: readonly [DeviceId, SilentDevice]): readonly RecentSilence[] => {
  const { enterpriseId, area } = scope;
  return enterpriseId === '-' ? [] : [{ deviceId, enterpriseId, area, at }];
};

interface Noted {
  readonly window: SilenceWindow;
  /** Devices of each scope that has a mass silence now. */
  readonly mass: ReadonlyMap<string, number>;
  /** When the others had theirs last. */
  readonly past: ReadonlyMap<string, Instant>;
}

async function note(deps: LinkDeps, silent: readonly RecentSilence[]): Promise<Noted> {
  for (let tries = 0; tries < rootTriesMax; tries += 1) {
    const guard = await deps.alerts.matter(ruleId, recentId);
    const window = withSilences(windowOf(guard), silent);
    const mass = await massIn(deps, window, silent);
    const now = deps.clock.now();
    const scopes = [
      ...window.scopes.filter(({ id }) => !mass.has(id)),
      ...[...mass.keys()].map((id) => ({ id, at: now })),
    ].slice(-scopeCountMax);
    const matter = {
      ruleId,
      subjectId: recentId,
      expectedVersion: guard?.version ?? 0,
      alertId: undefined,
      alertVersion: 0,
      state: JSON.stringify({ ...window, scopes }),
      lastAt: now,
      dueAt: undefined,
    };
    if ((await deps.alerts.commit({ matter, alerts: [] })) === 'committed')
      return { window, mass, past: new Map(window.scopes.map(({ id, at }) => [id, at])) };
  }
  throw heldUp(ruleId, recentId);
}

async function massIn(
  deps: LinkDeps,
  window: SilenceWindow,
  silent: readonly RecentSilence[],
): Promise<ReadonlyMap<string, number>> {
  const mass = new Map<string, number>();
  const near = silent.map(({ at }) => at);
  const scopes = new Map(silent.flatMap(scopesOf).map((scope) => [subjectOfScope(scope).id, scope]));
  for (const [id, scope] of scopes) {
    const together = mostTogether(window, scope, near);
    if (together < massCountMin) continue;
    const total = await deps.countDevices(scope, fleetMaxFor(together));
    if (isMassSilence(together, total)) mass.set(id, total);
  }
  return mass;
}

/** What cannot be read is begun anew: a minute later it says the same. */
function windowOf(guard: StoredMatter | undefined): SilenceWindow {
  if (guard?.state === undefined) return emptySilenceWindow;
  const parsed = SilenceWindow.safeParse(JSON.parse(guard.state));
  return parsed.success ? parsed.data : emptySilenceWindow;
}

async function raise(
  deps: LinkDeps,
  scope: DeviceScope,
  mine: readonly (readonly [DeviceId, SilentDevice])[],
  mayOpen: boolean,
): Promise<Root | undefined> {
  const devices = mine.map(([, device]) => device);
  const [gravest] = devices.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  if (gravest === undefined) return undefined;
  return raiseRoot(deps, {
    ruleId,
    subject: subjectOfScope(scope),
    scope: scopeOfDevices(sharedIn(scope), devices),
    kind: gravest.kind,
    severity: rankOf(gravest.severity) > rankOf('orange') ? gravest.severity : 'orange',
    at: instant(Math.min(...devices.map(({ at }) => at))),
    since: instant(Math.max(...devices.map(({ since }) => since))),
    link: [],
    because: { devices: devices.length },
    devices: mine.map(([deviceId]) => deviceId),
    mayOpen,
  });
}

/** The scope's own place. */
const sharedIn = (scope: DeviceScope): Parameters<typeof scopeOfDevices>[0] => {
  if (scope.kind === 'area') return { area: scope.area };
  return scope.kind === 'enterprise' ? { enterpriseId: scope.enterpriseId } : {};
};
