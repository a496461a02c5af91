/** The proof of a new rule: readings from its limits, and what the engine makes of them. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { durationOf } from '../../functions/domain/rules/schema/words.ts';
import { roundHalfEven } from '../../functions/domain/telemetry/round.ts';
import type { ProofFile } from '../proofs/proof-file.ts';
import { type Came, runCase } from '../proofs/run-case.ts';
import { readSeries } from '../proofs/series.ts';
import { durationText } from '../rules/duration-text.ts';
import { scalar } from './rule-text.ts';
import type { Wish } from './wish.ts';

interface Draft {
  readonly name: string;
  readonly shows: ProofFile['cases'][number]['shows'];
  readonly readings: string;
}

export type ProofText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** How far a normal value stays away from the lightest limit and its band. Smallest steps of the quantity. */
const distance = 10;

/** Values that say it all: harmless, just short of the lightest limit, and at the limit of each level. */
function valuesOf({ quantity, levels, limits, below, band = 0, equals }: Wish): {
  readonly normal: string;
  readonly short: string;
  readonly danger: readonly string[];
} {
  if (equals !== undefined) {
    const others = quantity.kind === 'bool' ? ['true', 'false'] : (quantity.names ?? []);
    const normal = others.find((word) => word !== String(equals)) ?? '';
    return { normal, short: normal, danger: levels.map(() => String(equals)) };
  }
  const figures = levels.map(({ limit }) => limits.get(limit ?? '') ?? 0);
  const [first = 0] = figures;
  const step = 10 ** -quantity.scale;
  const sign = below ? 1 : -1;
  const { min, max } = quantity.physical ?? { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
  const away = (by: number): string =>
    String(roundHalfEven(Math.min(max, Math.max(min, first + sign * by)), quantity.scale + 3));
  return { normal: away(band + distance * step), short: away(step), danger: figures.map(String) };
}

function draftsOf(wish: Wish): Draft[] {
  const { normal, short, danger } = valuesOf(wish);
  const period = durationOf(wish.period) ?? 1;
  const steps = (text: string | undefined): number => Math.ceil((durationOf(text ?? '0s') ?? 0) / period);
  const run = (value: string, more: number): string => (more === 0 ? value : `${value}x${more}`);
  const hold = steps(wish.for);
  const top = danger.at(-1) ?? normal;
  const graver = wish.levels.map(({ severity }) => severity).join(' and ');
  const rises = [...new Set(danger)].map((value) => run(value, hold)).join(' ');
  const drafts: Draft[] = [
    {
      name: `raises ${graver} at ${wish.levels.length > 1 ? 'their limits' : 'its limit'}`,
      shows: 'fires',
      readings: `${normal} ${rises}`,
    },
    { name: 'stays silent just below', shows: 'below', readings: run(short, 60) },
    {
      name: 'recovers once it is over',
      shows: 'recovers',
      readings: `${run(top, hold)} ${run(normal, steps(wish.clearFor) + 1)}`,
    },
    { name: 'a sensor that stops reporting is found', shows: 'silence', readings: `${normal} _x4` },
    { name: 'a fault is an alert on the data', shows: 'quality', readings: `${normal} !fault` },
  ];
  return drafts.filter(({ shows }) => shows !== 'silence' || wish.silent !== 'off');
}

/** True when what came is what a case of this kind is there to show. */
function isShown({ shows }: Draft, came: readonly Came[], rule: Rule): boolean {
  const own = came.filter(({ rule: id }) => id === rule.id);
  switch (shows) {
    case 'fires':
      return rule.severities.every(({ severity }) => own.some((one) => one.severity === severity));
    case 'below':
      return came.length === 0;
    case 'recovers':
      return own.some(({ change }) => change === 'recovered');
    case 'silence':
      return own.some(({ trigger }) => trigger === 'silence');
    default:
      return came.some(({ rule: id }) => id === 'data.fault');
  }
}

function expectation({ at, change, severity, trigger, marks, rule }: Came, own: string): string {
  const parts = [`at: ${durationText(at)}`, `change: ${change}`, `severity: ${severity}`];
  if (trigger === 'silence') parts.push(`trigger: ${trigger}`);
  if (marks.length > 0) parts.push(`marks: [${marks.join(', ')}]`);
  if (rule !== own) parts.push(`rule: ${rule}`);
  return `      - { ${parts.join(', ')} }`;
}

/** The proof of `rule`, which `wish` asked for; its cases were run, and each shows what it says. */
export function proofText(wish: Wish, rule: Rule): ProofText {
  const lines: string[] = [];
  const sensor = { period: durationOf(wish.period) ?? 1 };
  for (const draft of draftsOf(wish)) {
    const series = readSeries(draft.readings);
    if (!series.ok) return { ok: false, message: `${draft.readings}: ${series.message}` };
    const one = { ...draft, readings: series.steps, expect: [] };
    const came = runCase(rule, { rule: rule.id, sensor, cases: [one] }, one);
    if (!isShown(draft, came, rule))
      return {
        ok: false,
        message: `no readings are known that show: ${draft.name} (tried ${draft.readings}); choose other limits, or write the proof by hand`,
      };
    lines.push(
      `  - name: ${scalar(draft.name)}`,
      `    shows: ${draft.shows}`,
      `    readings: ${draft.readings}`,
      ...(came.length === 0
        ? ['    expect: []']
        : ['    expect:', ...came.map((each) => expectation(each, rule.id))]),
      '',
    );
  }
  const head = [
    '# Written with the rule. Add the cases of your trade: dead bands, steps between severities, test gas.',
    `rule: ${rule.id}`,
    `sensor: { period: ${wish.period} }`,
    'cases:',
  ];
  return { ok: true, text: `${[...head, ...lines].join('\n').trimEnd()}\n` };
}
