/** `tocsin rules list`: the book as a person reads it. */
import type { Limit, Rule } from '../../functions/domain/rules/book.ts';
import { count, type Output } from '../output.ts';
import { readRulesOrTell } from './rules-folder.ts';

const limitLine = (name: string, limit: Limit, unit: string): string => {
  const figure = `${limit.value} ${unit}`.padEnd(12);
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

/** Tells every rule of the folder; findings are for `check`, here they only change the exit code. */
export async function listRules(
  options: { readonly rules: string; readonly json: boolean },
  output: Output,
): Promise<void> {
  const read = await readRulesOrTell(options.rules, output);
  if (!read) return;
  const rules = read.rules.map(({ rule }) => rule);
  if (options.json) output.line(JSON.stringify(rules, null, 2));
  else {
    for (const rule of rules) output.line(`${ruleLines(rule).join('\n')}\n`);
    output.line(count(rules.length, 'rule'));
  }
  if (read.problems.length === 0) return;
  output.remark(`${count(read.problems.length, 'finding')}: see tocsin rules check`);
  output.exitWith(1);
}
