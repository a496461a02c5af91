/** What somebody wants a new rule to say, read from flags and answers; everything that is wrong is told at once. */
import { RuleId } from '../../functions/domain/ids.ts';
import { nearest } from '../../functions/domain/nearest.ts';
import { durationOf } from '../../functions/domain/rules/schema/words.ts';
import { Severity, severities, Trade } from '../../functions/domain/severity.ts';
import { type Quantity, quantities } from '../../functions/domain/telemetry/quantities.ts';

/** The flags of `tocsin rules new`, as commander gives them. */
export interface NewFlags {
  readonly quantity?: string;
  readonly position?: readonly string[];
  readonly sourceKind?: readonly string[];
  readonly limit?: readonly string[];
  readonly severity?: readonly string[];
  readonly below: boolean;
  readonly equals?: string;
  readonly band?: string;
  readonly for?: string;
  readonly clearFor: string;
  readonly silent: string;
  readonly period: string;
  readonly standard: string;
  readonly clause: string;
  readonly titleZh?: string;
  readonly titleEn?: string;
  readonly adviceZh?: string;
  readonly adviceEn?: string;
  readonly consequenceZh?: string;
  readonly consequenceEn?: string;
  readonly causeZh?: string;
  readonly causeEn?: string;
  readonly actionZh?: string;
  readonly actionEn?: string;
  readonly within: string;
}

export interface Level {
  readonly severity: Severity;
  /** The name of its limit; absent where a value is compared that is no number. */
  readonly limit: string | undefined;
}

export interface Wish
  extends Omit<NewFlags, 'limit' | 'severity' | 'band' | 'quantity' | 'equals' | 'silent'> {
  readonly id: RuleId;
  readonly trade: Trade;
  readonly quantity: Quantity;
  readonly limits: ReadonlyMap<string, number>;
  /** Lightest first. */
  readonly levels: readonly Level[];
  readonly band: number | undefined;
  /** The value that is dangerous, of a switch or an enumeration. */
  readonly equals: boolean | string | undefined;
  readonly silent: Severity | 'off';
  readonly titleZh: string;
  readonly titleEn: string;
}

export type WishResult =
  | { readonly ok: true; readonly wish: Wish }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Severities that limits take in the order in which they are given, when nobody says otherwise. */
const usual: readonly (readonly Severity[])[] = [
  [],
  ['orange'],
  ['orange', 'red'],
  ['yellow', 'orange', 'red'],
  ['blue', 'yellow', 'orange', 'red'],
];

const oneOf = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? `known: ${known.join(', ')}` : `did you mean ${meant}?`;
};

/** Splits `name=value`; the value is empty where there is no `=`. */
const pair = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

function limitsOf(flags: NewFlags, problems: string[]): Map<string, number> {
  const limits = new Map<string, number>();
  for (const given of flags.limit ?? []) {
    const [name, figure] = pair(given);
    const value = figure.trim() === '' ? Number.NaN : Number(figure);
    if (!/^[a-z][A-Za-z0-9]{0,31}$/.test(name) || !Number.isFinite(value))
      problems.push(`--limit ${given}: must be a camelCase name and a number, such as alarm=1.0`);
    else if (limits.has(name) || name === 'band') problems.push(`--limit ${given}: the name is taken`);
    else limits.set(name, value);
  }
  return limits;
}

function levelsOf(flags: NewFlags, limits: ReadonlyMap<string, number>, problems: string[]): Level[] {
  const names = [...limits.keys()];
  if (!flags.severity?.length) {
    const words = flags.equals === undefined ? usual[names.length] : usual[1];
    if (!words) problems.push(`--severity: say which limit is how grave, such as red=${names.at(-1)}`);
    return (words ?? []).map((severity, i) => ({ severity, limit: names[i] }));
  }
  const levels = flags.severity.flatMap((given): Level[] => {
    const [word, limit] = pair(given);
    const severity = Severity.safeParse(word);
    if (!severity.success) problems.push(`--severity ${given}: ${oneOf(word, severities)}`);
    else if (flags.equals === undefined && !limits.has(limit))
      problems.push(`--severity ${given}: must name a --limit, such as ${word}=${names[0] ?? 'alarm'}`);
    else return [{ severity: severity.data, limit: flags.equals === undefined ? limit : undefined }];
    return [];
  });
  return severities.flatMap((severity) => levels.find((level) => level.severity === severity) ?? []);
}

