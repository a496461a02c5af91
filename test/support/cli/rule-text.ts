import { readRuleFile } from '../../../cli/rules/rule-file.ts';

export const response =
  'response: { consequence: { zh: 后果, en: A }, cause: { zh: 原因, en: B }, action: { zh: 措施, en: C }, within: 5m }';

export interface Given {
  readonly head?: string;
  readonly limits?: string;
  readonly orange: string;
  readonly red?: string;
}

/** A methane rule with these severities, each on a line of its own. */
export const rule = ({
  head = '',
  limits = 'alarm: { value: 1, tighter: lower }',
  orange,
  red,
}: Given): string =>
  `id: coal-mine.test
title: { zh: 测试, en: A test }
trade: coal-mine
standard: { id: AQ 1029-2019, clause: "1", verified: false }
select: { quantity: methane }
unit: "%{vol}"
${head}limits:
  ${limits}
severities:
  orange: { ${orange}, ${response} }
${red === undefined ? '' : `  red: { ${red}, ${response} }\n`}silent: off
notEvaluable: yellow
advice: { zh: 撤离, en: leave }
`;

export const read = (text: string) => readRuleFile('rules/coal-mine/test.yaml', text);

export const findings = (given: Given | string): string[] => {
  const found = read(typeof given === 'string' ? given : rule(given));
  return found.ok
    ? []
    : found.problems.map(
        ({ field, message, remedy }) => `${field}: ${message}${remedy ? ` [${remedy}]` : ''}`,
      );
};
