/** What this room knows: what a rule means. This file: the rule book, the checked form that `ingest` loads. */
import type { RuleId } from '../ids.ts';
import type { AlertKind, Bilingual, Severity, Trade } from '../severity.ts';
import type { Quality } from '../telemetry/reading.ts';
import type { DurationMs } from '../time.ts';
import type { Expression } from './expression.ts';

/** Grows when the shape below changes; a reader refuses a newer one. */
export const bookFormat = 1;

/** Where a figure comes from; `verified` once somebody has read it in the official text. */
export interface Provenance {
  readonly standard: string;
  readonly clause: string;
  readonly verified: boolean;
}

export interface Limit extends Provenance {
  readonly value: number;
  /** Which way is stricter: an override may only move the limit that way. */
  readonly tighter: 'lower' | 'higher';
}

/** What a quality state does to this rule (semantics 5). */
export type QualityEffect = 'raise' | 'stale' | 'hold' | 'ignore' | 'unknown';

export interface SeverityRule {
  readonly severity: Severity;
  readonly when: Expression;
  /** Absent: a known-false `when` clears (semantics 2). */
  readonly clear?: Expression;
  readonly forMs: DurationMs;
  readonly clearForMs: DurationMs;
}

export interface SilenceRule {
  /** Absent: three reporting periods of the sensor (semantics 12). */
  readonly afterMs?: DurationMs;
  readonly severity: Severity;
}

/** Which sensors a rule watches: all that are given must match. */
export interface Selection {
  readonly quantity: string;
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
  readonly trade: Trade;
  readonly select: Selection;
  readonly unit: string;
  /** Decimal places of the quantity; what is computed is rounded to `scale + 3` (semantics 4). */
  readonly scale: number;
  readonly limits: Readonly<Record<string, Limit>>;
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
}
