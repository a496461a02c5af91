/**
 * The largest prefix of `units` whose result is acceptable, with that result; a single unit is always taken.
 *
 * Tries all first, then halves: input that fits, which is nearly all of it, is evaluated once.
 */
export async function largestPrefix<Unit, Result>(
  units: readonly Unit[],
  evaluate: (prefix: readonly Unit[]) => Promise<Result>,
  isAcceptable: (result: Result) => boolean,
): Promise<{ readonly count: number; readonly result: Result }> {
  let count = units.length;
  for (;;) {
    const result = await evaluate(units.slice(0, count));
    if (count <= 1 || isAcceptable(result)) return { count, result };
    count = Math.ceil(count / 2);
  }
}