function dangerOf(flags: NewFlags, quantity: Quantity, problems: string[]): boolean | string | undefined {
  const { equals } = flags;
  if (quantity.kind === 'number') {
    if (equals !== undefined) problems.push(`--equals: ${quantity.id} is a number; use --limit`);
    return undefined;
  }
  const words = quantity.kind === 'bool' ? ['true', 'false'] : (quantity.names ?? []);
  if (flags.limit?.length) problems.push(`--limit: ${quantity.id} is no number; use --equals`);
  if (equals === undefined || !words.includes(equals)) {
    problems.push(`--equals: say which value of ${quantity.id} is dangerous: ${words.join(', ')}`);
    return undefined;
  }
  return quantity.kind === 'bool' ? equals === 'true' : equals;
}

function numberOf(flag: string, text: string | undefined, problems: string[]): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  problems.push(`--${flag} ${text}: must be a number above 0`);
  return undefined;
}

function idOf(
  name: string,
  problems: string[],
): { readonly id: RuleId | undefined; readonly trade: Trade | undefined } {
  const [folder = '', ...rest] = name.split('/');
  const trade = Trade.safeParse(folder);
  const id = RuleId.safeParse(`${folder}.${rest.join('/')}`);
  if (!trade.success) problems.push(`${name}: ${folder} is no trade; ${oneOf(folder, Trade.options)}`);
  else if (!id.success)
    problems.push(`${name}: must be <trade>/<name> in lower case, such as gas/methane.manhole`);
  return { id: id.data, trade: trade.data };
}

/** What `name` and `flags` ask for, or everything that is wrong with them. */
export function wishOf(name: string, flags: NewFlags): WishResult {
  const problems: string[] = [];
  const { id, trade } = idOf(name, problems);
  const { titleZh, titleEn } = flags;
  const quantity = quantities.get(flags.quantity ?? '');
  if (flags.quantity === undefined) problems.push('--quantity: say what is measured, such as methane');
  else if (!quantity)
    problems.push(`--quantity ${flags.quantity}: ${oneOf(flags.quantity, [...quantities.keys()])}`);
  if (titleZh === undefined) problems.push('--title-zh: say in Chinese what happened');
  if (titleEn === undefined) problems.push('--title-en: say in English what happened');
  const equals = quantity && dangerOf(flags, quantity, problems);
  const limits = limitsOf(flags, problems);
  if (quantity?.kind === 'number' && !flags.limit?.length)
    problems.push('--limit: say a figure, such as alarm=1.0');
  const levels = levelsOf(flags, limits, problems);
  const band = numberOf('band', flags.band, problems);
  const silent = flags.silent === 'off' ? 'off' : Severity.safeParse(flags.silent).data;
  if (silent === undefined)
    problems.push(`--silent ${flags.silent}: ${oneOf(flags.silent, ['off', ...severities])}`);
  for (const [flag, text] of [
    ['for', flags.for],
    ['clear-for', flags.clearFor],
    ['period', flags.period],
    ['within', flags.within],
  ] as const)
    if (text !== undefined && durationOf(text) === undefined)
      problems.push(`--${flag} ${text}: must be a duration such as 30s, 10m or 1h30m`);
  if (!id || !trade || !quantity || titleZh === undefined || titleEn === undefined || silent === undefined)
    return { ok: false, problems };
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    wish: { ...flags, id, trade, quantity, limits, levels, band, equals, silent, titleZh, titleEn },
  };
}
