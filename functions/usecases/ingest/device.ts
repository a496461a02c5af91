import type { RuleState } from '../../domain/rules/engine/state.ts';
import type { Message } from '../../domain/rules/engine.ts';
import { type Admitted, admitMessage } from '../../domain/telemetry/message.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import { inSendingOrder } from '../../domain/telemetry/sending-order.ts';
import type { Instant } from '../../domain/time.ts';
import { type DeviceSession, emptyPlan, openSession, writeSession } from '../device-session.ts';
import type { StoredTwin } from '../ports/twins.ts';
import type { IngestDeps } from './deps.ts';
import type { DeviceMessage } from './device-message.ts';
import { keepRefused, reportTrouble, troubleOf } from './report.ts';
import { takeMessage } from './take-message.ts';

interface Counted {
  readonly messageId: string;
  readonly counts: Admitted['counts'];
  /** What the rules were asked. */
  readonly judged: Message;
}

/** How far one pass over a device's messages came. */
export interface Pass {
  /** Messages whose effects are in the tables, with what was counted. */
  readonly done: readonly Counted[];
  /** Messages that failed for reasons of their own; the others went on without them. */
  readonly failed: readonly string[];
  /** True when somebody else wrote first: read again and go on with what is neither done nor failed. */
  readonly isLost: boolean;
  /** How the rules of the device stand after what is done; absent when nothing could be judged. */
  readonly rules?: RuleState;
}

/**
 * Takes a device's messages, in the order in which they were sent, into its twin and its alerts.
 *
 * One write for all of them when nothing changes, one transaction for each message that changes something.
 *
 * @throws AdapterError when the tables cannot be written
 */
export async function passDevice(
  deps: IngestDeps,
  device: { readonly registration: DeviceRegistration; readonly twin: StoredTwin | undefined },
  watermark: Instant | undefined,
  messages: readonly DeviceMessage[],
): Promise<Pass> {
  const opened = openSession(deps, device.registration, device.twin);
  if (!opened.ok) {
    deps.observer.warn('a twin was written by newer code', { deviceId: device.registration.deviceId });
    return { done: [], failed: messages.map(({ messageId }) => messageId), isLost: false };
  }
  const { session } = opened;
  const done: Counted[] = [];
  const waiting: Counted[] = [];
  const failed: string[] = [];
  for (const message of inOrder(messages)) {
    const admitted = admitMessage(message.opened, session.twin.telemetry);
    if (!(await settleTrouble(deps, session, message, admitted))) {
      failed.push(message.messageId);
      continue;
    }
    const taken = await takeMessage(deps, session, message, admitted, watermark);
    if (taken === 'lost') return { done, failed, isLost: true };
    const judged = { receivedAt: message.broker.receivedAt, readings: admitted.readings };
    waiting.push({ messageId: message.messageId, counts: admitted.counts, judged });
    if (taken === 'written' && !session.isDirty) done.push(...waiting.splice(0));
  }
  if (session.isDirty && (await writeSession(deps, session, session.twin, emptyPlan, 'lazy')) === 'conflict')
    return { done, failed, isLost: true };
  return { done: [...done, ...waiting], failed, isLost: false, rules: session.twin.rules };
}

/** Quarantine and standing alerts come before the commit, so that a crash between repeats and never forgets. */
async function settleTrouble(
  deps: IngestDeps,
  session: DeviceSession,
  message: DeviceMessage,
  admitted: Admitted,
): Promise<boolean> {
  const { registration } = session;
  if (!(await keepRefused(deps, message.broker, admitted.refusals))) return false;
  await reportTrouble(deps, registration.deviceId, registration, message.broker, troubleOf(admitted));
  return true;
}

function inOrder(messages: readonly DeviceMessage[]): readonly DeviceMessage[] {
  const byOpened = new Map(messages.map((message) => [message.opened, message]));
  return inSendingOrder([...byOpened.keys()])
    .map((opened) => byOpened.get(opened))
    .filter((message) => message !== undefined);
}
