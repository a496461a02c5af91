import {
  type Gateway,
  gatewayDeviceMax,
  gatewaySilence,
  gatewaySubject,
} from '../../domain/alerts/gateway-silence.ts';
import type { AlertId, DeviceId } from '../../domain/ids.ts';
import { type LastSign, lastSign } from '../../domain/rules/engine/device-silence.ts';
import { staleHints } from '../../domain/rules/engine/state.ts';
import { provenUntil } from '../../domain/rules/engine/timers.ts';
import { rankOf } from '../../domain/severity.ts';
import { type Instant, instant } from '../../domain/time.ts';
import { openSession } from '../device-session.ts';
import { inChunks } from '../in-chunks.ts';
import { type DeviceItems, type FleetItems, readDeviceMax } from '../ports/twins.ts';
import type { SilenceDeps, SilentDevice } from './device-root.ts';
import { type Root, raiseRoot, rootStateOf } from './root-alert.ts';
import { scopeOfDevices } from './scope-of-devices.ts';

/** The devices that are registered behind a gateway, at most `max`; revoked ones too. */
export type DevicesBehind = (gateway: Gateway, max: number) => Promise<readonly DeviceId[]>;

export interface GatewayDeps extends SilenceDeps {
  readonly devicesBehind: DevicesBehind;
}

const ruleId = 'data.gateway-silent';
/** Gateways that are sought at once. */
const atOnceMax = 10;

/** What a tick has read, and found to fall silent. */
export interface Silences {
  readonly silent: ReadonlyMap<DeviceId, SilentDevice>;
  readonly fleets: readonly FleetItems[];
  /** The mass silences that they are part of. */
  readonly links: ReadonlyMap<DeviceId, AlertId>;
}

/**
 * Seeks, for devices that are about to fall silent, the gateway that is the cause, and raises `data.gateway-silent` before any
 * of them is told. Of a mass silence the gateway is a child itself.
 *
 * Asks nothing for devices without a gateway. Fails open: a gateway that cannot be asked about leaves its devices as they were.
 *
 * @returns for each device its nearest cause: the gateway, else the mass silence. @throws never
 */
export async function gatewaysOf(
  deps: GatewayDeps,
  silences: Silences,
): Promise<ReadonlyMap<DeviceId, AlertId>> {
  const causes = new Map(silences.links);
  await inChunks(groupsOf(silences), atOnceMax, async ({ gateway, falling }) => {
    try {
      const root =
        (await joined(deps, silences, gateway, falling)) ?? (await sought(deps, silences, gateway, falling));
      for (const deviceId of falling) if (root?.devices.has(deviceId)) causes.set(deviceId, root.alertId);
    } catch (error) {
      const { id } = gatewaySubject(gateway);
      deps.observer.error('gateway silence cannot be sought: its devices notify', error, { id });
    }
  });
  return causes;
}

interface Group {
  readonly gateway: Gateway;
  readonly falling: DeviceId[];
}

function groupsOf({ silent, fleets }: Silences): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const deviceId of silent.keys()) {
    const gateway = gatewayOf(itemsIn(fleets, deviceId));
    if (gateway === undefined) continue;
    const { id } = gatewaySubject(gateway);
    const group = groups.get(id) ?? { gateway, falling: [] };
    group.falling.push(deviceId);
    groups.set(id, group);
  }
  return [...groups.values()];
}

const itemsIn = (fleets: readonly FleetItems[], deviceId: DeviceId): DeviceItems | undefined =>
  fleets.find(({ devices }) => devices.has(deviceId))?.devices.get(deviceId);

function gatewayOf(items: DeviceItems | undefined): Gateway | undefined {
  const { enterpriseId, gatewayId, status } = items?.registration ?? {};
  return enterpriseId === undefined || gatewayId === undefined || status !== 'active'
    ? undefined
    : { enterpriseId, gatewayId };
}

/** The alert that stands, for devices of which nothing was heard since: only their silence falls due later. */
async function joined(
  deps: GatewayDeps,
  { silent }: Silences,
  gateway: Gateway,
  falling: readonly DeviceId[],
): Promise<Root | undefined> {
  const guard = await deps.alerts.matter(ruleId, gatewaySubject(gateway).id);
  const stored = guard?.dueAt === undefined ? undefined : rootStateOf(guard);
  if (stored?.ok !== true) return undefined;
  const devices = falling.filter((id) => (silent.get(id)?.since ?? Infinity) <= stored.state.floor);
  return devices.length < falling.length
    ? undefined
    : raise(deps, gateway, silent, { devices, since: stored.state.floor, link: [], mayOpen: false });
}

