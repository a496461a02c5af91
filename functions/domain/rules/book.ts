/** What this room knows: what a rule means. This file: the rule book, the checked form that `ingest` loads. */
import type { RuleId } from '../ids.ts';
import type { AlertKind, Bilingual, Severity, Trade } from '../severity.ts';
import type { Quality } from '../telemetry/reading.ts';
import type { DurationMs } from '../time.ts';
import type { CorrelationRule } from './correlation-rule.ts';
import type { Expression, WindowFunction } from './expression.ts';
import type { Provenance } from './provenance.ts';
import type { Response } from './response.ts';
import type { Schedule } from './schedule.ts';

/** Grows when the shape below changes; a reader refuses a newer one. */
export const bookFormat = 2;

/**
 * A named number. Its effective value for a sensor is that of the source's substance or grade where the rule lists it,
 * else `value`; then come the overrides of area, enterprise, source and sensor (design 3.2).
 */
export interface Limit extends Provenance {
  /** Absent: a site parameter without a default; unknown until somebody sets it. */
  readonly value?: number;
  /** By grade of the major hazard source, `1` (gravest) to `4`. */
  readonly byGrade?: Readonly<Record<string, number>>;
  /** By CAS number of a substance of the source; of several that match the tightest counts. */
  readonly bySubstance?: Readonly<Record<string, number>>;
  /** For people: what has to be set here, and by whom, where there is no default. */
  readonly ask?: Bilingual;
  /** Where the figure was read, when it was not the official text. */
  readonly source?: string;
  /** UCUM code where it is not the rule's: `mm/d` of a rate, `1` of a number. */
  readonly unit?: string;
  /** Which way is stricter: an override may only move the limit that way. */
  readonly tighter: 'lower' | 'higher';
}

/** What a quality state does to this rule (semantics 5). */
export type QualityEffect = 'raise' | 'stale' | 'hold' | 'ignore' | 'unknown';

/** Gates raising (semantics 15). `consecutive`: no known-false in between. */
export interface Times {
  readonly count: number;
  readonly withinMs: DurationMs;
  readonly consecutive: boolean;
}

/** A stretch of the past of one sensor that conditions ask (semantics 17). */
export interface WindowSpec {
  /** A role of `Rule.roles`; absent, without `quantity`: the rule's own sensor. */
  readonly role?: string;
  /** One for each sensor of the device that measures it, asked inside of `peers`. */
  readonly quantity?: string;
  /** Least 1 s, greatest 24 h; of a calendar day 24 h. */
  readonly lengthMs: DurationMs;
  /** IANA zone: the window is the calendar day there, from midnight to the reading. */
  readonly dayIn?: string;
  /** How far before the reading the window ends: 0 unless it is a baseline. */
  readonly backMs: DurationMs;
  /** Fewer readings than this: unknown. At least 1. */
  readonly countMin: number;
  /** What conditions ask of it, so that only the fields for these are kept (semantics 29). */
  readonly functions: readonly (WindowFunction | 'slope')[];
}

/** Exactly one other sensor of the same device (semantics 19). */
export interface RoleSelection {
  readonly quantity: string;
  readonly positions?: readonly string[];
  readonly tags?: readonly string[];
}

export interface SeverityRule {
  readonly severity: Severity;
  readonly when: Expression;
  /** Absent: a known-false `when` clears (semantics 2). */
  readonly clear?: Expression;
  readonly forMs: DurationMs;
  readonly clearForMs: DurationMs;
  readonly times?: Times;
  readonly schedule?: Schedule;
  readonly response?: Response;
  /** Absent: that of the rule. */
  readonly advice?: Bilingual;
}

export interface SilenceRule {
  /** Absent: three reporting periods of the sensor (semantics 12). */
  readonly afterMs?: DurationMs;
  readonly severity: Severity;
}

/** Which sensors a rule watches: all that are given must match. */
export interface Selection {
  /** One entry is enough; empty: whatever is measured as a number. */
  readonly quantities: readonly string[];
  /** Trades of the source; absent: any. */
  readonly trades?: readonly Trade[];
  readonly positions?: readonly string[];
  readonly sourceKinds?: readonly string[];
  readonly areaPrefixes?: readonly string[];
  readonly grades?: readonly number[];
  readonly tags?: readonly string[];
}

export interface Rule {
  readonly id: RuleId;
  /** Content hash of the canonical form: first 16 hex digits of its SHA-256. */
  readonly version: string;
  readonly title: Bilingual;
  readonly kind: AlertKind;
  /** `any`: a rule on the quality of data, whatever the trade. */
  readonly trade: Trade | 'any';
  readonly select: Selection;
  /** Empty: whatever the unit of the quantity is; then no limit is a figure of it. */
  readonly unit: string;
  /** Decimal places of the quantity; what is computed is rounded to `scale + 3` (semantics 4). */
  readonly scale: number;
  readonly limits: Readonly<Record<string, Limit>>;
  /** Other sensors of the device that conditions name. */
  readonly roles?: Readonly<Record<string, RoleSelection>>;
  /** Windows that conditions name, by number; no two are equal. */
  readonly windows?: readonly WindowSpec[];
  /** Lightest first. */
  readonly severities: readonly SeverityRule[];
  readonly silent?: SilenceRule;
  readonly quality: Readonly<Record<Exclude<Quality, 'good'>, QualityEffect>>;
  readonly maxHoldMs: DurationMs;
  /** `when` unknown for so long raises `data.not-evaluable`; absent: the rule's silence. */
  readonly unknownForMs?: DurationMs;
  readonly notEvaluable: Severity;
  /** Templates with `{value}`, `{unit}`, `{limit}`, `{sensor}`, `{source}`. */
  readonly advice: Bilingual;
}

export interface RuleBook {
  readonly format: typeof bookFormat;
  /** Hash over the versions of all rules. */
  readonly version: string;
  readonly rules: readonly Rule[];
  /** The rules that may watch a quantity, of a book that is read as it is needed; absent: look through `rules`. */
  readonly watching?: (quantity: string, isWanted: (select: Selection) => boolean) => readonly Rule[];
  /** Rules over episodes of other rules (semantics 20, 21). */
  readonly correlations: readonly CorrelationRule[];
  /** Rules that were ended by a tombstone (semantics 23). */
  readonly retired: readonly Tombstone[];
}

/** The only way in which a rule ends: what it has open is set recovered for this reason (semantics 23). */
export interface Tombstone {
  readonly id: RuleId;
  readonly by: string;
  readonly reason: string;
  /** Calendar date, `2026-11-28`. */
  readonly date: string;
}
