/** What every engine is asked about a reading: comparisons of its value with a figure. */
import { type Levels, levelsOf } from '../workload/levels.ts';
import type { BookSize } from '../workload/size.ts';

export interface Asked {
  readonly op: 'ge' | 'lt';
  readonly limit: number;
}

/** Of one kind of sensor: all severities of all its rules, in one row. */
export interface AskedOfKind {
  readonly whens: readonly Asked[];
  readonly clears: readonly Asked[];
}

/** The verdicts on one value, one bit a condition, lowest first. */
export type Bits = (value: number) => number | Promise<number>;

/** An engine made ready for one kind of sensor: an index from the sensor to its conditions, which none of them has. */
export interface PreparedKind {
  readonly whens: Bits;
  readonly clears: Bits;
}

export interface Peer {
  readonly name: string;
  prepare(asked: AskedOfKind): PreparedKind;
}

const askedOf = (rules: readonly Levels[]): AskedOfKind => ({
  whens: rules.flat().map(({ at }) => ({ op: 'ge', limit: at })),
  clears: rules.flat().map(({ below }) => ({ op: 'lt', limit: below })),
});

export const askedOfKinds = (size: BookSize): readonly AskedOfKind[] =>
  Array.from({ length: size.kindCount }, (_, kind) => askedOf(levelsOf(kind, size)));

/** Bits from one predicate a condition: for engines that give functions. */
export const bitsOf =
  (holds: readonly ((value: number) => boolean)[]): ((value: number) => number) =>
  (value) => {
    let bits = 0;
    for (let i = 0; i < holds.length; i++) if (holds[i]?.(value) === true) bits |= 1 << i;
    return bits;
  };
