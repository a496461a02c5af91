/** What this room knows: what a rule means. This file: the memory of one rule on one sensor, and of one sensor. */
import type { AlertId } from '../../ids.ts';
import type { Value } from '../../telemetry/reading.ts';
import type { Ring } from '../windows/ring.ts';
import type { Hits } from './hits.ts';
import { nothingRecent, type Recent } from './recent.ts';
import type { Known } from './spans.ts';

/** Stands for "no instant"; instants are never negative, and plain numbers keep the per-reading path free of unions. */
export const never = -1;

/** Of a severity: below its condition, counting its `for`, raised, counting its `clearFor` (semantics 14). */
export const phases = { idle: 0, pending: 1, active: 2, clearing: 3 } as const;
export type Phase = (typeof phases)[keyof typeof phases];

/** Most closed episodes kept per severity; a late breach in an older one raises again (semantics 9). */
export const closedMax = 4;
/** Most gaps listed for a pending run. */
export const gapsMax = 4;

/** Stands for one line of states of which only the newest is used: what carries it may be changed by that one, in place. */
export type Owner = object;

/** Owns what is shared: it is copied before it is changed. */
export const nobody: Owner = {};

/** What one severity counts. */
export interface Counting {
  /** What `times` counts. */
  readonly hits: Hits;
  /** What lies at or before it does not count: the last recovery that has started the count again (semantics 15). */
  readonly countsFrom: number;
  /** Recoveries do not start the count again: it holds something that did not come in order (semantics 24). */
  readonly countsAll: boolean;
  /** Raised: not by its own count, or damped; so its recovery does not start the count again. */
  readonly isBorrowed: boolean;
  /** Instants of recent recoveries (semantics 26). */
  readonly recoveries: readonly number[];
}

/** One severity of one rule on one sensor. */
export interface Machine extends Known {
  phase: Phase;
  /** Pending: phenomenon time of the first known-true reading. Active and clearing: where the episode starts. */
  since: number;
  /** Pending: when time alone raises it (semantics 8). Raised inside a schedule: when its closing ends it (semantics 16). */
  deadlineAt: number;
  /** Pending: every reading of the run so far was held (semantics 5). */
  isHeld: boolean;
  /** Clearing: first good reading of the clear run. */
  clearSince: number;
  /** Closed episodes, oldest first: start, start of the clear run, end. Replaced, never changed. */
  closed: readonly number[];
  /** While pending: stretches without a reading, as from, to (semantics 7). Replaced, never changed. */
  gaps: readonly number[];
  /** Breaches and recoveries, as they are counted. Replaced, never changed: most severities never count. */
  counting: Counting;
}

/** One rule on one sensor. Changed in place by the line of states that owns it, and by nobody else. */
export interface Cell {
  /** Whose it is to change; anybody else makes a copy. */
  owner: Owner;
  /** Newest instant at which the condition was evaluated in order; older and equal ones are late. */
  evaluatedAt: number;
  /** The newest stretch of every severity reaches to `evaluatedAt`, whatever its end says; see `settled`. */
  isCalm: boolean;
  /** Newest sign of life: of a good reading, or of a held one while the hold lasts (semantics 12). */
  lifeAt: number;
  /** Receive time of the message that set it: silence does not count before. */
  lifeSetAt: number;
  /** Silent or bad: an open alert is shown `stale`. */
  isStale: boolean;
  /** First reading of the present hold, and when the broker had it. */
  holdAt: number;
  holdReceivedAt: number;
  /** The hold has lasted `maxHold`: it delays nothing any more. */
  isHoldOver: boolean;
  /** First reading of the present stretch on which some `when` is unknown, and when the broker had it. */
  unknownAt: number;
  unknownReceivedAt: number;
  /** The stretch has lasted `unknownFor`: the sensor is not evaluable under this rule. */
  isUnknownOver: boolean;
  /** Silence as one more severity; it is never pending. */
  silence: Phase;
  silenceClearSince: number;
  /** Severity that was last told, as its rank; `never` when the alert is not open. */
  toldRank: number;
  wasToldStale: boolean;
  /** Late breaches inside the present episode that were only counted. */
  lateCount: number;
  /** The era of its limits that it has met, by its key (semantics 22). */
  limitsKey: number;
  /** Lightest first, as in the rule. */
  machines: Machine[];
  hint: AlertHint | undefined;
}

/** Which alert the committer keeps for a (rule, sensor). */
export interface AlertHint {
  readonly alertId: AlertId;
  readonly alertVersion: number;
}

/** A data-quality alert on a sensor that the engine raises by itself. Changed by a step that has just copied it. */
export interface BuiltInCell {
  phase: Phase;
  /** Rank of its severity while raised. */
  rank: number;
  since: number;
  clearSince: number;
  /** Newest in-order reading seen while raised. */
  lastAt: number;
  hint: AlertHint | undefined;
}

/** A good reading that others, which are not good, have followed. */
export interface LastGood {
  readonly at: number;
  readonly value: Value | undefined;
}

