import type { View } from './facts/view.ts';

/** Something promised that did not hold in a history. */
export interface Violation {
  /** Name of the law, kebab-case. */
  readonly law: string;
  /** One sentence with ids, times, figures. */
  readonly what: string;
  readonly at?: number;
}

export type Finding = Omit<Violation, 'law'>;

/** One promise, and what in a history breaks it. Pure. */
export interface Law {
  readonly name: string;
  readonly check: (view: View) => readonly Finding[];
}
