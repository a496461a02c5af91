/** What is wrong in a condition, by its characters. */

/** `start` and `end` count characters of the condition from 0. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly remedy?: string;
}

export type Type = 'number' | 'boolean' | 'string';

/** Names that a condition may use, such as `value` or `limits.alarm`, with their types. */
export type Inputs = ReadonlyMap<string, Type>;
