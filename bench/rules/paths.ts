/** The ways of our own engine that are timed: each from its input to transitions, all devices in turn. */

import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../functions/domain/rules/engine/state.ts';
import { judge, judgeInPlace, type Message } from '../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { Envelope } from '../../functions/domain/telemetry/envelope.ts';
import { admitMessage } from '../../functions/domain/telemetry/message.ts';
import { type OpenedMessage, openMessage } from '../../functions/domain/telemetry/open-message.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { emptyTelemetryState, type TelemetryState } from '../../functions/domain/telemetry/state.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { decodeTwin, encodeTwin, newTwin } from '../../functions/domain/twin/twin.ts';
import type { Told } from './transitions.ts';
import { deviceIdOf, registrationsOf } from './workload/fleet.ts';
import type { SentMessage } from './workload/messages.ts';
import { type BookSize, registeredAt } from './workload/size.ts';

/** The fleet under a book. */
export interface Bound {
  readonly registrations: readonly DeviceRegistration[];
  readonly rules: readonly DeviceRules[];
}

export function bindFleet(book: RuleBook, size: BookSize): Bound {
  const registrations = registrationsOf(size);
  return { registrations, rules: registrations.map((registration) => bindDevice(book, registration)) };
}

/** What time may prove: thresholds without silence need no watermark, the full semantics have a fresh one. */
export type WatermarkAt = (receivedAt: Instant) => Instant | undefined;
export const noWatermark: WatermarkAt = () => undefined;
export const freshWatermark: WatermarkAt = (receivedAt) => receivedAt;

/** `drafts` of a device, kept as they are: lines are made after the clock has stopped. */
interface Kept {
  readonly device: number;
  readonly drafts: readonly TransitionDraft[];
}

export const toldOf = (kept: readonly Kept[]): readonly Told[] =>
  kept.flatMap(({ device, drafts }) => drafts.map((draft) => ({ ...draft, device })));

/** The item at `index` of a list that has one for each device. */
export function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`nothing at ${index}`);
  return found;
}

export const envelopesOf = (messages: readonly SentMessage[]): readonly Envelope[] =>
  messages.map(({ device, receivedAt, text }, index) => ({
    id: `m-${index}`,
    topic: `tocsin/v1/${deviceIdOf(device)}/senml`,
    clientId: deviceIdOf(device),
    principal: 'c'.repeat(64),
    receivedAt: instant(receivedAt),
    data: Buffer.from(text),
    via: 'rule',
  }));

export interface ReadMessage extends Message {
  readonly device: number;
}

/** Bytes to checked, timed, deduplicated readings, which are kept: what `evaluate` starts from. */
export function readAll(
  { registrations }: Bound,
  messages: readonly SentMessage[],
  envelopes: readonly Envelope[],
): readonly ReadMessage[] {
  const states = registrations.map((): TelemetryState => emptyTelemetryState);
  return envelopes.map((envelope, i) => {
    const { device } = at(messages, i);
    const opened = openMessage(envelope, 'senml', at(registrations, device));
    const admitted = admitMessage(opened, at(states, device));
    states[device] = admitted.next;
    if (admitted.refusals.length > 0)
      throw new Error(`the workload is refused: ${admitted.refusals[0]?.detail}`);
    return { device, receivedAt: envelope.receivedAt, readings: admitted.readings };
  });
}

/** As `readAll`, with nothing kept: for timing. */
export function readOnly(
  { registrations }: Bound,
  messages: readonly SentMessage[],
  envelopes: readonly Envelope[],
): number {
  const states = registrations.map((): TelemetryState => emptyTelemetryState);
  let count = 0;
  for (let i = 0; i < envelopes.length; i++) {
    const { device } = at(messages, i);
    const opened = openMessage(at(envelopes, i), 'senml', at(registrations, device));
    const admitted = admitMessage(opened, at(states, device));
    states[device] = admitted.next;
    count += admitted.readings.length;
  }
  return count;
}

