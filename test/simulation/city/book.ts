import { bookIn, readRuleFolder } from '../../../cli/rules/rule-folder.ts';
import { readRuleBook } from '../../../functions/adapters/rule-book/read-rule-book.ts';
import type { RuleBook } from '../../../functions/domain/rules/book.ts';

/** The rule books of the city: as it is deployed, and as it was in the version before. */
export interface Books {
  readonly live: RuleBook;
  /** Other texts, so other versions of all rules; the same verdicts. */
  readonly before: RuleBook;
}

/** Builds the books out of a folder of rules the way `tocsin rules build` does. */
export async function readBooks(folder: string): Promise<Books> {
  const read = await readRuleFolder(folder);
  const [first] = read.problems;
  if (first !== undefined) throw new Error(`${first.file}: ${first.message}`);
  const live = readRuleBook(JSON.parse(JSON.stringify(bookIn(read))));
  const former = (version: string): string => version.split('').reverse().join('');
  const before: RuleBook = {
    ...live,
    version: former(live.version),
    rules: live.rules.map((rule) => ({ ...rule, version: former(rule.version) })),
  };
  return { live, before };
}
