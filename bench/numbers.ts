/** The few statistics that figures are made of. */

/** The middle value; of an even count the mean of the two in the middle. @throws RangeError for nothing */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no values, no median');
  return (lower + upper) / 2;
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank). @throws RangeError for nothing */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new RangeError('no values, no percentile');
  return found;
}

/** Three digits that matter, without exponents; whole numbers stay whole. */
export function shown(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value
    .toFixed(Math.min(places, 8))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
