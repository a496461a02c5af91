import { deviceSubject, scopeOf } from '../../domain/alerts/belonging.ts';
import type { AlertId } from '../../domain/ids.ts';
import { type DeviceSilence, deviceSilence } from '../../domain/rules/engine/device-silence.ts';
import { type RuleState, staleHints } from '../../domain/rules/engine/state.ts';
import { rankOf } from '../../domain/severity.ts';
import { type Instant, instant } from '../../domain/time.ts';
import type { CausesOf } from '../advance-device.ts';
import type { DeviceDeps, DeviceSession } from '../device-session.ts';
import type { Observer } from '../ports/observer.ts';
import { raiseRoot } from './root-alert.ts';

export interface SilenceDeps extends DeviceDeps {
  readonly observer: Observer;
}

/**
 * Seeks the cause of silences in their device: when nothing of it has shown life, `data.device-silent` is raised before its
 * sensors' own alerts are, and they point to it.
 *
 * Fails open: when it cannot be raised the sensors' alerts have no cause, and notify one by one.
 */
export function causesOfSilence(
  deps: SilenceDeps,
  session: DeviceSession,
  now: Instant,
  watermark: Instant | undefined,
): CausesOf {
  let raised: Promise<AlertId | undefined> | undefined;
  return async ({ state, transitions }) => {
    const silence = deviceSilence(session.rules, state, transitions, now, watermark);
    if (silence === undefined) return undefined;
    raised ??= raise(deps, session, state, silence);
    const cause = await raised;
    return cause && ((draft) => (silence.children.includes(draft) ? cause : undefined));
  };
}

async function raise(
  deps: SilenceDeps,
  { registration, rules }: DeviceSession,
  state: RuleState,
  { children, severity, newestSignAt }: DeviceSilence,
): Promise<AlertId | undefined> {
  const [gravest] = children.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity));
  if (gravest === undefined) return undefined;
  const { deviceId, sources } = registration;
  const { tags: _, ...scope } = scopeOf(registration, gravest.sensorId);
  try {
    return await raiseRoot(deps, {
      ruleId: 'data.device-silent',
      subject: deviceSubject(deviceId),
      scope: { ...scope, sourceId: sources.length === 1 ? scope.sourceId : '-' },
      kind: rules.rules.find(({ id }) => id === gravest.ruleId)?.kind ?? 'risk',
      severity,
      at: instant(Math.min(...children.map(({ at }) => at))),
      since: newestSignAt,
      link: staleHints(state),
      because: { newestSignAt, sensors: registration.sensors.length },
    });
  } catch (error) {
    deps.observer.error('the silence of a device cannot be raised: its sensors notify', error, { deviceId });
    return undefined;
  }
}
