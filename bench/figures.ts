/** A figure with its unit and, where one was promised, its goal: what every bench gives back. */

export interface Figure {
  readonly name: string;
  /** Absent: not measured, and `note` says why. */
  readonly value?: number;
  readonly unit: string;
  /** What was promised; `atLeast` turns it round. */
  readonly goal?: number;
  readonly atLeast?: boolean;
  /** How it was had, or what it is made of. */
  readonly note?: string;
}

export interface Group {
  readonly title: string;
  readonly figures: readonly Figure[];
}

/** What one bench found. */
export interface Findings {
  readonly groups: readonly Group[];
  /** What a reader must know before believing a figure. */
  readonly remarks?: readonly string[];
}

/** Whether the promise holds; undefined where nothing was promised or measured. */
export function isMet({ value, goal, atLeast }: Figure): boolean | undefined {
  if (goal === undefined || value === undefined) return undefined;
  return atLeast === true ? value >= goal : value <= goal;
}
