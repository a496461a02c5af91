/** The devices of a history, each under every rule book that is tried. */
import type { Subject } from '../../functions/domain/alerts/alert.ts';
import { sensorSubject } from '../../functions/domain/alerts/belonging.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { bindDevice, type DeviceRules } from '../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../functions/domain/rules/engine/state.ts';
import { advance, judgeInPlace, type Message } from '../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { emptyTelemetryState, type TelemetryState } from '../../functions/domain/telemetry/state.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import type { Correlated } from '../correlate/correlator.ts';
import { type CorrelatedHistory, createCorrelatedHistory } from './correlated-history.ts';
import { createEpisodes, type Episode, type EpisodeBook, type EpisodeDraft, type Owner } from './episodes.ts';

interface Run {
  readonly rules: DeviceRules;
  state: RuleState;
  readonly episodes: EpisodeBook;
  readonly correlated: CorrelatedHistory;
  readonly told: Told | undefined;
}

/** One device and where its rules stand. */
export interface Device {
  readonly registration: DeviceRegistration;
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
  /** Lets the correlations of each book hear of all its alerts; nothing is missing before `proven`. */
  correlate(proven: Instant | undefined): void;
  /** The episodes of each book. */
  episodes(): readonly (readonly Episode[])[];
}

/** What somebody who keeps records is told of a transition. */
export type ToldDraft = Pick<
  TransitionDraft,
  'ruleId' | 'change' | 'condition' | 'severity' | 'phenomenonAt' | 'because'
>;

/** Hears of what the first book says of `subject`, as it is said. */
export type Told = (subject: Pick<Subject, 'kind' | 'id'>, drafts: readonly ToldDraft[]) => void;

const tellSensors = (told: Told, { deviceId }: Owner, drafts: readonly TransitionDraft[]): void => {
  for (const draft of drafts) told(sensorSubject(deviceId, draft.sensorId), [draft]);
};

const episodeDraft = ({ rule, subject, verdict }: Correlated): EpisodeDraft => ({
  ...verdict,
  ruleId: rule.id,
  sensorId: subject.id,
  condition: verdict.change === 'recovered' ? 'recovered' : 'firing',
  trigger: 'correlation',
  value: undefined,
  quality: '-',
});

export function createDeviceRuns(books: readonly RuleBook[], told: Told | undefined): DeviceRuns {
  const devices = new Map<string, Device>();
  const tried = books.map((book, i) => ({
    book,
    episodes: createEpisodes(),
    correlated: createCorrelatedHistory(book),
    told: i === 0 ? told : undefined,
  }));
  const make = (registration: DeviceRegistration, startAt: Instant): Device => {
    const { deviceId, enterpriseId } = registration;
    const runs = tried.map(({ book, ...hears }): Run => {
      const rules = bindDevice(book, registration);
      return { rules, state: emptyRuleState(rules, startAt), ...hears };
    });
    return {
      registration,
      owner: { deviceId, enterpriseId },
      telemetry: emptyTelemetryState,
      heardAt: startAt,
      runs,
    };
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
    correlate(proven) {
      for (const { episodes, correlated, told: hears } of tried)
        for (const one of correlated.end(proven)) {
          const owner = { deviceId: one.subject.kind, enterpriseId: one.scope.enterpriseId };
          episodes.add(owner, [episodeDraft(one)]);
          hears?.(one.subject, [
            {
              ...episodeDraft(one),
              phenomenonAt: one.verdict.phenomenonAt,
              ruleId: one.rule.id,
              because: one.because,
            },
          ]);
        }
    },
    episodes: () => tried.map(({ episodes }) => episodes.all()),
  };
}

function take(run: Run, { owner, registration }: Device, transitions: readonly TransitionDraft[]): void {
  run.episodes.add(owner, transitions);
  run.correlated.note(registration, transitions);
  if (run.told) tellSensors(run.told, owner, transitions);
}

/** What a message does under every book. */
export function judgeDevice(device: Device, message: Message, proven: Instant | undefined): void {
  for (const run of device.runs) {
    const { state, transitions } = judgeInPlace(run.rules, run.state, message, proven);
    run.state = state;
    if (transitions.length === 0) continue;
    take(run, device, transitions);
  }
  device.heardAt = message.receivedAt;
}

/** What time alone has caused until `now`. */
export function advanceDevice(device: Device, now: Instant, proven: Instant | undefined): void {
  for (const run of device.runs) {
    const { state, transitions } = advance(run.rules, run.state, now, proven);
    run.state = state;
    take(run, device, transitions);
  }
}
