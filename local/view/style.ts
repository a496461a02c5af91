/** Colours and widths of a terminal. */

export type Paint = (text: string) => string;

/** A log gets no escape sequences. Source: https://no-color.org */
const hasColours =
  process.env['NO_COLOR'] === undefined &&
  (process.stdout.isTTY === true || process.env['FORCE_COLOR'] !== undefined);

const sequence = (code: string): Paint =>
  hasColours ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text;

export const bold = sequence('1');
export const dim = sequence('2');
export const green = sequence('32');
export const cyan = sequence('36');

/** The four colours of the warnings, as filled labels. */
export const severityPaint = {
  red: sequence('1;97;41'),
  orange: sequence('1;30;48;5;208'),
  yellow: sequence('1;30;43'),
  blue: sequence('1;97;44'),
  signal: sequence('2'),
} as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is removed
const escapes = /\u001b\[[0-9;]*m/g;

/** The text without its colours. */
export function withoutColours(text: string): string {
  return text.replaceAll(escapes, '');
}

/** Wide: Chinese, Japanese and Korean characters and full-width forms. Source: Unicode UAX #11. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes in a terminal. */
export function columns(text: string): number {
  let total = 0;
  for (const character of withoutColours(text)) total += wide.test(character) ? 2 : 1;
  return total;
}

/** The text cut or filled to exactly `width` columns; takes text without colours. */
export function inColumns(text: string, width: number): string {
  if (columns(text) <= width) return text + ' '.repeat(width - columns(text));
  let kept = '';
  let total = 0;
  for (const character of text) {
    const next = wide.test(character) ? 2 : 1;
    if (total + next > width - 1) break;
    kept += character;
    total += next;
  }
  return `${kept}…${' '.repeat(Math.max(0, width - 1 - total))}`;
}

const bars = ' ▁▂▃▄▅▆▇█';

/** A small chart, one character a value. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(1, ...values);
  return values.map((value) => bars[Math.ceil((value / most) * (bars.length - 1))] ?? ' ').join('');
}

/** @example shortDuration(1234) // '1.2 s' */
export function shortDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
}
