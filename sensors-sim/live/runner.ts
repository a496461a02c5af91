import { setTimeout as sleep } from 'node:timers/promises';
import { mqttTransport } from '../device/mqtt-transport.ts';
import { wallTimers } from '../device/timers.ts';
import { createFleet, type Fleet } from '../run/fleet.ts';
import type { RunReport } from '../run/report.ts';
import { describeChange, judgeRun } from '../scenario/expectations.ts';
import type { Observe, ObservedChange } from '../scenario/observed.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { LiveBroker } from './credentials.ts';

export interface LiveRunParts {
  readonly scenario: Scenario;
  readonly broker: LiveBroker;
  readonly observe: Observe;
  /** One line for people, as things happen. */
  say(line: string): void;
  /** Ends the run early; the verdict then says what was missing. */
  readonly signal?: AbortSignal;
  /** The fleet once it runs, for a live view. */
  started?(fleet: Fleet): void;
}

/** Devices begin so long after the run: time for an observer to be there. */
const leadMs = 500;
/** How long outboxes may take to empty after the last reading. */
const drainForMs = 15_000;
/** How long notifications of the last seconds may take. */
const settleForMs = 5_000;

/** Runs a scenario on a platform in real time and judges it. @throws SimError when a device has no identity */
export async function runLive(parts: LiveRunParts): Promise<RunReport> {
  const { scenario, observe, say } = parts;
  const startAt = wallTimers.now() + leadMs;
  const endAt = startAt + scenario.duration;
  const changes: ObservedChange[] = [];
  const fleet = liveFleet(parts, startAt, endAt);
  const stop = await observe.start((change) => {
    const isKnown = changes.some(
      ({ alertId, version }) => alertId === change.alertId && version === change.version,
    );
    if (isKnown || change.at < startAt) return;
    changes.push(change);
    say(lineOf(change, startAt));
  });
  const quarantinedBefore = await observe.quarantined?.();
  fleet.start();
  parts.started?.(fleet);
  await until(() => wallTimers.now() >= endAt, endAt + leadMs, parts.signal);
  await until(() => fleet.isEmpty(), endAt + drainForMs, parts.signal);
  await until(
    () => judgeRun(scenario, { ...factsOf(fleet, startAt), changes, quarantinedCount: undefined }).ok,
    wallTimers.now() + settleForMs,
    parts.signal,
  );
  const quarantinedAfter = await observe.quarantined?.();
  fleet.stop();
  await stop();
  const quarantinedCount =
    quarantinedAfter === undefined ? undefined : quarantinedAfter - (quarantinedBefore ?? 0);
  const facts = { ...factsOf(fleet, startAt), changes, quarantinedCount };
  return { scenario, startAt, facts, verdict: judgeRun(scenario, facts), tally: fleet.tally };
}

/** The city's devices over MQTT, without a verdict: for a city that simply lives. */
export function liveFleet(
  parts: Pick<LiveRunParts, 'scenario' | 'broker'>,
  startAt: number,
  endAt: number,
): Fleet {
  const { scenario, broker } = parts;
  const transportOf = (deviceId: string, clientId: string) => {
    const { key, certificate } = broker.identityOf(deviceId);
    const identity = { key, cert: certificate, ...(broker.ca === undefined ? {} : { ca: broker.ca }) };
    return mqttTransport({ ...broker, ...(broker.protocol === 'mqtts' ? { identity } : {}) }, clientId);
  };
  const topicOf = (deviceId: string): string => broker.identityOf(deviceId).topic;
  return createFleet({ scenario, startAt, endAt, timers: wallTimers, transportOf, topicOf });
}

const factsOf = (fleet: Fleet, startAt: number) => ({
  startAt,
  refusedCount: fleet.refused(),
  unacknowledgedCount: fleet.unacknowledged(),
  droppedCount: fleet.dropped(),
});

const lineOf = (change: ObservedChange, startAt: number): string => {
  const value = change.value === undefined ? '' : ` value ${change.value}`;
  const took = change.tookMs === undefined ? '' : ` (seen after ${Math.round(change.tookMs)} ms)`;
  return `${describeChange(change, startAt)}${value}${took}`;
};

async function until(holds: () => boolean, deadline: number, signal?: AbortSignal): Promise<void> {
  while (!holds() && wallTimers.now() < deadline && signal?.aborted !== true) await sleep(100);
}