async function sought(
  deps: GatewayDeps,
  { silent, fleets, links }: Silences,
  gateway: Gateway,
  falling: readonly DeviceId[],
): Promise<Root | undefined> {
  const ids = await deps.devicesBehind(gateway, gatewayDeviceMax + 1);
  if (ids.length < 2 || ids.length > gatewayDeviceMax) return undefined;
  const now = deps.clock.now();
  const behind = await signsBehind(deps, gateway, ids, fleets);
  const proven = provenUntil(now, watermarkOf(fleets));
  const signs = new Map([...behind].map(([id, { sign }]) => [id, sign]));
  const found = gatewaySilence(signs, falling, proven);
  if (found === undefined) return undefined;
  const before = [...found.silent].filter((id) => !silent.has(id));
  const told = await Promise.all(before.map((id) => toldOf(deps, id, behind.get(id)?.alertIds ?? [])));
  return raise(deps, gateway, silent, {
    devices: [...falling, ...told.flatMap(({ device }) => device ?? [])],
    since: found.newestSignAt,
    link: told.flatMap(({ link }) => link),
    named: [...signs.keys()].toSorted(),
    cause: falling.flatMap((id) => links.get(id) ?? [])[0],
  });
}

const watermarkOf = (fleets: readonly FleetItems[]): Instant | undefined =>
  fleets.find(({ watermark }) => watermark !== undefined)?.watermark;

interface Behind {
  readonly sign: LastSign;
  /** Of its sensors, those that stand for want of a sign. */
  readonly alertIds: readonly string[];
}

/** The last sign of every device that speaks through the gateway and is watched; what the tick has read is not read again. */
async function signsBehind(
  deps: GatewayDeps,
  gateway: Gateway,
  ids: readonly DeviceId[],
  fleets: readonly FleetItems[],
): Promise<ReadonlyMap<DeviceId, Behind>> {
  const known = new Map(
    ids.flatMap((id) => {
      const items = itemsIn(fleets, id);
      return items === undefined ? [] : [[id, items] as const];
    }),
  );
  const missing = ids.filter((id) => !known.has(id));
  for (let from = 0; from < missing.length; from += readDeviceMax) {
    const { devices } = await deps.twins.read(missing.slice(from, from + readDeviceMax));
    for (const [id, items] of devices) known.set(id, items);
  }
  const { id: wanted } = gatewaySubject(gateway);
  const behind = new Map<DeviceId, Behind>();
  for (const [id, items] of known) {
    const own = gatewayOf(items);
    if (own === undefined || gatewaySubject(own).id !== wanted || items.registration === undefined) continue;
    const opened = openSession(deps, items.registration, items.twin);
    if (!opened.ok) continue;
    const { rules, twin } = opened.session;
    const sign = lastSign(rules, twin.rules);
    if (sign !== undefined) behind.set(id, { sign, alertIds: staleHints(twin.rules) });
  }
  return behind;
}

/** What stands of a device that was silent before: its own alert, and it is a child then; else those of its sensors. */
async function toldOf(
  deps: GatewayDeps,
  deviceId: DeviceId,
  sensorAlerts: readonly string[],
): Promise<{ readonly device?: DeviceId; readonly link: readonly string[] }> {
  const guard = await deps.alerts.matter('data.device-silent', deviceId);
  return guard?.alertId === undefined || guard.dueAt === undefined
    ? { link: sensorAlerts }
    : { device: deviceId, link: [guard.alertId] };
}

/** Severity, kind and audience are those of the devices that fall silent now (semantics 21). */
async function raise(
  deps: GatewayDeps,
  gateway: Gateway,
  silent: Silences['silent'],
  found: {
    readonly devices: readonly DeviceId[];
    readonly since: Instant;
    readonly link: readonly string[];
    readonly named?: readonly string[];
    readonly cause?: AlertId | undefined;
    readonly mayOpen?: boolean;
  },
): Promise<Root | undefined> {
  const falling = found.devices.flatMap((id) => silent.get(id) ?? []);
  const [gravest] = falling.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  if (gravest === undefined) return undefined;
  return raiseRoot(deps, {
    ...found,
    ruleId,
    subject: gatewaySubject(gateway),
    scope: scopeOfDevices({ enterpriseId: gateway.enterpriseId }, falling),
    kind: gravest.kind,
    severity: gravest.severity,
    at: instant(Math.min(...falling.map(({ at }) => at))),
    because: { gateway: gateway.gatewayId, devices: found.devices.length },
  });
}
