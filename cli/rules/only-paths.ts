/** Files and folders that somebody named, and what is found in them. */
import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';

export type PathsResult =
  | { readonly ok: true; readonly holds: (file: string) => boolean }
  | { readonly ok: false; readonly message: string };

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

/** Which files are named by `paths`, all of `root` when there are none; a path that is not there is wrong usage. */
export async function onlyPaths(root: string, paths: readonly string[]): Promise<PathsResult> {
  const wanted = paths.map((path) => resolve(path));
  for (const [i, path] of wanted.entries()) {
    const shown = paths[i] ?? path;
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (!isThere) return { ok: false, message: `${shown}: no such file or folder` };
    if (!isBelow(path, resolve(root)) && !isBelow(resolve(root), path))
      return {
        ok: false,
        message: `${shown}: lies outside of the rules in ${relative('', resolve(root)) || '.'}; name another folder with --rules`,
      };
  }
  return {
    ok: true,
    holds: (file) => wanted.length === 0 || wanted.some((path) => isBelow(resolve(file), path)),
  };
}
