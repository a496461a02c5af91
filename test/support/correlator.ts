import { bounded } from '../../functions/domain/rules/correlate/bounds.ts';
import { decodeCorrelation, encodeCorrelation } from '../../functions/domain/rules/correlate/codec.ts';
import { memberRank, slotsOf, termsOf } from '../../functions/domain/rules/correlate/correlations.ts';
import { type CorrelationVerdict, judgeCorrelation } from '../../functions/domain/rules/correlate/judge.ts';
import { withFact } from '../../functions/domain/rules/correlate/members.ts';
import { correlationRecord } from '../../functions/domain/rules/correlate/record.ts';
import { type CorrelationState, emptyCorrelation } from '../../functions/domain/rules/correlate/state.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import type { Condition } from '../../functions/domain/rules/transition.ts';
import type { Severity } from '../../functions/domain/severity.ts';
import { instant } from '../../functions/domain/time.ts';

/** A transition of a member, as far as a correlation looks at it; times in seconds. */
export interface Given {
  readonly rule: string;
  readonly alert: string;
  readonly version: number;
  readonly at: number;
  /** @default firing */
  readonly condition?: Condition;
  /** @default orange */
  readonly severity?: Severity;
  /** @default the alert's name */
  readonly subject?: string;
  readonly area?: string;
}

export interface Said extends CorrelationVerdict {
  readonly record: string;
}

function recoded(state: CorrelationState): CorrelationState {
  const decoded = decodeCorrelation(encodeCorrelation(state));
  if (!decoded.ok) throw new Error(decoded.problem);
  expect(encodeCorrelation(decoded.state)).toBe(encodeCorrelation(state));
  return decoded.state;
}

/** A correlation on one subject, without any store; `isRecoded`: its state is stored and read between any two steps. */
export function correlator(rule: CorrelationRule, isRecoded = false) {
  const terms = termsOf(rule);
  let state: CorrelationState = emptyCorrelation(rule.pattern.kind);
  let dueAt: number | undefined;
  const said: Said[] = [];
  const judge = (nowS: number, watermarkS: number | undefined): boolean => {
    const input = {
      now: instant(nowS * 1000),
      watermark: watermarkS === undefined ? undefined : instant(watermarkS * 1000),
    };
    const before = state;
    const judged = judgeCorrelation(before, terms, input);
    state = isRecoded ? recoded(judged.state) : judged.state;
    dueAt = judged.dueAt;
    const { verdict } = judged;
    if (verdict === undefined) return false;
    const subject = { kind: rule.subject, id: 'site-1' };
    const head = { rule: rule.id, ruleVersion: rule.version, subject, trigger: 'watermark' as const };
    said.push({ ...verdict, record: correlationRecord(head, before, terms, input, verdict) });
    return true;
  };
  return {
    said,
    /** A transition comes, `lateS` after its phenomenon time. */
    take: (given: Given, lateS = 0) => {
      const { alert, version, at, condition = 'firing', severity = 'orange', subject = alert } = given;
      for (const slot of slotsOf(rule, given.rule)) {
        const rank = memberRank(rule, slot, condition, severity);
        const place = { area: given.area ?? '220104', enterpriseId: 'ent-1', siteId: 'site-1' };
        const fact = {
          slot,
          alertId: alert,
          version,
          subjectId: subject,
          at: instant(at * 1000),
          rank,
          place,
        };
        state = withFact(state, fact, rule.withinMs);
      }
      state = bounded(state, terms);
      judge(at + lateS, undefined);
    },
    /** The watermark reaches `seconds`; whatever follows is said. */
    advance: (seconds: number) => {
      while (judge(seconds, seconds)) if (said.length > 1_000) throw new Error('it never settles');
    },
    /** What has been said, in words: change, severity and second. */
    story: () => said.map((one) => `${one.change} ${one.severity} ${one.phenomenonAt / 1000}`),
    get state() {
      return state;
    },
    get dueAt() {
      return dueAt;
    },
  };
}

/** Raise and recovery of one episode. */
export const episode = (
  rule: string,
  alert: string,
  from: number,
  to: number,
  version = 1,
): readonly Given[] => [
  { rule, alert, version, at: from },
  { rule, alert, version: version + 1, at: to, condition: 'recovered' },
];
