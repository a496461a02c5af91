/** Which files a folder of rules holds, and what in it is no file that anybody reads. */

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { errorCode } from '../error-code.ts';
import type { Problem } from './problem.ts';

const ruleSuffix = '.yaml';
const proofSuffix = '.test.yaml';

/** Path of the proof beside a rule. @example proofFileOf('gas/x.yaml') // 'gas/x.test.yaml' */
export const proofFileOf = (file: string): string => file.replace(/\.yaml$/, proofSuffix);

export interface RuleFolder {
  /** Paths below the folder with `/`, in the order of their code units. */
  readonly ruleFiles: readonly string[];
  readonly proofFiles: readonly string[];
  /** What looks like a rule and is not read. */
  readonly problems: readonly Problem[];
}

/** How `file` of the folder `root` is told to a reader: relative to where the command was called. */
export const shownPath = (root: string, file: string): string =>
  relative(process.cwd(), join(root, file)).split(sep).join('/');

/** A finding about a file as a whole. */
export const wholeFile = (file: string, message: string, remedy: string): Problem => ({
  file,
  line: 1,
  column: 1,
  field: '-',
  message,
  remedy,
  excerpt: '',
});

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** What is wrong with `entry`, which is no folder; `undefined` for a rule, a proof and what is none of our business. */
async function misfit(
  path: string,
  entry: Dirent,
): Promise<readonly [message: string, remedy: string] | undefined> {
  const isNamedSo = /\.ya?ml$/i.test(entry.name);
  if (entry.isSymbolicLink())
    return isNamedSo || (await isFolder(path))
      ? ['is a symbolic link, which is not followed', 'put the file itself here']
      : undefined;
  if (!isNamedSo) return undefined;
  if (!entry.isFile()) return ['is no file', 'put a file here, or delete it'];
  return entry.name.endsWith(ruleSuffix)
    ? undefined
    : ['is not read', `rename it: rules end in ${ruleSuffix}`];
}

/** The YAML files of `root`, however deep; links are not followed, so that nothing goes in circles. @throws when `root` cannot be read */
export async function listRuleFolder(root: string): Promise<RuleFolder> {
  const files: string[] = [];
  const problems: Problem[] = [];
  const walk = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
      const file = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name.endsWith(ruleSuffix))
          problems.push(
            wholeFile(shownPath(root, file), 'is a folder', 'a rule is a file: rename the folder'),
          );
        await walk(file).catch((error: unknown) => {
          const code = errorCode(error);
          const remedy = 'give yourself the right to read it';
          problems.push(wholeFile(shownPath(root, file), `cannot be read (${code})`, remedy));
        });
        continue;
      }
      const wrong = await misfit(join(root, file), entry);
      if (wrong) problems.push(wholeFile(shownPath(root, file), ...wrong));
      else if (entry.name.endsWith(ruleSuffix)) files.push(file);
    }
  };
  await walk('');
  files.sort();
  return {
    ruleFiles: files.filter((file) => !file.endsWith(proofSuffix)),
    proofFiles: files.filter((file) => file.endsWith(proofSuffix)),
    problems,
  };
}
