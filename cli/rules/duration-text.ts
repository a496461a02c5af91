/** A duration as a person writes it. */

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** As it stands in a rule. @example durationText(5_400_000) // '1h30m' */
export function durationText(ms: number): string {
  let rest = ms;
  let text = '';
  for (const [unit, size] of units) {
    const many = Math.floor(rest / size);
    if (many > 0) text += `${many}${unit}`;
    rest -= many * size;
  }
  return rest > 0 ? `${text}${rest}ms` : text || '0s';
}
