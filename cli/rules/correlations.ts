/** The correlation rules of a folder: names of members become ids, circles are refused (semantics 20). */
import assert from 'node:assert/strict';
import { type RuleId, RuleId as RuleIdShape } from '../../functions/domain/ids.ts';
import { nearest } from '../../functions/domain/nearest.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import {
  type CorrelationRule,
  correlationDepthMax,
  type MemberSelection,
  type Pattern,
} from '../../functions/domain/rules/correlation-rule.ts';
import { builtInRules } from '../../functions/domain/rules/engine/built-in.ts';
import type { CorrelationFile } from '../../functions/domain/rules/schema/correlation.ts';
import { rankOf, type Severity } from '../../functions/domain/severity.ts';
import { duration } from '../../functions/domain/time.ts';
import { responseOf } from './assemble.ts';
import type { OpenCorrelation } from './book-file.ts';
import { contentVersion } from './content-version.ts';
import type { Problem } from './problem.ts';
import type { FieldPath } from './yaml-document.ts';

export interface CorrelationsResult {
  readonly correlations: readonly CorrelationRule[];
  readonly problems: readonly Problem[];
}

/** What can be a member: its id, and the gravest that it ever is. */
type Known = ReadonlyMap<string, Severity>;

interface Members {
  readonly of: readonly string[];
  readonly severity?: Severity | undefined;
}

/** The members that a file names, with their places. */
function membersOf({ correlate }: CorrelationFile): readonly (readonly [FieldPath, Members])[] {
  const { count, sequence, absence } = correlate;
  if (count) return [[['correlate', 'count'], count]];
  if (sequence)
    return [
      [['correlate', 'sequence', 'first'], sequence.first],
      [['correlate', 'sequence', 'then'], sequence.then],
    ];
  assert(absence, 'a correlation rule without a pattern was not refused');
  return [
    [['correlate', 'absence', 'first'], absence.first],
    [['correlate', 'absence', 'without'], absence.without],
  ];
}

/** Ids that `name` stands for; a beginning with a star never means the rule itself. */
const idsOf = (name: string, own: string, known: Known): readonly string[] =>
  name.endsWith('.*')
    ? [...known.keys()].filter((id) => id.startsWith(name.slice(0, -1)) && id !== own)
    : known.has(name)
      ? [name]
      : [];

function memberProblems({ document, file }: OpenCorrelation, known: Known): Problem[] {
  return membersOf(file).flatMap(([path, { of, severity }]) =>
    of.flatMap((name, i): Problem[] => {
      const ids = idsOf(name, file.id, known);
      const at = [...path, 'of', i];
      if (ids.length === 0) {
        const meant = nearest(name, known.keys());
        const what = name.endsWith('.*') ? 'no rule begins with' : 'there is no rule';
        return [
          document.problemAt(
            at,
            `${what} ${name}`,
            meant ? `did you mean \`${meant}\`?` : 'see tocsin rules list',
          ),
        ];
      }
      const reaches = ids.some((id) => rankOf(known.get(id) ?? 'signal') >= rankOf(severity ?? 'signal'));
      return reaches
        ? []
        : [document.problemAt(at, `${name} is never ${severity}`, 'ask for a lighter severity')];
    }),
  );
}

const selection = ({ of, severity }: Members, own: string, known: Known): MemberSelection => ({
  rules: [...new Set(of.flatMap((name) => idsOf(name, own, known)))]
    .sort()
    .map((id): RuleId => RuleIdShape.parse(id)),
  severityMin: severity ?? 'signal',
});

function patternOf({ id, correlate }: CorrelationFile, known: Known): Pattern {
  const { count, sequence, absence } = correlate;
  if (count) return { kind: 'count', of: selection(count, id, known), count: count.least };
  if (sequence)
    return {
      kind: 'sequence',
      first: selection(sequence.first, id, known),
      // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
      then: selection(sequence.then, id, known),
    };
  assert(absence, 'a correlation rule without a pattern was not refused');
  return {
    kind: 'absence',
    first: selection(absence.first, id, known),
    without: selection(absence.without, id, known),
  };
}

function subjectOf({
  correlate: { per },
}: CorrelationFile): Pick<CorrelationRule, 'subject' | 'groupTagPrefix'> {
  if (per === 'device' || per === 'source' || per === 'site') return { subject: per };
  return { subject: 'group', groupTagPrefix: per.slice('group:'.length) };
}

function assemble(file: CorrelationFile, known: Known): CorrelationRule {
  const { id, title, kind, trade, standard, severity, role, advice } = file;
  const rule: Omit<CorrelationRule, 'version'> = {
    id,
    title,
    kind,
    trade,
    provenance: { standard: standard.id, clause: standard.clause, verified: standard.verified },
    ...subjectOf(file),
    pattern: patternOf(file, known),
    withinMs: file.correlate.within,
    severity,
    clearForMs: file.clearFor ?? duration(0),
    role,
    ...(file.response && { response: responseOf(file.response) }),
    advice,
  };
  return { ...rule, version: contentVersion(rule) };
}

/** All rules that a pattern names. */
export const memberRulesOf = (pattern: Pattern): readonly RuleId[] => {
  switch (pattern.kind) {
    case 'count':
      return pattern.of.rules;
    case 'sequence':
      return [...pattern.first.rules, ...pattern.then.rules];
    case 'absence':
      return [...pattern.first.rules, ...pattern.without.rules];
  }
};

/** Circles, and rules that stand too high upon each other. */
function heightProblems(open: readonly OpenCorrelation[], rules: readonly CorrelationRule[]): Problem[] {
  const byId = new Map<string, CorrelationRule>(rules.map((rule) => [rule.id, rule]));
  const heights = new Map<string, number>();
  const circleFrom = new Map<string, readonly string[]>();

  function heightOf(id: string, above: readonly string[]): number {
    const rule = byId.get(id);
    if (!rule) return 0;
    if (above.includes(id)) {
      circleFrom.set(id, [...above.slice(above.indexOf(id)), id]);
      return 0;
    }
    const known = heights.get(id);
    if (known !== undefined) return known;
    const height =
      1 + Math.max(0, ...memberRulesOf(rule.pattern).map((member) => heightOf(member, [...above, id])));
    heights.set(id, height);
    return height;
  }

  return open.flatMap(({ document, file }): Problem[] => {
    const height = heightOf(file.id, []);
    const circle = circleFrom.get(file.id);
    if (circle)
      return [
        document.problemAt(['correlate'], `stands upon itself: ${circle.join(' > ')}`, 'break the circle'),
      ];
    if (height <= correlationDepthMax) return [];
    const message = `stands ${height} high upon other correlation rules, at most ${correlationDepthMax} are allowed`;
    return [document.problemAt(['correlate'], message, 'name the rules themselves')];
  });
}

const gravestOf = ({ severities }: Rule): Severity => severities.at(-1)?.severity ?? 'signal';

/** The correlation rules over `rules` and each other, with everything that is wrong between them. */
export function resolveCorrelations(
  open: readonly OpenCorrelation[],
  rules: readonly Rule[],
): CorrelationsResult {
  const known = new Map<string, Severity>([
    ...Object.values(builtInRules).map(({ ruleId }) => [ruleId, 'red'] as const),
    ...rules.map((rule) => [rule.id, gravestOf(rule)] as const),
    ...open.map(({ file }) => [file.id, file.severity] as const),
  ]);
  const problems = open.flatMap((one) => memberProblems(one, known));
  const correlations = open.map(({ file }) => assemble(file, known));
  problems.push(...heightProblems(open, correlations));
  return { correlations, problems };
}
