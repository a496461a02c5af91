/** What is wrong in a condition, by its characters. */

/** `start` and `end` count characters of the condition from 0. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly remedy?: string;
}

export type Type = 'number' | 'boolean' | 'string';

/** What a name of a condition stands for. */
export interface Input {
  readonly type: Type;
  /** UCUM code of a figure; absent: it may be compared with any. */
  readonly unit?: string;
  /** All words that it can be. */
  readonly words?: readonly string[];
}

/** Names that a condition may use, such as `value` or `limits.alarm`. */
export type Inputs = ReadonlyMap<string, Input>;
