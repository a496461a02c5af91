import { advance, type Judgement } from '../domain/rules/engine.ts';
import type { Instant } from '../domain/time.ts';
import { type DeviceDeps, type DeviceSession, fits, planOf, writeSession } from './device-session.ts';
import { largestPrefix } from './fit.ts';
import type { CauseOf } from './plan-alerts.ts';

/** Raises the alert that is the root cause of what was found, if there is one. */
export type CausesOf = (judgement: Judgement) => Promise<CauseOf | undefined>;

/**
 * Applies to a device what time alone has brought about until `now`, and writes it.
 *
 * A device whose hundred sensors fall silent together changes more than one transaction holds: then it goes on
 * sensor by sensor, each write complete in itself.
 *
 * @param causesOf raises the alert of a root cause and says which verdicts it has caused. @default none is sought
 * @returns `nothing` when time changed nothing: nothing was written. @throws AdapterError
 */
export async function advanceDevice(
  deps: DeviceDeps,
  session: DeviceSession,
  now: Instant,
  watermark: Instant | undefined,
  causesOf?: CausesOf,
): Promise<'written' | 'nothing' | 'lost'> {
  let outcome: 'written' | 'nothing' = 'nothing';
  let sensors = session.registration.sensors.map((sensor) => sensor.sensorId);
  while (sensors.length > 0) {
    const evaluate = async (some: readonly string[]) => {
      const judgement = advance(session.rules, session.twin.rules, now, watermark, some);
      const causeOf = await causesOf?.(judgement);
      return { judgement, plan: await planOf(deps, session, judgement.transitions, causeOf) };
    };
    const { count, result } = await largestPrefix(sensors, evaluate, ({ plan }) => fits(plan));
    sensors = sensors.slice(count);
    const twin = { ...session.twin, rules: result.judgement.state };
    if (result.plan.writes.length === 0) {
      session.isDirty ||= twin.rules !== session.twin.rules;
      session.twin = twin;
      continue;
    }
    if ((await writeSession(deps, session, twin, result.plan, 'lazy')) === 'conflict') return 'lost';
    outcome = 'written';
  }
  return outcome;
}
