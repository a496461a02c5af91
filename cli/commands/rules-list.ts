/** `tocsin rules list`: the book as a person reads it. */
import type { Limit, Rule } from '../../functions/domain/rules/book.ts';
import { count, type Output } from '../output.ts';
import { figureOf, tableLines, unverifiedLimits } from '../rules/unverified.ts';
import { readRulesOrTell } from './rules-folder.ts';

export interface ListOptions {
  readonly rules: string;
  readonly json: boolean;
  readonly unverified: boolean;
}

const limitLine = (name: string, limit: Limit, unit: string): string => {
  const figure = `${figureOf(limit)} ${limit.unit ?? unit}`.padEnd(12);
  return `    ${name.padEnd(10)} ${figure} ${limit.standard}, ${limit.clause}${limit.verified ? '' : '  (not verified)'}`;
};

function ruleLines(rule: Rule): string[] {
  const severities = rule.severities.map(({ severity }) => severity).join(' < ');
  return [
    `${rule.id}  ${rule.title.en} · ${rule.title.zh}`,
    `    ${severities}; version ${rule.version}`,
    ...Object.entries(rule.limits).map(([name, limit]) => limitLine(name, limit, rule.unit)),
  ];
}

/** What nobody has read in an official text yet, a table a standard. */
function tellUnverified(rules: readonly Rule[], json: boolean, output: Output): void {
  const standards = unverifiedLimits(rules);
  if (json) {
    output.line(JSON.stringify(standards, null, 2));
    return;
  }
  for (const { standard, limits } of standards) {
    const rows = limits.map(({ rule, limit, value, unit, clause, source }) => [
      rule,
      limit,
      value,
      unit,
      clause,
      source,
    ]);
    const table = tableLines([['rule', 'limit', 'value', 'unit', 'clause', 'read in'], ...rows]);
    output.line(`${standard}\n${table.map((line) => `  ${line}`).join('\n')}\n`);
  }
  const many = standards.reduce((sum, { limits }) => sum + limits.length, 0);
  output.line(`${count(many, 'limit')} to verify in the official text`);
}

function tellRules(rules: readonly Rule[], json: boolean, output: Output): void {
  if (json) {
    output.line(JSON.stringify(rules, null, 2));
    return;
  }
  for (const rule of rules) output.line(`${ruleLines(rule).join('\n')}\n`);
  output.line(count(rules.length, 'rule'));
}

/** Tells every rule of the folder; findings are for `check`, here they only change the exit code. */
export async function listRules(options: ListOptions, output: Output): Promise<void> {
  const read = await readRulesOrTell(options.rules, output);
  if (!read) return;
  const rules = read.rules.map(({ rule }) => rule);
  (options.unverified ? tellUnverified : tellRules)(rules, options.json, output);
  if (read.problems.length === 0) return;
  output.remark(`${count(read.problems.length, 'finding')}: see tocsin rules check`);
  output.exitWith(1);
}
