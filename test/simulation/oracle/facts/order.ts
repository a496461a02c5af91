import { isCertainlyBefore, isExact, type Reading } from './readings.ts';
import { countUpTo } from './sorted.ts';

/** What can be asked of all of a series from a place on, or up to it: a month of readings cannot be asked one by one. */
interface Bounds {
  /** Of a place and all after it: when the first of them was taken. */
  readonly takenFrom: readonly number[];
  /** The same: when the first of them that is trusted and exact was done. */
  readonly doneFrom: readonly number[];
  /** Of a place and all before it: the latest that one of them can be. */
  readonly latestTo: readonly number[];
}

const known = new WeakMap<readonly Reading[], Bounds>();

function boundsOf(series: readonly Reading[]): Bounds {
  const before = known.get(series);
  if (before !== undefined) return before;
  const takenFrom = new Array<number>(series.length);
  const doneFrom = new Array<number>(series.length);
  let taken = Number.POSITIVE_INFINITY;
  let done = Number.POSITIVE_INFINITY;
  for (const [place, one] of [...series.entries()].toReversed()) {
    taken = Math.min(taken, one.taken);
    if (one.trust === 'yes' && isExact(one)) done = Math.min(done, one.done);
    takenFrom[place] = taken;
    doneFrom[place] = done;
  }
  const latestTo: number[] = [];
  for (const { to } of series) latestTo.push(Math.max(to, latestTo.at(-1) ?? to));
  const made = { takenFrom, doneFrom, latestTo };
  known.set(series, made);
  return made;
}

/** Answers about readings, each worked out once. */
const remembered = (ask: (reading: Reading, series: readonly Reading[]) => boolean) => {
  const answers = new WeakMap<Reading, boolean>();
  return (reading: Reading, series: readonly Reading[]): boolean => {
    const answer = answers.get(reading) ?? ask(reading, series);
    answers.set(reading, answer);
    return answer;
  };
};

/**
 * A newer reading of the sensor had been handled for sure before this one was: late, so it may only raise (semantics 9).
 * `series` is all of the sensor, in phenomenon order.
 */
export const isSurelyLate = remembered((reading, series) => {
  const newer = countUpTo(series, ({ from }) => from <= reading.to);
  return (boundsOf(series).doneFrom[newer] ?? Number.POSITIVE_INFINITY) < reading.taken;
});

/**
 * No newer reading of the sensor can have been handled before this one. `series` is all of the sensor, in phenomenon order.
 */
export const isSurelyInOrder = remembered((reading, series) => {
  const { takenFrom, latestTo } = boundsOf(series);
  const isRight = (other: Reading): boolean =>
    other === reading || other.to < reading.from || isCertainlyBefore(reading, other);
  const own = countUpTo(series, ({ from }) => from < reading.from);
  for (let place = own; place < series.length; place += 1) {
    if ((takenFrom[place] ?? 0) > reading.done) break;
    const other = series[place];
    if (other !== undefined && !isRight(other)) return false;
  }
  for (let place = own - 1; place >= 0; place -= 1) {
    if ((latestTo[place] ?? 0) < reading.from) break;
    const other = series[place];
    if (other !== undefined && !isRight(other)) return false;
  }
  return true;
});
