/** The correlations of one book over a history: they hear of its alerts in the order in which these were decided. */
import { matterOf, scopeOf, sensorSubject } from '../../functions/domain/alerts/belonging.ts';
import type { VerdictOnAlert } from '../../functions/domain/alerts/from-rules.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { correlationsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { Instant } from '../../functions/domain/time.ts';
import { type Correlated, createCorrelator, type GivenVerdict } from '../correlate/correlator.ts';

/** Field by field: a spread would write the decision record, which nobody asks for here, and keep it for the whole history. */
const withoutRecord = (draft: TransitionDraft): VerdictOnAlert => ({
  change: draft.change,
  condition: draft.condition,
  severity: draft.severity,
  at: draft.at,
  phenomenonAt: draft.phenomenonAt,
  value: draft.value,
  marks: draft.marks,
  because: '',
});

export interface CorrelatedHistory {
  note(registration: DeviceRegistration, drafts: readonly TransitionDraft[]): void;
  /** What the correlations say of all that was noted, up to `proven`. */
  end(proven: Instant | undefined): readonly Correlated[];
}

/**
 * What time alone does to a device is found out at its next message, so verdicts of several devices do not come in order:
 * they are kept, as few as alerts are, and told when all have come. Order would not change what stands at the end
 * (semantics 20), only what was said on the way.
 */
export function createCorrelatedHistory(book: RuleBook): CorrelatedHistory {
  const { naming } = correlationsOf(book.correlations);
  const ruleOf = new Map<string, RuleBook['rules'][number]>(book.rules.map((rule) => [rule.id, rule]));
  const noted: GivenVerdict[] = [];
  return {
    note(registration, drafts) {
      for (const draft of drafts) {
        if (naming(draft.ruleId).length === 0) continue;
        const sensor = registration.sensors.find(({ sensorId }) => sensorId === draft.sensorId);
        noted.push({
          matter: matterOf(ruleOf.get(draft.ruleId), draft, sensor),
          subject: sensorSubject(registration.deviceId, draft.sensorId),
          scope: scopeOf(registration, draft.sensorId),
          draft: withoutRecord(draft),
        });
      }
    },
    end(proven) {
      const all: Correlated[] = [];
      const correlator = createCorrelator(book.correlations, (one) => all.push(one));
      for (const given of noted.toSorted((a, b) => a.draft.at - b.draft.at)) {
        if (proven !== undefined && given.draft.at <= proven) correlator.advance(given.draft.at);
        correlator.take(given);
      }
      if (proven !== undefined) correlator.advance(proven);
      return all;
    },
  };
}
