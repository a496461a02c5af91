/** The devices of a history, each under every rule book that is tried. */
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../functions/domain/rules/engine/state.ts';
import { advance, judge, type Message } from '../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { emptyTelemetryState, type TelemetryState } from '../../functions/domain/telemetry/state.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { createEpisodes, type Episode, type EpisodeBook, type Owner } from './episodes.ts';

interface Run {
  readonly rules: DeviceRules;
  state: RuleState;
  readonly episodes: EpisodeBook;
  readonly told: Told | undefined;
}

/** One device and where its rules stand. */
export interface Device {
  readonly owner: Owner;
  telemetry: TelemetryState;
  /** Receive time of its last message that was judged; the start of its history before that. */
  heardAt: number;
  readonly runs: readonly Run[];
}

export interface DeviceRuns {
  /** The device of `registration`, whose history starts no later than `receivedAt`. */
  of(registration: DeviceRegistration, historyFrom: number, receivedAt: number): Device;
  all(): Iterable<Device>;
  has(deviceId: string): boolean;
  /** The episodes of each book. */
  episodes(): readonly (readonly Episode[])[];
}

/** Hears of what the first book says, as it is said. */
export type Told = (owner: Owner, drafts: readonly TransitionDraft[]) => void;

export function createDeviceRuns(books: readonly RuleBook[], told: Told | undefined): DeviceRuns {
  const devices = new Map<string, Device>();
  const tried = books.map((book, i) => ({
    book,
    episodes: createEpisodes(),
    told: i === 0 ? told : undefined,
  }));
  const make = (registration: DeviceRegistration, startAt: Instant): Device => {
    const { deviceId, enterpriseId } = registration;
    const runs = tried.map(({ book, ...hears }): Run => {
      const rules = bindDevice(book, registration);
      return { rules, state: emptyRuleState(rules, startAt), ...hears };
    });
    return { owner: { deviceId, enterpriseId }, telemetry: emptyTelemetryState, heardAt: startAt, runs };
  };
  return {
    of(registration, historyFrom, receivedAt) {
      const known = devices.get(registration.deviceId);
      if (known !== undefined) return known;
      const { registeredAt } = registration;
      const made = make(registration, instant(Math.min(Math.max(registeredAt, historyFrom), receivedAt)));
      devices.set(registration.deviceId, made);
      return made;
    },
    all: () => devices.values(),
    has: (deviceId) => devices.has(deviceId),
    episodes: () => tried.map(({ episodes }) => episodes.all()),
  };
}

/** What a message does under every book. */
export function judgeDevice(device: Device, message: Message, proven: Instant | undefined): void {
  for (const run of device.runs) {
    const { state, transitions } = judge(run.rules, run.state, message, proven);
    run.state = state;
    if (transitions.length === 0) continue;
    run.episodes.add(device.owner, transitions);
    run.told?.(device.owner, transitions);
  }
  device.heardAt = message.receivedAt;
}

/** What time alone has caused until `now`. */
export function advanceDevice({ runs, owner }: Device, now: Instant, proven: Instant | undefined): void {
  for (const run of runs) {
    const { state, transitions } = advance(run.rules, run.state, now, proven);
    run.state = state;
    run.episodes.add(owner, transitions);
    run.told?.(owner, transitions);
  }
}
