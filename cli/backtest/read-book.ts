/** A rule book to try: a folder of rules, or a book that was built from one. */
import { readFile, stat } from 'node:fs/promises';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { count } from '../output.ts';
import { renderProblem } from '../rules/problem.ts';
import { bookIn, readRuleFolder } from '../rules/rule-folder.ts';
import { Refused } from './refused.ts';

async function fromFile(file: string): Promise<RuleBook> {
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused(`${file}: is no JSON; name a folder of rules, or a book.json`);
  }
  try {
    return readRuleBook(json);
  } catch (error) {
    if (error instanceof AdapterError) throw new Refused(`${file}: ${error.message}`);
    throw error;
  }
}

async function fromFolder(folder: string): Promise<RuleBook> {
  const read = await readRuleFolder(folder);
  const { problems } = read;
  if (problems.length > 0)
    throw new Refused(
      `${problems.map(renderProblem).join('\n')}\n${folder}: ${count(problems.length, 'finding')}; a book with findings is not tried`,
    );
  return bookIn(read);
}

/** The book at `path`. @throws Refused when there is none, or when its rules have findings */
export async function readBook(path: string): Promise<RuleBook> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch {
    throw new Refused(`${path}: there is no such folder of rules or book.json`);
  }
  return isFolder ? fromFolder(path) : fromFile(path);
}
