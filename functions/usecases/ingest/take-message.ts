import { dueAt, judge } from '../../domain/rules/engine.ts';
import type { Admitted } from '../../domain/telemetry/message.ts';
import type { Reading } from '../../domain/telemetry/reading.ts';
import type { Instant } from '../../domain/time.ts';
import { advanceDevice } from '../advance-device.ts';
import { type DeviceDeps, type DeviceSession, fits, planOf, writeSession } from '../device-session.ts';
import { largestPrefix } from '../fit.ts';
import type { DeviceMessage } from './device-message.ts';

/** `kept`: it changed no alert, so it waits in the session for the write that is made anyway. */
export type Taken = 'kept' | 'written' | 'lost';

/**
 * Evaluates one admitted message and writes what it changes: the twin alone later, alerts at once.
 *
 * Input that changes more than one transaction holds is written in prefixes; the twin remembers how far.
 *
 * @throws AdapterError
 */
export async function takeMessage(
  deps: DeviceDeps,
  session: DeviceSession,
  message: DeviceMessage,
  admitted: Admitted,
  watermark: Instant | undefined,
): Promise<Taken> {
  const { id, receivedAt } = message.broker;
  let taken: Taken = 'kept';
  const due = dueAt(session.rules, session.twin.rules);
  if (due !== undefined && due <= receivedAt) {
    const outcome = await advanceDevice(deps, session, receivedAt, watermark);
    if (outcome === 'lost') return 'lost';
    if (outcome === 'written') taken = 'written';
  }
  const { readings, next } = admitted;
  const { resume } = session.twin;
  const isResumed = resume?.messageId === id;
  // Of another message a part was written: it comes again, perhaps under another correction of the clock, and what of it has
  // been judged must not be judged at a second instant.
  const afterwards = isResumed ? undefined : resume;
  let at = isResumed ? resume.readingCount : 0;
  while (at < readings.length) {
    const evaluate = async (some: readonly Reading[]) => {
      const judgement = judge(session.rules, session.twin.rules, { receivedAt, readings: some }, watermark);
      return { judgement, plan: await planOf(deps, session, judgement.transitions) };
    };
    const { count, result } = await largestPrefix(readings.slice(at), evaluate, ({ plan }) => fits(plan));
    at += count;
    const isLast = at === readings.length;
    const twin = {
      telemetry: isLast ? next : session.twin.telemetry,
      rules: result.judgement.state,
      resume: isLast ? afterwards : { messageId: id, readingCount: at },
    };
    if (isLast && result.plan.writes.length === 0) {
      session.isDirty = true;
      session.twin = twin;
      return taken;
    }
    if ((await writeSession(deps, session, twin, result.plan, 'lazy')) === 'conflict') return 'lost';
    taken = 'written';
  }
  if (session.twin.telemetry !== next) {
    session.twin = { ...session.twin, telemetry: next, resume: afterwards };
    session.isDirty = true;
    return 'kept';
  }
  return taken;
}
