/** From one YAML file to one checked rule, or to everything that is wrong with it. */
import assert from 'node:assert/strict';
import type {
  Limit,
  QualityEffect,
  Rule,
  Selection,
  SeverityRule,
} from '../../functions/domain/rules/book.ts';
import { RuleFile } from '../../functions/domain/rules/schema.ts';
import { severities } from '../../functions/domain/severity.ts';
import { type Quantity, quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { duration } from '../../functions/domain/time.ts';
import { contentVersion } from './canonical.ts';
import { type Conditions, conditionsOf } from './conditions.ts';
import { fieldProblems } from './field-problems.ts';
import { schemaOf } from './json-schema.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { meaningProblems } from './rule-meaning.ts';
import { textProblems } from './texts.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

export type RuleResult =
  | { readonly ok: true; readonly rule: Rule }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How long a quality state may hold an alarm back when the rule does not say. 30 min (semantics 5). */
const maxHoldDefault = duration(30 * 60_000);

/** What quality states do when the rule does not say (semantics 5). */
const qualityDefaults = {
  calibrating: 'hold',
  maintenance: 'hold',
  fault: 'stale',
  'over-range': 'raise',
  unknown: 'unknown',
} as const satisfies Record<string, QualityEffect>;

const ruleSchema = schemaOf(RuleFile);

function selectionOf({ select }: RuleFile): Selection {
  return {
    quantities: [select.quantity],
    ...(select.position && { positions: select.position }),
    ...(select.sourceKind && { sourceKinds: select.sourceKind }),
    ...(select.area && { areaPrefixes: select.area }),
    ...(select.grade && { grades: select.grade }),
    ...(select.tag && { tags: select.tag }),
  };
}

const limitsOf = (file: RuleFile): Readonly<Record<string, Limit>> =>
  Object.fromEntries(
    Object.entries(file.limits).map(([name, limit]) => [
      name,
      {
        value: limit.value,
        tighter: limit.tighter,
        standard: limit.standard ?? file.standard.id,
        clause: limit.clause ?? file.standard.clause,
        verified: limit.verified ?? file.standard.verified,
      },
    ]),
  );

function severitiesOf(file: RuleFile, conditions: Conditions): readonly SeverityRule[] {
  return severities.flatMap((severity) => {
    const given = file.severities[severity];
    if (!given) return [];
    const when = conditions.of(severity, 'when');
    assert(when, `${severity}.when neither compiled nor was refused`);
    const clear = conditions.of(severity, 'clear');
    assert(clear || given.clear === undefined, `${severity}.clear neither compiled nor was refused`);
    const forMs = given.for ?? duration(0);
    return [{ severity, when, ...(clear && { clear }), forMs, clearForMs: given.clearFor ?? duration(0) }];
  });
}

function assemble(file: RuleFile, quantity: Quantity, conditions: Conditions): Rule {
  const rule: Omit<Rule, 'version'> = {
    id: file.id,
    title: file.title,
    kind: file.kind,
    trade: file.trade,
    select: selectionOf(file),
    unit: file.unit,
    scale: quantity.scale,
    limits: limitsOf(file),
    severities: severitiesOf(file, conditions),
    ...(file.silent !== 'off' && {
      silent: {
        ...(file.silent.after !== undefined && { afterMs: file.silent.after }),
        severity: file.silent.severity,
      },
    }),
    quality: {
      ...qualityDefaults,
      ...Object.fromEntries(Object.entries(file.quality).filter(([, effect]) => effect !== undefined)),
    },
    maxHoldMs: file.maxHold ?? maxHoldDefault,
    ...(file.unknownFor !== undefined && { unknownForMs: file.unknownFor }),
    notEvaluable: file.notEvaluable ?? 'yellow',
    advice: file.advice,
  };
  return { ...rule, version: contentVersion(rule) };
}

const broken = (...problems: readonly Problem[]): RuleResult => ({
  ok: false,
  problems: inReadingOrder(problems),
});

function check(document: YamlDocument): RuleResult {
  const conditions = conditionsOf(document);
  const parsed = RuleFile.safeParse(document.value);
  if (!parsed.success)
    return broken(...fieldProblems(document, ruleSchema, parsed.error), ...conditions.problems);
  const file = parsed.data;
  const quantity = quantityOf(file.select.quantity);
  const problems = [...conditions.problems, ...textProblems(document, file)];
  const rule =
    quantity && conditions.problems.length === 0 ? assemble(file, quantity, conditions) : undefined;
  problems.push(...meaningProblems({ document, file, quantity, used: conditions.used, rule }));
  return rule && problems.length === 0 ? { ok: true, rule } : broken(...problems);
}

/**
 * The rule in `text`. `file` is its path below `rules/` as told to the reader; it must agree with the rule's id.
 *
 * @throws never for bad input
 */
export function readRuleFile(file: string, text: string): RuleResult {
  const document = readYaml(file, text);
  return document.problems.length > 0 ? broken(...document.problems) : check(document);
}
