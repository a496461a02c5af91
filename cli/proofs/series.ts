/** The compact notation of a series of readings (semantics 30). */

import { nearest } from '../../functions/domain/nearest.ts';
import { type Quality, qualities, type Value } from '../../functions/domain/telemetry/reading.ts';
import { roundHalfEven } from '../../functions/domain/telemetry/round.ts';

/** What comes at one step: a reading, or nothing. */
export type Step = { readonly value: Value | undefined; readonly quality: Quality } | 'gap';

export type Series =
  | { readonly ok: true; readonly steps: readonly Step[] }
  | { readonly ok: false; readonly message: string };

/** Most steps of one case: two days of readings every 10 s. */
export const stepCountMax = 20_000;

/** `_`, `_x4`, `0.4`, `0.4+0.1x10`, `1.2x3`, `true`, `open`, each perhaps with `!quality`; `!fault` alone has no value. */
const numberToken = /^(-?\d+(?:\.\d+)?)(?:([+-]\d+(?:\.\d+)?)?x(\d{1,5}))?$/;
const gapToken = /^_(?:x(\d{1,5}))?$/;
const wordToken = /^([a-z][a-z-]*)(?:x(\d{1,5}))?$/;

const placesOf = (text: string | undefined): number => text?.split('.')[1]?.length ?? 0;

/** One step more than there may be says as much as all that a token asks for, and takes no longer than what may be. */
const atMost = (count: number): number => Math.min(count, stepCountMax + 1);

function valuesOf(text: string): readonly (Value | undefined)[] | undefined {
  const number = numberToken.exec(text);
  if (number) {
    const [, first = '0', step, more = '0'] = number;
    const places = Math.max(placesOf(first), placesOf(step));
    return Array.from({ length: atMost(Number(more) + 1) }, (_, i) =>
      roundHalfEven(Number(first) + i * Number(step ?? 0), places),
    );
  }
  const word = wordToken.exec(text);
  if (!word) return undefined;
  const [, name = '', more = '0'] = word;
  const value = name === 'true' ? true : name === 'false' ? false : name;
  return Array.from({ length: atMost(Number(more) + 1) }, () => value);
}

function stepsOf(token: string): readonly Step[] | string {
  const gap = gapToken.exec(token);
  if (gap) return Array.from({ length: atMost(Number(gap[1] ?? 1)) }, () => 'gap' as const);
  const [text = '', mark, ...rest] = token.split('!');
  const quality = mark === undefined ? 'good' : qualities.find((known) => known === mark);
  if (quality === undefined || rest.length > 0) {
    const meant = nearest(mark ?? '', qualities);
    return `unknown quality in ${token}${meant ? `: did you mean !${meant}?` : `: known are ${qualities.join(', ')}`}`;
  }
  const values = text === '' && mark !== undefined ? [undefined] : valuesOf(text);
  if (values) return values.map((value) => ({ value, quality }));
  return `cannot read ${token}: write 0.4, 0.4+0.1x10, 1.2x3, _ or 2!calibrating`;
}

/**
 * The steps that `text` stands for. As in Prometheus, `xN` means N more: `1x3` is four readings, `_x3` three gaps.
 *
 * @example readSeries('0.4+0.1x2 _ 1!fault') // 0.4, 0.5, 0.6, a gap, 1 with quality fault
 */
export function readSeries(text: string): Series {
  const steps: Step[] = [];
  for (const token of text.split(/\s+/).filter((word) => word !== '')) {
    const found = stepsOf(token);
    if (typeof found === 'string') return { ok: false, message: found };
    if (steps.length + found.length > stepCountMax)
      return { ok: false, message: `more than ${stepCountMax} steps` };
    steps.push(...found);
  }
  return steps.length > 0 ? { ok: true, steps } : { ok: false, message: 'a series needs at least one step' };
}
