/** What this room knows: what a rule means. This file: what ends because its rule was retired, or selects its sensor no longer (semantics 23). */
import { RuleId } from '../../ids.ts';
import { severities } from '../../severity.ts';
import { type Instant, instant } from '../../time.ts';
import type { TransitionDraft } from '../transition.ts';
import type { DeviceRules } from './bind.ts';
import { never } from './cell.ts';
import { recordFormat, recordText } from './record.ts';
import type { Orphan, RuleState } from './state.ts';

/** Most alerts that one judgement ends this way: what a message tells beside them must fit the same commit. */
export const endedMax = 3;

/** Stands for the version of a rule that is in the book no longer. */
export const retiredVersion = 'retired';

/** Why an alert ends although nothing was measured. */
export interface EndInput {
  readonly kind: 'book';
  readonly trigger: 'rule-retired' | 'deselected';
  readonly ruleVersion: string;
  readonly at: Instant;
  /** Of a retired rule: who ended it, why, and on which day. */
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  readonly date?: string | undefined;
}

/** What is told of an alert before it ends. */
export type EndBefore = Pick<Orphan, 'toldRank' | 'wasToldStale' | 'since'>;

/** Why `orphan` has to end; `undefined` while its rule or its sensor is merely missing. */
function endOf(
  { book, isWatched, bySensor }: DeviceRules,
  { ruleId, sensorId }: Orphan,
): Omit<EndInput, 'at'> | undefined {
  const tombstone = book.retired.find(({ id }) => id === ruleId);
  if (tombstone) {
    const { by, reason, date } = tombstone;
    return { kind: 'book', trigger: 'rule-retired', ruleVersion: retiredVersion, by, reason, date };
  }
  // A device whose right to speak was withdrawn is watched by no rule; that deselects nothing.
  if (!isWatched || !bySensor.has(sensorId)) return undefined;
  const rule = book.rules.find(({ id }) => id === ruleId);
  return rule && { kind: 'book', trigger: 'deselected', ruleVersion: rule.version };
}

/** The transition that ends an alert; the same input gives the same bytes. */
export function endTransition(
  ruleId: RuleId,
  sensorId: string,
  before: EndBefore,
  input: EndInput,
): TransitionDraft {
  const { ruleVersion, trigger, at } = input;
  const draft = {
    ruleId,
    ruleVersion,
    sensorId,
    change: 'recovered' as const,
    condition: 'recovered' as const,
    severity: severities[before.toldRank] ?? 'red',
    phenomenonAt: at,
    at,
    trigger,
    marks: [],
    value: undefined,
    quality: 'good',
  };
  const because = recordText({
    format: recordFormat,
    rule: ruleId,
    ruleVersion,
    sensor: sensorId,
    change: draft.change,
    condition: draft.condition,
    severity: draft.severity,
    trigger,
    marks: [],
    phenomenonAt: at,
    now: at,
    input,
    before,
  });
  return { ...draft, because };
}

/** An alert that ended is remembered while the rule may come back to the sensor: then it is another occurrence. */
const remembered = (orphan: Orphan, trigger: EndInput['trigger']): Orphan[] =>
  trigger === 'rule-retired' ? [] : [{ ...orphan, toldRank: never, wasToldStale: false }];

const noneEnded: readonly TransitionDraft[] = [];

/**
 * `state` without the alerts whose rule was retired or selects their sensor no longer, at most `endedMax` of them.
 *
 * One whose rule is simply missing stays as it is: nothing ends because a file is gone.
 *
 * @returns the same state when nothing ends
 */
export function endOrphans(
  state: RuleState,
  at: Instant,
): { readonly state: RuleState; readonly ended: readonly TransitionDraft[] } {
  if (state.orphans.length === 0) return { state, ended: noneEnded };
  const ended: TransitionDraft[] = [];
  const orphans = state.orphans.flatMap((orphan) => {
    if (orphan.toldRank === never || ended.length >= endedMax) return [orphan];
    const end = endOf(state.rules, orphan);
    if (!end) return [orphan];
    const { ruleId, sensorId, toldRank, wasToldStale, since } = orphan;
    const before = { toldRank, wasToldStale, since };
    ended.push(endTransition(RuleId.parse(ruleId), sensorId, before, { ...end, at }));
    return remembered(orphan, end.trigger);
  });
  return ended.length === 0 ? { state, ended } : { state: { ...state, orphans }, ended };
}

/** When an alert of `state` has to end; `undefined` when none has to. */
export const orphansDueAt = ({ rules, orphans, seenAt }: RuleState): Instant | undefined =>
  orphans.some((orphan) => orphan.toldRank !== never && endOf(rules, orphan) !== undefined)
    ? instant(seenAt)
    : undefined;
