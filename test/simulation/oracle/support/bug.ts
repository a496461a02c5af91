import type { History } from '../../history.ts';

/** One way in which a history can be wrong, and the law that must say so. */
export interface Bug {
  readonly law: string;
  readonly what: string;
  /** Undefined: this history cannot be broken so. */
  readonly breakIt: (history: History) => History | undefined;
}
