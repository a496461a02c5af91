/** What this room knows: what a rule means. This file: the states at which conditions are compared. */
import type { Value } from '../telemetry/reading.ts';
import type { Axis } from './axes.ts';

/** One value for each axis, by its name. */
export type Assignment = ReadonlyMap<string, Value>;
type Axes = ReadonlyMap<string, Axis>;

/** Most states that are looked at for one comparison of conditions. */
const assignmentCountMax = 4_096;

/** Each turning point, a value between each two, and one on either side of all. */
function around(turning: Iterable<number>): number[] {
  const sorted = [...new Set(turning)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const between = sorted.slice(1).map((high, i) => ((sorted[i] ?? 0) + high) / 2);
  return [first - 1, ...sorted, ...between, last + 1];
}

const functionIn = (name: string): string | undefined => /^window\.\d+\.(\w+)/.exec(name)?.[1];

/** What a window gives whose sensor has shown one and the same value all the time; `undefined`: that value. */
const whenSteady: ReadonlyMap<string, number> = new Map([
  ['delta', 0],
  ['rate', 0],
  ['stddev', 0],
]);

function samplesOf(name: string, axis: Axis): readonly Value[] {
  if (axis.kind === 'boolean') return [false, true];
  if (axis.kind === 'word') return [...axis.words];
  if (name === 'source.grade') return [1, 2, 3, 4];
  const fn = functionIn(name);
  if (fn === 'count') {
    const whole = [0, ...axis.points].flatMap((point) => [Math.floor(point), Math.ceil(point)]);
    return [...new Set(whole.flatMap((point) => [point - 1, point, point + 1]))].filter((many) => many >= 0);
  }
  if (fn === 'stddev') return around([0, ...axis.points]).filter((spread) => spread >= 0);
  return around(axis.points);
}

/** Every choice of one value from each; `undefined` when there are too many. */
function combined(
  choices: readonly (readonly [string, readonly Value[]])[],
): readonly Assignment[] | undefined {
  let all: Map<string, Value>[] = [new Map()];
  for (const [name, values] of choices) {
    if (all.length * values.length > assignmentCountMax) return undefined;
    all = values.flatMap((value) => all.map((one) => new Map([...one, [name, value]])));
  }
  return all;
}

/**
 * Every state that makes a difference, and perhaps some that cannot be: what holds in none of them never holds.
 * `undefined` when there are too many.
 */
export const everyState = (axes: Axes): readonly Assignment[] | undefined =>
  combined([...axes].map(([name, axis]) => [name, samplesOf(name, axis)]));

/** Depends on something that somebody still has to set. */
const isOpen = (tie: string): boolean => tie.startsWith('limits.') || tie.startsWith('range.');

const disjoint = (axes: readonly Axis[]): boolean => {
  const ties = axes.flatMap((axis) => [...axis.ties]);
  return new Set(ties).size === ties.length;
};

/** Any value of it can come about. */
function isFree([name, { parts }]: readonly [string, Axis]): boolean {
  if (isOpen(name)) return false;
  // `value - max("10m")` is never above 0.
  return [...(parts?.keys() ?? [])].every((part) => !/^(min|max|stddev|count)$/.test(functionIn(part) ?? ''));
}

/** The states in which every sensor has shown one value all the time, so that its windows show it too. */
function steadyStates(axes: Axes): readonly Assignment[] {
  const all = [...axes];
  if (all.some(([, axis]) => axis.isOpaque || [...axis.ties].some(isOpen))) return [];
  const plain = all.filter(([, axis]) => axis.parts === undefined);
  const numbers = all.flatMap(([name, axis]) =>
    axis.kind === 'number' && !whenSteady.has(functionIn(name) ?? '') ? [axis] : [],
  );
  const levels = new Map<string, number[]>();
  for (const axis of numbers) {
    // Sensors that are compared with each other are tried at each other's values too.
    const isTied = ({ ties }: Axis): boolean => [...ties].some((tie) => axis.ties.has(tie));
    const beside = axis.parts ? numbers.filter(isTied) : [axis];
    const points = beside.flatMap((one) => [...one.points]);
    for (const tie of axis.ties) levels.set(tie, [...(levels.get(tie) ?? []), ...points]);
  }
  const words = plain.filter(([, axis]) => axis.kind !== 'number');
  const choices = [
    ...[...levels].map(([tie, points]) => [`level ${tie}`, around(points)] as const),
    ...words.map(([name, axis]) => [name, samplesOf(name, axis)] as const),
  ];
  const figureOf = (name: string, axis: Axis, state: Assignment): number => {
    const fn = functionIn(name) ?? '';
    if (fn === 'count') return Math.ceil(Math.max(0, ...axis.points)) + 1;
    const [tie = ''] = axis.ties;
    return whenSteady.get(fn) ?? Number(state.get(`level ${tie}`));
  };
  return (combined(choices) ?? []).map((state) => {
    const values = all.map(([name, axis]): [string, Value] => {
      /* istanbul ignore next -- each word and truth value has been chosen */
      if (axis.kind !== 'number') return [name, state.get(name) ?? false];
      if (!axis.parts) return [name, figureOf(name, axis, state)];
      const sum = [...axis.parts].map(
        ([part, { factor, tie }]) => factor * figureOf(part, { ...axis, ties: new Set([tie]) }, state),
      );
      return [name, sum.reduce((a, b) => a + b, 0)];
    });
    return new Map(values);
  });
}

/** States that surely can come about, though not all of them: what holds in one of them can hold. */
export function possibleStates(axes: Axes): readonly Assignment[] {
  const all = [...axes];
  if (disjoint(all.map(([, axis]) => axis)) && all.every(isFree)) return everyState(axes) ?? [];
  return steadyStates(axes);
}
