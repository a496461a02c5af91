/** What the commands of `tocsin rules` share: the folder, and what is generated from it. */
import type { Output } from '../output.ts';
import { ruleSchemaText } from '../rules/json-schema.ts';
import { bookOf, bookText, type FolderResult, readRuleFolder } from '../rules/rule-folder.ts';

/** The rules of `folder`; a folder that cannot be read is wrong usage and is told. */
export async function readRulesOrTell(folder: string, output: Output): Promise<FolderResult | undefined> {
  try {
    return await readRuleFolder(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    output.remark(
      `${folder}: cannot be read (${code}); name the folder that holds the rules: --rules <folder>`,
    );
    output.exitWith(2);
    return undefined;
  }
}

/** Names below the folder of rules, and what must be in them. */
export const generatedFiles = ({
  rules,
  correlations,
  retired,
}: FolderResult): { name: string; text: string }[] => [
  {
    name: 'book.json',
    text: bookText(
      bookOf(
        rules.map(({ rule }) => rule),
        correlations,
        retired,
      ),
    ),
  },
  { name: 'rule.schema.json', text: ruleSchemaText() },
];
