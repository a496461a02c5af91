/** The rule of a case as it is for the source that the case sets: with its limits, its mode. */
import type { Limit, Rule, SeverityRule } from '../../functions/domain/rules/book.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import type { Case, ProofFile, Setting } from './proof-file.ts';

/** What a case sets, over what the proof sets for all. */
export function settingOf({ set: common }: ProofFile, { set: own }: Case): Setting {
  const limits = { ...common?.limits, ...own?.limits };
  return { ...common, ...own, ...(Object.keys(limits).length > 0 && { limits }) };
}

/** The figure that counts for the source: set by somebody, by substance, by grade, by default. */
function limitFor(limit: Limit, name: string, { limits, substance, grade }: Setting): Limit {
  const { byGrade, bySubstance, value: byDefault, ...rest } = limit;
  const value =
    limits?.[name] ?? bySubstance?.[substance ?? ''] ?? byGrade?.[String(grade ?? '')] ?? byDefault;
  return value === undefined ? rest : { ...rest, value };
}

/** `of` with the mode written in. */
function inMode(of: Expression, mode: string): Expression {
  const inside = (part: Expression): Expression => inMode(part, mode);
  switch (of.op) {
    case 'literal':
    case 'window':
      return of;
    case 'input':
      return of.name === 'mode' ? { op: 'literal', value: mode } : of;
    case 'not':
    case 'negate':
    case 'absolute':
    case 'peers':
      return { ...of, of: inside(of.of) };
    case 'least':
    case 'greatest':
      return { ...of, of: of.of.map(inside) };
    case 'willReach':
      return { ...of, limit: inside(of.limit) };
    case 'if':
      // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
      return { ...of, when: inside(of.when), then: inside(of.then), else: inside(of.else) };
    case 'in':
      return { ...of, left: inside(of.left) };
    default:
      return { ...of, left: inside(of.left), right: inside(of.right) };
  }
}

const severityInMode = (severity: SeverityRule, mode: string): SeverityRule => ({
  ...severity,
  when: inMode(severity.when, mode),
  ...(severity.clear && { clear: inMode(severity.clear, mode) }),
});

/** `rule` with everything in it that `setting` fixes. */
export function ruleFor(rule: Rule, setting: Setting): Rule {
  const limits = Object.entries(rule.limits).map(([name, limit]) => [name, limitFor(limit, name, setting)]);
  const { mode } = setting;
  return {
    ...rule,
    limits: Object.fromEntries(limits),
    ...(mode !== undefined && { severities: rule.severities.map((one) => severityInMode(one, mode)) }),
  };
}
