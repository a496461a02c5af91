/** What each field of a correlation rule may say only together with the others. */
import type { CorrelationFile } from '../../functions/domain/rules/schema/correlation.ts';
import type { Problem } from './problem.ts';
import { identityProblems } from './rule-meaning.ts';
import { textProblems } from './texts.ts';
import type { YamlDocument } from './yaml-document.ts';

const patterns = ['count', 'sequence', 'absence'] as const;

function onePattern(document: YamlDocument, { correlate }: CorrelationFile): Problem[] {
  const given = patterns.filter((pattern) => correlate[pattern] !== undefined);
  if (given.length === 1) return [];
  const [, second] = given;
  return second === undefined
    ? [document.problemAt(['correlate'], 'has no pattern', `write one of ${patterns.join(', ')}`)]
    : [document.problemAtKey(['correlate'], second, 'a second pattern', 'write a rule for each')];
}

function response(document: YamlDocument, file: CorrelationFile): Problem[] {
  if (file.response || file.severity === 'signal') return [];
  return [
    document.problemAt(
      ['response'],
      'is missing: from blue to red an alarm says what to do',
      'write response: { consequence, cause, action, within }, each text with zh and en',
    ),
  ];
}

/** Findings in a correlation rule by itself. */
export const checkCorrelation = (document: YamlDocument, file: CorrelationFile): Problem[] => [
  ...identityProblems(document, file.id, file.trade),
  ...onePattern(document, file),
  ...response(document, file),
  ...textProblems(document, file),
];
