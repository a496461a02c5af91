/** Times of several ways, taken in turn so that what the machine does besides falls on all alike. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from '../numbers.ts';

/** One way of doing the work; called once a round. */
export interface Way {
  readonly name: string;
  /** Readings that one call handles. */
  readonly readingCount: number;
  run(): unknown;
}

/** Rounds that count, after one that does not. */
export const roundCount = 5;

/** Nanoseconds a reading of each way, one figure a round. */
export type Times = ReadonlyMap<string, readonly number[]>;

/** Collects garbage now, so that no way pays for what another left. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  return () => {
    if (typeof gc === 'function') gc();
  };
}

/** Time that this thread has had, so that others on the machine are not counted. Nanoseconds, in steps of 1,000. */
function threadNs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) * 1_000;
}

/** `rounds` and a warm-up, each with every way once, each round beginning with another one. */
export async function timeInTurn(ways: readonly Way[], rounds = roundCount): Promise<Times> {
  const collect = collector();
  const times = new Map(ways.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++)
    for (let i = 0; i < ways.length; i++) {
      const way = ways[(i + Math.max(0, round)) % ways.length];
      if (way === undefined) continue;
      collect();
      const startedAt = threadNs();
      await way.run();
      const ns = (threadNs() - startedAt) / way.readingCount;
      if (round >= 0) times.get(way.name)?.push(ns);
    }
  return times;
}

const of = (times: Times, name: string): readonly number[] => {
  const found = times.get(name);
  if (found === undefined) throw new RangeError(`${name} was not timed`);
  return found;
};

/** Median nanoseconds a reading. */
export const nsOf = (times: Times, name: string): number => median(of(times, name));

/** Median over the rounds of one way's time by the sum of others', of the same round. */
export const ratioOf = (times: Times, name: string, ...by: readonly string[]): number =>
  median(
    of(times, name).map(
      (ns, round) => ns / by.reduce((sum, other) => sum + (of(times, other)[round] ?? 0), 0),
    ),
  );
