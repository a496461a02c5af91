/** What this room knows: what a rule means. This file: a rule over episodes of other rules (semantics 20, 21). */
import type { RuleId } from '../ids.ts';
import type { AlertKind, Bilingual, Severity, Trade } from '../severity.ts';
import type { DurationMs } from '../time.ts';
import type { Provenance } from './provenance.ts';
import type { Response } from './response.ts';

/**
 * What the members of a pattern must have in common; the subject of the alert. A group is the sensors of one site that
 * share a tag with `groupTagPrefix`.
 */
export type CorrelationSubject = 'device' | 'source' | 'site' | 'group';

/** Correlations over correlations at most: 1 is one over plain rules (semantics 20). */
export const correlationDepthMax = 3;

/** Most different subjects that a count may ask for: what is kept of members holds more. */
export const correlationCountMax = 20;

/** Which episodes are members: those of these rules, at least as grave. */
export interface MemberSelection {
  readonly rules: readonly RuleId[];
  readonly severityMin: Severity;
}

/** The patterns of semantics 20; T is `withinMs`. */
export type Pattern =
  /** At least `count` different subjects of members stand within T. */
  | { readonly kind: 'count'; readonly of: MemberSelection; readonly count: number }
  /** A member of `first`, and then, at most T later, one of `then`. */
  | { readonly kind: 'sequence'; readonly first: MemberSelection; readonly then: MemberSelection }
  /** A member of `first` and, once the watermark has passed its raise by T, none of `without`. */
  | { readonly kind: 'absence'; readonly first: MemberSelection; readonly without: MemberSelection };

export interface CorrelationRule {
  readonly id: RuleId;
  /** Content hash of the canonical form. */
  readonly version: string;
  readonly title: Bilingual;
  readonly kind: AlertKind;
  readonly trade: Trade;
  readonly provenance: Provenance;
  readonly subject: CorrelationSubject;
  /** Of a `group`: members carry the same tag that begins so; one without such a tag is in no group. */
  readonly groupTagPrefix?: string;
  readonly pattern: Pattern;
  readonly withinMs: DurationMs;
  readonly severity: Severity;
  readonly clearForMs: DurationMs;
  /** What it does to its members while it fires: nothing; mute those that are no graver; be their root cause. */
  readonly role: 'alert' | 'inhibit' | 'root-cause';
  readonly response?: Response;
  readonly advice: Bilingual;
}
