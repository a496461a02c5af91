/** From one YAML file to one checked rule, or to everything that is wrong with it. */
import type { Rule } from '../../functions/domain/rules/book.ts';
import { RuleFile } from '../../functions/domain/rules/schema.ts';
import { type Quantity, quantities, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { assemble } from './assemble.ts';
import { conditionsOf, quantityNames } from './conditions.ts';
import { fieldProblems } from './field-problems.ts';
import { schemaOf } from './json-schema.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { meaningProblems } from './rule-meaning.ts';
import { textProblems } from './texts.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

export type RuleResult =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const ruleSchema = schemaOf(RuleFile);

/** Decimal places of a rule on whatever is measured as a number: those of the finest quantity. */
const finestScale = Math.max(...[...quantities.values()].map(({ scale }) => scale));

const broken = (...problems: readonly Problem[]): RuleResult => ({
  ok: false,
  problems: inReadingOrder(problems),
});

const scaleOf = (measured: readonly Quantity[]): number =>
  measured.length === 0 ? finestScale : Math.max(...measured.map(({ scale }) => scale));

/** The rule in `document`. */
export function checkRule(document: YamlDocument): RuleResult {
  const conditions = conditionsOf(document);
  const parsed = RuleFile.safeParse(document.value);
  if (!parsed.success)
    return broken(...fieldProblems(document, ruleSchema, parsed.error), ...conditions.problems);
  const file = parsed.data;
  const names = quantityNames(file.select.quantity);
  const measured = names.flatMap((name) => quantityOf(name) ?? []);
  const problems = [...conditions.problems, ...textProblems(document, file)];
  const isWhole = measured.length === names.length && conditions.problems.length === 0;
  const rule = isWhole ? assemble(file, scaleOf(measured), conditions) : undefined;
  problems.push(
    ...meaningProblems({
      document,
      file,
      quantities: measured,
      scale: scaleOf(measured),
      used: conditions.used,
      rule,
    }),
  );
  return rule && problems.length === 0 ? { ok: true, rule } : broken(...problems);
}

/**
 * The rule in `text`. `file` is its path below `rules/` as told to the reader; it must agree with the rule's id.
 *
 * @throws never for bad input
 */
export function readRuleFile(file: string, text: string): RuleResult {
  const document = readYaml(file, text);
  return document.problems.length > 0 ? broken(...document.problems) : checkRule(document);
}
