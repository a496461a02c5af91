import { goodNetwork, type NetworkState } from '../device/network.ts';
import type { SensorState, Stage } from '../device/sampler.ts';
import { always, during, type Steps } from '../models/steps.ts';
import type { Scenario, ScenarioEvent } from './schema.ts';

/** A scenario laid out in time: what every device of a run stands in. */
export interface ScenarioStage extends Stage {
  networkOf(deviceId: string, atMs: number): NetworkState;
  /** All events with their instants in milliseconds, repeated ones spelled out. */
  readonly events: readonly StagedEvent[];
}

export type StagedEvent = ScenarioEvent & { readonly from: number; readonly to: number };

/** How far the repetitions of an endless scenario are laid out. */
const repeatedForMs = 12 * 3_600_000;

/** What stands on a channel while nothing happens, by the first word of its name. */
const usual: Readonly<Record<string, number>> = { fan: 1, dust: 1, supply: 1 };

/** The stage of `scenario` for a run that starts at `startAt`; pure. */
export function stageOf(scenario: Scenario, startAt: number): ScenarioStage {
  const events = stagedEvents(scenario, startAt);
  const physics = (atMs: number): number => (scenario.startsAt + (atMs - startAt) * scenario.pace) / 1000;
  const channels = channelsOf(events, physics);
  const befalling = byDevice(events);
  const networks = events.filter((event) => event.do === 'network');
  return {
    seed: scenario.seed,
    physics,
    events,
    steps: (channel) => channels.get(channel) ?? always(usualOf(channel)),
    stateOf: (deviceId, sensorId, atMs) => stateAt(befalling.get(deviceId) ?? [], sensorId, atMs),
    networkOf(deviceId, atMs) {
      const event = networks.find(
        ({ devices, from, to }) => from <= atMs && atMs < to && devices.some((name) => name === deviceId),
      );
      return event ?? goodNetwork;
    },
  };
}

const usualOf = (channel: string): number => usual[channel.split(':')[0] ?? ''] ?? 0;

function stagedEvents(scenario: Scenario, startAt: number): StagedEvent[] {
  const { repeatEvery, duration } = scenario;
  const rounds = repeatEvery === undefined ? 1 : Math.ceil(repeatedForMs / repeatEvery);
  return Array.from({ length: rounds }, (_, round) => startAt + round * (repeatEvery ?? 0)).flatMap((base) =>
    scenario.events.map((event) => ({
      ...event,
      from: base + event.at,
      to: base + (event.until ?? repeatEvery ?? duration),
    })),
  );
}

function channelsOf(events: readonly StagedEvent[], physics: (atMs: number) => number): Map<string, Steps> {
  const channels = new Map<string, Steps>();
  for (const event of events) {
    const set = switched(event);
    if (set === undefined) continue;
    const before = channels.get(set.channel) ?? always(usualOf(set.channel));
    channels.set(set.channel, during(before, physics(event.from), physics(event.to), set.value));
  }
  return channels;
}

/** The channel that an event switches and to what. */
function switched(event: ScenarioEvent): { readonly channel: string; readonly value: number } | undefined {
  switch (event.do) {
    case 'stop-fan':
      return { channel: `fan:${event.fan}`, value: 0 };
    case 'leak':
      return { channel: `leak:${event.source}`, value: event.concentration };
    case 'release':
      return { channel: `release:${event.source}`, value: event.concentration };
    case 'fill':
      return { channel: `inflow:${event.source}`, value: event.percentPerHour };
    case 'accelerate':
      return { channel: `creep:${event.source}`, value: event.hoursToFailure };
    case 'dust':
      return { channel: `dust:${event.source}`, value: event.times };
    default:
      return undefined;
  }
}

type Befalling = Extract<StagedEvent, { do: 'silence' | 'fault' | 'calibrate' }>;

function byDevice(events: readonly StagedEvent[]): Map<string, Befalling[]> {
  const devices = new Map<string, Befalling[]>();
  for (const event of events) {
    if (event.do !== 'silence' && event.do !== 'fault' && event.do !== 'calibrate') continue;
    devices.set(event.device, [...(devices.get(event.device) ?? []), event]);
  }
  return devices;
}

function stateAt(events: readonly Befalling[], sensorId: string, atMs: number): SensorState {
  for (const event of events) {
    if (atMs < event.from || atMs >= event.to) continue;
    if (event.sensor !== undefined && event.sensor !== sensorId) continue;
    if (event.do === 'silence') return { kind: 'silent' };
    if (event.do === 'fault') return { kind: 'fault' };
    return { kind: 'calibrating', value: event.testGas };
  }
  return { kind: 'normal' };
}
