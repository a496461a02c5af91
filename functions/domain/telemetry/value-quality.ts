/** What this room knows: what devices say. This file: what is known against a value (semantics 5). */
import type { Quantity } from './quantities.ts';
import type { Quality, Value } from './reading.ts';

/** Numbers that loggers send when they have no value; below the range they mean nothing else. */
export const sentinels: ReadonlySet<number> = new Set([-200, -999, -9999, -99999, -999999]);

/** Texts that loggers send for a number that they do not have. */
export const noValueTexts: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', '---']);

/** How far below what nature allows a zero may drift before it is a fault: part of the measuring span. */
export const zeroDriftFractionMax = 0.05;

const flags: ReadonlyMap<string, Quality> = new Map(
  (['good', 'calibrating', 'maintenance', 'fault', 'over-range'] as const).map((flag) => [flag, flag]),
);

/** The device's word on its value; a flag that we do not know is `unknown`. */
export const qualityOfFlag = (flag: string | undefined): Quality =>
  flag === undefined ? 'good' : (flags.get(flag) ?? 'unknown');

export interface Assessed {
  readonly value: Value | undefined;
  readonly quality: Quality;
  /** True when the number itself was beyond the range, whatever the device says of it. */
  readonly isOutOfRange: boolean;
}

/**
 * A number with its quality: beyond its measuring range, impossible, no number at all, or as the device says.
 *
 * Beyond the range counts as a breach, since the truth may lie anywhere there; only what is below the physical
 * least is a fault of the instrument (a small drift below it is an ordinary zero). The device's own flag stands,
 * except that a value called good is not believed beyond its range.
 */
export function assessNumber(
  value: number,
  flag: string | undefined,
  range: { readonly min: number; readonly max: number } | undefined,
  quantity: Quantity,
): Assessed {
  const said = qualityOfFlag(flag);
  const bounds = range ?? quantity.physical;
  if (bounds === undefined || (value >= bounds.min && value <= bounds.max))
    return { value, quality: said, isOutOfRange: false };
  if (value < bounds.min && sentinels.has(value))
    return { value: undefined, quality: said === 'good' ? 'fault' : said, isOutOfRange: true };
  const beyond = qualityBeyond(value, bounds, quantity);
  return { value, quality: said === 'good' ? beyond : said, isOutOfRange: true };
}

function qualityBeyond(
  value: number,
  bounds: { readonly min: number; readonly max: number },
  { physical }: Quantity,
): Quality {
  const least = physical?.min ?? Number.NEGATIVE_INFINITY;
  if (value > bounds.max || value >= least) return 'over-range';
  return least - value <= (bounds.max - bounds.min) * zeroDriftFractionMax ? 'good' : 'fault';
}
