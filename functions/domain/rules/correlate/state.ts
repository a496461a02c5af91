/** What this room knows: what a rule means. This file: what is remembered of one correlation on one subject (semantics 20). */
import { type Instant, instant } from '../../time.ts';
import type { CorrelationRule, Pattern } from '../correlation-rule.ts';

/** Members kept. Beyond it the ones that ended first are forgotten, and what comes late about their time raises. */
export const memberCountMax = 48;
/** Runs kept of one member: four episodes of one alert. */
export const runCountMax = 8;
/** UTF-8 bytes of all members as they are stored, so that a decision record stays within 8 KB. */
export const memberBytesMax = 5_500;
/** Produced episodes kept, to know what has been said already. */
export const episodeCountMax = 8;
/** An alarm whose standing members no longer fit is not cleared for so long. */
export const crowdedForMs = 24 * 60 * 60 * 1000;

/** Versions `first … last` of an alert, without a gap, in which it stood as a member, or did not. */
export interface Run {
  readonly first: number;
  readonly last: number;
  /** Phenomenon time of `first`: raise or recovery. */
  readonly at: Instant;
  /** Highest rank of severity in it; -1: it did not stand. */
  readonly rank: number;
}

/** 0: `of` or `first` of the pattern; 1: `then` or `without`. */
export type Slot = 0 | 1;

/** One alert as far as its transitions have come, in any order. */
export interface Member {
  readonly slot: Slot;
  readonly alertId: string;
  readonly subjectId: string;
  /** By version; neighbours without a gap between them differ in whether it stood. */
  readonly runs: readonly Run[];
  /** It has been told which alert is its root cause. */
  readonly isLinked: boolean;
}

/** Where the members are: the most exact area among them, so that who hears of them hears of the alert. */
export interface Place {
  readonly area: string;
  readonly enterpriseId: string;
  readonly siteId: string;
}

/** A stretch of phenomenon time; both ends belong to it, `to` may be infinite. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The episode that stands. */
export interface OpenEpisode {
  readonly from: Instant;
  /** When it was decided. */
  readonly at: Instant;
  readonly rank: number;
  /** Area of its alert. */
  readonly area: string;
  /** It mutes its children: at its end they notify. */
  readonly isMuting: boolean;
}

/** What is still to be written on children, each in a transaction that takes it off here. */
export interface Errands {
  /** Tell them their root cause. */
  readonly link: readonly string[];
  /** Their parent has ended: they notify if they stand. */
  readonly release: readonly string[];
}

export interface CorrelationState {
  /** Kind of pattern that the slots belong to. */
  readonly kind: Pattern['kind'];
  /** By slot, then alert. */
  readonly members: readonly Member[];
  /** What ended at or before is judged and may be forgotten. */
  readonly floor: Instant;
  /** Instants at which the pattern may have held but for what was forgotten: they raise. Empty once judged. */
  readonly doubts: readonly Instant[];
  /** Closed episodes, oldest first. */
  readonly episodes: readonly Span[];
  readonly open: OpenEpisode | undefined;
  /** Not cleared before. */
  readonly heldUntil: Instant;
  readonly place: Place | undefined;
  readonly errands: Errands;
}

export const noErrands: Errands = { link: [], release: [] };

export const hasErrands = ({ errands }: Pick<CorrelationState, 'errands'>): boolean =>
  errands.link.length + errands.release.length > 0;

export const emptyCorrelation = (kind: Pattern['kind']): CorrelationState => ({
  kind,
  members: [],
  floor: instant(0),
  doubts: [],
  episodes: [],
  open: undefined,
  heldUntil: instant(0),
  place: undefined,
  errands: noErrands,
});

/** As much of a rule as its verdicts need: the selections have done their work once a member is in its slot. */
export interface Terms {
  readonly kind: Pattern['kind'];
  /** Of kind `count`; else 0. */
  readonly count: number;
  readonly withinMs: number;
  readonly clearForMs: number;
  readonly rank: number;
  readonly role: CorrelationRule['role'];
}

/** Whether members of this slot are the rule's children: what must be missing is not. */
export const isChildSlot = (kind: Pattern['kind'], slot: Slot): boolean => kind !== 'absence' || slot === 0;