/** One sensor, whatever the rules. */
export interface SensorCell {
  /** Whose it is to change; anybody else makes a copy. */
  owner: Owner;
  /** Phenomenon time of its newest in-order reading. */
  at: number;
  /** Its value then, NaN where that is in `other`: a field of numbers alone is changed in place. See `newestValueOf`. */
  number: number;
  other: Value | undefined;
  quality: string;
  /** While its newest reading is not good: the last good one before (semantics 22). Replaced, never changed. */
  lastGood: LastGood | undefined;
  fault: BuiltInCell;
  notEvaluable: BuiltInCell;
  /**
   * Since the conditions on this sensor alone were last stepped there were only calm readings, and this cell alone has
   * noted them: those conditions were evaluated last at `at`, with the sign of life below; see `settled`.
   */
  isCalm: boolean;
  /** The first of them: severities that had heard nothing before are known false since then. */
  calmFrom: number;
  lifeAt: number;
  lifeSetAt: number;
  /** Not stored: found again by asking every condition once. */
  band: Band;
  /** What its good readings entered, in the order of `BoundSensor.windows`; empty before the first. */
  rings: readonly Ring[];
  /** Whose the rings are to change. */
  ringsOwner: Owner;
  /** What it said lately, where conditions name it beside other sensors; else empty. Replaced, never changed. */
  recent: Recent;
}

/** What a severity of a condition that is asked every time says; `clear` counts where something is raised. */
export const answers = { isFalse: 0, isTrue: 1, isUnknown: 2, clears: 3, staysInBand: 4 } as const;
export type Answer = (typeof answers)[keyof typeof answers];

/** Which readings are calm: those that change no timer of any condition on a sensor alone. Replaced, never changed. */
export interface Band {
  /** Values between these, both excluded, say what the sensor's value says to every plain condition. */
  readonly low: number;
  readonly high: number;
  /** From this phenomenon time on, or after a longer stretch without a reading, a timer is reached. */
  readonly until: number;
  readonly gapMs: number;
  /** What time alone causes in any of the conditions, silence left out, is not before it. */
  readonly dueAt: number;
  /** What the watchful conditions say, severity by severity. */
  readonly answers: readonly Answer[];
}

/** No reading is calm until every condition has been asked. */
export const noBand: Band = {
  low: Number.NaN,
  high: Number.NaN,
  until: never,
  gapMs: 0,
  dueAt: never,
  answers: [],
};

/** The calm readings of a sensor, as its plain conditions have to catch up with them. */
export interface Calm {
  readonly calmFrom: number;
  readonly at: number;
  readonly lifeAt: number;
  readonly lifeSetAt: number;
}

/** One for all: such lists are replaced, never changed. */
const nothing: readonly number[] = [];

export const noCounting: Counting = {
  hits: nothing,
  countsFrom: never,
  countsAll: false,
  isBorrowed: false,
  recoveries: nothing,
};

/** Counts otherwise from now on. */
export function recounted(machine: Machine, change: Partial<Counting>): void {
  machine.counting = { ...machine.counting, ...change };
}

export const newMachine = (): Machine => ({
  phase: phases.idle,
  since: never,
  deadlineAt: never,
  isHeld: false,
  clearSince: never,
  spans: [],
  forgottenTo: never,
  closed: nothing,
  gaps: nothing,
  counting: noCounting,
});

/** A sensor under a rule that it has not reported to; its silence counts from `lifeAt`. */
export const newCell = (machineCount: number, lifeAt: number): Cell => ({
  owner: nobody,
  evaluatedAt: never,
  isCalm: false,
  lifeAt,
  lifeSetAt: lifeAt,
  isStale: false,
  holdAt: never,
  holdReceivedAt: never,
  isHoldOver: false,
  unknownAt: never,
  unknownReceivedAt: never,
  isUnknownOver: false,
  silence: phases.idle,
  silenceClearSince: never,
  toldRank: never,
  wasToldStale: false,
  lateCount: 0,
  limitsKey: 0,
  machines: Array.from({ length: machineCount }, newMachine),
  hint: undefined,
});

export const newBuiltInCell = (): BuiltInCell => ({
  phase: phases.idle,
  rank: never,
  since: never,
  clearSince: never,
  lastAt: never,
  hint: undefined,
});

/** One for all sensors on whose data nothing is raised. */
const blankBuiltIn = newBuiltInCell();

export const newSensorCell = (): SensorCell => ({
  owner: nobody,
  at: never,
  number: Number.NaN,
  other: undefined,
  quality: 'good',
  lastGood: undefined,
  fault: blankBuiltIn,
  notEvaluable: blankBuiltIn,
  isCalm: false,
  calmFrom: never,
  lifeAt: never,
  lifeSetAt: never,
  band: noBand,
  rings: [],
  ringsOwner: nobody,
  recent: nothingRecent,
});

/** The newest value of a sensor. */
export const newestValueOf = ({ number, other }: SensorCell): Value | undefined =>
  Number.isNaN(number) ? other : number;

/** Changes the newest value of a sensor. */
export function setValue(sensor: SensorCell, value: Value | undefined): void {
  const isNumber = typeof value === 'number';
  sensor.number = isNumber ? value : Number.NaN;
  if (isNumber && !Number.isNaN(value)) {
    if (sensor.other !== undefined) sensor.other = undefined;
  } else sensor.other = value;
}