export const openAll = (
  { registrations }: Bound,
  messages: readonly SentMessage[],
  envelopes: readonly Envelope[],
): readonly OpenedMessage[] =>
  envelopes.map((envelope, i) => openMessage(envelope, 'senml', at(registrations, at(messages, i).device)));

const blankStates = ({ rules }: Bound): RuleState[] => rules.map((one) => emptyRuleState(one, registeredAt));

/** Engine only: readings in, transitions out. */
export function evaluate(bound: Bound, messages: readonly ReadMessage[], watermarkAt: WatermarkAt): Kept[] {
  const states = blankStates(bound);
  const kept: Kept[] = [];
  for (const message of messages) {
    const { device, receivedAt } = message;
    const { state, transitions } = judgeInPlace(
      at(bound.rules, device),
      at(states, device),
      message,
      watermarkAt(receivedAt),
    );
    states[device] = state;
    if (transitions.length > 0) kept.push({ device, drafts: transitions });
  }
  return kept;
}

/** Opened messages to transitions, the state of each device in memory. */
function admitAll(
  bound: Bound,
  messages: readonly SentMessage[],
  openedAt: (index: number) => OpenedMessage,
  watermarkAt: WatermarkAt,
): Kept[] {
  const states = blankStates(bound);
  const telemetry = bound.registrations.map((): TelemetryState => emptyTelemetryState);
  const kept: Kept[] = [];
  for (let i = 0; i < messages.length; i++) {
    const opened = openedAt(i);
    const { device } = at(messages, i);
    const { readings, next } = admitMessage(opened, at(telemetry, device));
    telemetry[device] = next;
    const { receivedAt } = opened.envelope;
    const { state, transitions } = judgeInPlace(
      at(bound.rules, device),
      at(states, device),
      { receivedAt, readings },
      watermarkAt(receivedAt),
    );
    states[device] = state;
    if (transitions.length > 0) kept.push({ device, drafts: transitions });
  }
  return kept;
}

/** Engine only with what is remembered of messages: dedupe and the device's clock. */
export const admitAndEvaluate = (
  bound: Bound,
  messages: readonly SentMessage[],
  opened: readonly OpenedMessage[],
  watermarkAt: WatermarkAt,
): Kept[] => admitAll(bound, messages, (i) => at(opened, i), watermarkAt);

/** A message's bytes to transitions. */
export const readAndEvaluate = (
  bound: Bound,
  messages: readonly SentMessage[],
  envelopes: readonly Envelope[],
  watermarkAt: WatermarkAt,
): Kept[] =>
  admitAll(
    bound,
    messages,
    (i) => openMessage(at(envelopes, i), 'senml', at(bound.registrations, at(messages, i).device)),
    watermarkAt,
  );

/** Base64 to transitions, the twin decoded before each message and encoded after it. */
export function takeStored(
  bound: Bound,
  messages: readonly SentMessage[],
  base64: readonly string[],
  envelopes: readonly Envelope[],
  watermarkAt: WatermarkAt,
): Kept[] {
  const twins = bound.rules.map((rules) => encodeTwin(newTwin(rules, registeredAt), rules));
  const kept: Kept[] = [];
  for (let i = 0; i < base64.length; i++) {
    const { device } = at(messages, i);
    const rules = at(bound.rules, device);
    const decoded = decodeTwin(at(twins, device), rules);
    if (!decoded.ok) throw new Error('a twin of this code cannot be read');
    const { twin } = decoded;
    const envelope = { ...at(envelopes, i), data: Buffer.from(at(base64, i), 'base64') };
    const opened = openMessage(envelope, 'senml', at(bound.registrations, device));
    const { readings, next: telemetry } = admitMessage(opened, twin.telemetry);
    const { receivedAt } = envelope;
    const { state, transitions } = judge(
      rules,
      twin.rules,
      { receivedAt, readings },
      watermarkAt(receivedAt),
    );
    twins[device] = encodeTwin({ telemetry, rules: state, resume: undefined }, rules);
    if (transitions.length > 0) kept.push({ device, drafts: transitions });
  }
  return kept;
}
