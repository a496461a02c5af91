import { deviceSubject, scopeOf } from '../../domain/alerts/belonging.ts';
import type { AlertId } from '../../domain/ids.ts';
import { type DeviceSilence, deviceSilence } from '../../domain/rules/engine/device-silence.ts';
import { type RuleState, staleHints } from '../../domain/rules/engine/state.ts';
import { advance } from '../../domain/rules/engine.ts';
import { rankOf } from '../../domain/severity.ts';
import { type Instant, instant } from '../../domain/time.ts';
import type { CausesOf } from '../advance-device.ts';
import { type DeviceDeps, type DeviceSession, openSession } from '../device-session.ts';
import type { Observer } from '../ports/observer.ts';
import type { DeviceItems } from '../ports/twins.ts';
import { type RootEvent, raiseRoot } from './root-alert.ts';

export interface SilenceDeps extends DeviceDeps {
  readonly observer: Observer;
}

/** What a silent device tells of itself: all of a root cause but who told and whom. */
export type SilentDevice = Pick<RootEvent, 'scope' | 'kind' | 'severity' | 'at' | 'since'>;

/**
 * Seeks the cause of silences in their device: when nothing of it has shown life, `data.device-silent` is raised before its
 * sensors' own alerts are, and they point to it.
 *
 * Fails open: when it cannot be raised the sensors' alerts have no cause, and notify one by one.
 *
 * @param link the alert of the mass silence that the device is part of
 */
export function causesOfSilence(
  deps: SilenceDeps,
  session: DeviceSession,
  now: Instant,
  watermark: Instant | undefined,
  link: AlertId | undefined,
): CausesOf {
  let raised: Promise<AlertId | undefined> | undefined;
  return async ({ state, transitions }) => {
    const silence = deviceSilence(session.rules, state, transitions, now, watermark);
    // One sensor is no device to speak of, unless the device stands for others in the alert of a mass silence.
    if (silence === undefined || (silence.sensorCount < 2 && link === undefined)) return undefined;
    raised ??= raise(deps, session, state, silence, link);
    const cause = await raised;
    return cause && ((draft) => (silence.children.includes(draft) ? cause : undefined));
  };
}

async function raise(
  deps: SilenceDeps,
  session: DeviceSession,
  state: RuleState,
  silence: DeviceSilence,
  cause: AlertId | undefined,
): Promise<AlertId | undefined> {
  const { deviceId } = session.registration;
  try {
    const root = await raiseRoot(deps, {
      ...silentDevice(session, silence),
      ruleId: 'data.device-silent',
      subject: deviceSubject(deviceId),
      link: staleHints(state),
      because: { newestSignAt: silence.newestSignAt, sensors: silence.sensorCount },
      cause,
    });
    return root?.alertId;
  } catch (error) {
    deps.observer.error('device silence cannot be raised: its sensors notify', error, { deviceId });
    return undefined;
  }
}

/** Scope and kind of its gravest child, so that whoever hears of the child hears of the device. */
function silentDevice(
  { registration, rules }: DeviceSession,
  { children, severity, newestSignAt }: DeviceSilence,
): SilentDevice {
  const [gravest] = children.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  const { tags: _, ...scope } = scopeOf(registration, gravest?.sensorId);
  return {
    scope: { ...scope, sourceId: registration.sources.length === 1 ? scope.sourceId : '-' },
    kind: rules.rules.find(({ id }) => id === gravest?.ruleId)?.kind ?? 'risk',
    severity,
    at: instant(Math.min(...children.map(({ at }) => at))),
    since: newestSignAt,
  };
}

/** The device if it falls silent by `now`; nothing is written. */
export function findSilent(
  deps: DeviceDeps,
  { registration, twin }: DeviceItems,
  now: Instant,
  watermark: Instant | undefined,
): SilentDevice | undefined {
  if (registration === undefined || twin?.dueAt === undefined || twin.dueAt > now) return undefined;
  const opened = openSession(deps, registration, twin);
  if (!opened.ok) return undefined;
  const { session } = opened;
  const { state, transitions } = advance(session.rules, session.twin.rules, now, watermark);
  const silence = deviceSilence(session.rules, state, transitions, now, watermark);
  return silence && silentDevice(session, silence);
}
