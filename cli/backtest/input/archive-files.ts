/** Which files of an archive are read, in which order. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';

export interface InputFile {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Firehose ends an object's name with the time of its first record: `…-1-2026-03-01-09-05-00-<uuid>.gz`. */
const stamp = /(\d{4}-\d{2}-\d{2}-\d{2}-\d{2}-\d{2})/;

const timeKey = (path: string): string => {
  const day = /day=(\d{4}-\d{2}-\d{2})/.exec(path)?.[1] ?? '';
  return `${stamp.exec(basename(path))?.[1] ?? day} ${path}`;
};

/**
 * The file itself, or all files below the folder in order of their time; hidden ones are left out.
 *
 * @throws Error of the file system when `path` cannot be read
 */
export async function archiveFiles(path: string): Promise<readonly InputFile[]> {
  const found = await stat(path);
  if (!found.isDirectory()) return [{ path, sizeBytes: found.size }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const visible = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !file
          .slice(path.length)
          .split(sep)
          .some((part) => part.startsWith('.')),
    );
  const sized = await Promise.all(
    visible.map(async (file) => ({ path: file, sizeBytes: (await stat(file)).size })),
  );
  const keyed = sized.map((file) => ({ file, key: timeKey(file.path) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ file }) => file);
}
