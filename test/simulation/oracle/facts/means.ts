import type { CitySeverity } from '../../history.ts';
import { isSurelyInOrder } from './order.ts';
import type { Reading } from './readings.ts';
import { isExact } from './readings.ts';

/** A window and the buckets that it is cut into; milliseconds. */
export interface MeanWindow {
  readonly windowMs: number;
  readonly bucketMs: number;
}

/** A window is cut into twenty buckets of a second at least (semantics 17). */
export const windowOf = ({ windowMs = 0 }: Pick<CitySeverity, 'windowMs'>): MeanWindow => ({
  windowMs,
  bucketMs: Math.max(1_000, windowMs / 20),
});

/** What is compared is rounded to three places more than the quantity has; half of the last place is no difference. */
const roundingMax = 0.000_5;

export interface Mean {
  readonly reading: Reading;
  /** Least and most that the mean of the window before can be, wherever its edge lies within a bucket; undefined: unknown. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** All that lies in the window came in order, so it is whole and nothing else can be in it. */
  readonly isInOrder: boolean;
}

/** The mean of the window before each reading (semantics 17). */
export function meansAt(series: readonly Reading[], { windowMs, bucketMs }: MeanWindow): readonly Mean[] {
  const inOrder = series.map(
    (reading) => reading.trust === 'yes' && isExact(reading) && isSurelyInOrder(reading, series),
  );
  const entering = series.map(
    ({ trust, quality, value }) => trust === 'yes' && quality === 'good' && value !== undefined,
  );
  return series.map((reading, place) => {
    const t = reading.from;
    const values: { at: number; value: number }[] = [];
    let isInOrder = true;
    for (let at = place; at >= 0; at--) {
      const one = series[at];
      if (one === undefined || one.to <= t - windowMs - bucketMs) break;
      isInOrder &&= inOrder[at] === true;
      if (entering[at] === true && one.value !== undefined)
        values.unshift({ at: one.from, value: one.value });
    }
    for (let at = place + 1; series[at]?.from === t; at++) isInOrder = false;
    return { reading, isInOrder, ...boundsOf(values, t, windowMs) };
  });
}

/** The means over (t - W, t] and over all that reaches back by up to a bucket further. */
function boundsOf(
  values: readonly { readonly at: number; readonly value: number }[],
  t: number,
  windowMs: number,
) {
  const exact = values.filter(({ at }) => at > t - windowMs);
  const first = exact[0]?.at ?? t;
  const last = exact.at(-1)?.at ?? t;
  const means: number[] = [];
  for (let skipped = 0; skipped <= values.length - exact.length; skipped++) {
    const some = values.slice(skipped);
    if (some.length > 0) means.push(some.reduce((sum, { value }) => sum + value, 0) / some.length);
  }
  if (means.length === 0) return { least: undefined, most: undefined };
  const isKnown = last - first >= windowMs / 2;
  return {
    least: isKnown ? Math.min(...means) - roundingMax : undefined,
    most: Math.max(...means) + roundingMax,
  };
}
