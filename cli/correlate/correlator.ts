/** The correlations of a book over a stream of alerts: what `notify` and `sweep` do with them, without tables. */
import type { Alert, Matter, Scope, Subject, Transition } from '../../functions/domain/alerts/alert.ts';
import {
  factsOf,
  matterOfCorrelation,
  scopeOfCorrelation,
  subjectsOf,
} from '../../functions/domain/alerts/correlated.ts';
import { applyDraft, type VerdictOnAlert } from '../../functions/domain/alerts/from-rules.ts';
import { bounded } from '../../functions/domain/rules/correlate/bounds.ts';
import { correlationsOf, termsOf, underRule } from '../../functions/domain/rules/correlate/correlations.ts';
import {
  type CorrelationVerdict,
  type JudgeInput,
  judgeCorrelation,
} from '../../functions/domain/rules/correlate/judge.ts';
import { withFact } from '../../functions/domain/rules/correlate/members.ts';
import { correlationRecord, type RecordHead } from '../../functions/domain/rules/correlate/record.ts';
import type { CorrelationState } from '../../functions/domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import type { Instant } from '../../functions/domain/time.ts';

/** What a correlation says. */
export interface Correlated {
  readonly rule: CorrelationRule;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly verdict: CorrelationVerdict;
  /** The decision record. */
  readonly because: string;
}

/** A verdict of a rule with where it belongs. */
export interface GivenVerdict {
  readonly matter: Matter;
  readonly subject: Subject;
  readonly scope: Scope;
  readonly draft: VerdictOnAlert;
}

export interface Correlator {
  /** A verdict on one alert comes; those of one alert come in order. */
  take(given: GivenVerdict): void;
  /** Everything before `watermark` has come: absences and ends that it proves are said. */
  advance(watermark: Instant): void;
}

/** One correlation on one subject. */
interface Open {
  readonly rule: CorrelationRule;
  readonly subject: Subject;
  state: CorrelationState;
  dueAt: Instant | undefined;
}

/** Most verdicts at one instant; a state that never settles is a defect, not an endless loop. */
const verdictsMax = 1_000;

/** @param said hears each verdict as it falls */
export function createCorrelator(
  rules: readonly CorrelationRule[],
  said: (one: Correlated) => void,
): Correlator {
  const correlations = correlationsOf(rules);
  const alerts = new Map<string, Alert>();
  const opened = new Map<string, Open>();

  /** The alert changes, and the correlations that name its rule hear of it. */
  const tell = ({ matter, subject, scope, draft }: GivenVerdict): void => {
    const key = `${matter.ruleId}#${subject.id}`;
    const belonging = { matter, subject, scope, stateVersion: 0, committedAt: draft.at };
    const changed = applyDraft(alerts.get(key), draft, belonging);
    if (changed === undefined) return;
    alerts.set(key, changed.alert);
    for (const rule of correlations.naming(matter.ruleId))
      for (const of of subjectsOf(rule, changed.transition)) takeIn(rule, of, changed.transition);
  };

  const takeIn = (rule: CorrelationRule, subject: Subject, transition: Transition): void => {
    const key = `${rule.id}#${subject.id}`;
    const one = opened.get(key) ?? { rule, subject, state: underRule(undefined, rule), dueAt: undefined };
    opened.set(key, one);
    const facts = factsOf(rule, transition);
    one.state = bounded(
      facts.reduce((state, fact) => withFact(state, fact, rule.withinMs), one.state),
      termsOf(rule),
    );
    const { alertId, version, at } = transition;
    judge(one, { now: at, watermark: undefined }, { alertId, version });
  };

  /** @returns whether there was a verdict */
  const judge = (one: Open, input: JudgeInput, trigger: RecordHead['trigger']): boolean => {
    const { rule, subject, state: before } = one;
    const judged = judgeCorrelation(before, termsOf(rule), input);
    one.state = judged.state;
    one.dueAt = judged.dueAt;
    const { verdict } = judged;
    if (verdict === undefined) return false;
    const scope = scopeOfCorrelation(rule, subject, before);
    const head = { rule: rule.id, ruleVersion: rule.version, subject, trigger };
    const because = correlationRecord(head, before, termsOf(rule), input, verdict);
    said({ rule, subject, scope, verdict, because });
    const condition = verdict.change === 'recovered' ? 'recovered' : 'firing';
    const draft = { ...verdict, condition, value: undefined, because } as const;
    tell({ matter: matterOfCorrelation(rule, subject, before), subject, scope, draft });
    return true;
  };

  return {
    take: tell,
    advance(watermark) {
      for (const one of opened.values())
        for (let i = 0; i < verdictsMax && one.dueAt !== undefined && one.dueAt <= watermark; i++)
          if (!judge(one, { now: watermark, watermark }, 'watermark')) break;
    },
  };
}
