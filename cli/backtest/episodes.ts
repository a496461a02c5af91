/** Episodes: from the raise of a rule on a sensor to its recovery, out of what the engine says. */

import type { Change, TransitionDraft } from '../../functions/domain/rules/transition.ts';
import { type Severity, severities } from '../../functions/domain/severity.ts';
import type { Value } from '../../functions/domain/telemetry/reading.ts';

/** One transition of an episode. */
export interface Step {
  /** Phenomenon time of what caused it. */
  readonly at: number;
  /** When it was decided. */
  readonly decidedAt: number;
  readonly change: Change;
  readonly severity: Severity;
  readonly condition: TransitionDraft['condition'];
  /** Of a rule over other alerts `correlation`. */
  readonly trigger: TransitionDraft['trigger'] | 'correlation';
  readonly marks: TransitionDraft['marks'];
  readonly value: Value | undefined;
  readonly quality: string;
}

/** Whose sensor it is. */
export interface Owner {
  readonly deviceId: string;
  readonly enterpriseId: string;
}

/** Of a rule over other alerts `deviceId` is the kind of its subject and `sensorId` the subject: `source` `face-12`. */
export interface Episode extends Owner {
  readonly ruleId: string;
  readonly sensorId: string;
  readonly steps: readonly Step[];
  /** Gravest severity that it had. */
  readonly peak: Severity;
  /** Phenomenon times; `until` is absent when it stands at the end of the history. */
  readonly from: number;
  readonly until: number | undefined;
}

interface Open {
  readonly owner: Owner;
  readonly ruleId: string;
  readonly sensorId: string;
  readonly steps: Step[];
}

/** A change as an episode keeps it. */
export interface EpisodeDraft extends Omit<Step, 'at' | 'decidedAt'> {
  readonly ruleId: string;
  readonly sensorId: string;
  readonly phenomenonAt: number;
  readonly at: number;
}

export interface EpisodeBook {
  add(owner: Owner, drafts: readonly EpisodeDraft[]): void;
  /** All episodes, the open ones too, by their beginning. */
  all(): readonly Episode[];
}

const stepOf = (draft: EpisodeDraft): Step => ({
  at: draft.phenomenonAt,
  decidedAt: draft.at,
  change: draft.change,
  severity: draft.severity,
  condition: draft.condition,
  trigger: draft.trigger,
  marks: draft.marks,
  value: draft.value,
  quality: draft.quality,
});

const rank = (severity: Severity): number => severities.indexOf(severity);

function episodeOf({ owner, ruleId, sensorId, steps }: Open): Episode {
  const last = steps.at(-1);
  const from = Math.min(...steps.map(({ at }) => at));
  const peak = steps.reduce<Severity>(
    (gravest, { severity }) => (rank(severity) > rank(gravest) ? severity : gravest),
    'signal',
  );
  const until = last?.change === 'recovered' ? Math.max(from, last.at) : undefined;
  return { ...owner, ruleId, sensorId, steps, peak, from, until };
}

/** Gathers transitions into episodes; those of one rule and sensor must come in the order of the engine. */
export function createEpisodes(): EpisodeBook {
  const open = new Map<string, Open>();
  const ended: Episode[] = [];
  return {
    add(owner, drafts) {
      for (const draft of drafts) {
        const { ruleId, sensorId } = draft;
        const key = `${ruleId} ${owner.deviceId}/${sensorId}`;
        const one = open.get(key) ?? { owner, ruleId, sensorId, steps: [] };
        one.steps.push(stepOf(draft));
        if (draft.change === 'recovered') {
          open.delete(key);
          ended.push(episodeOf(one));
        } else open.set(key, one);
      }
    },
    all: () =>
      [...ended, ...[...open.values()].map(episodeOf)].sort(
        (a, b) => a.from - b.from || (a.ruleId < b.ruleId ? -1 : a.ruleId > b.ruleId ? 1 : 0),
      ),
  };
}
