/** The synthesised stacks, made again only when something that goes into them has changed. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repository } from './paths.ts';

/** Folders and files that the app reads; the lock file stands for every package. */
const inputs = ['infra', 'functions', 'rules/book.json', 'cdk.json', 'tsconfig.json', 'package-lock.json'];

async function filesUnder(relative: string): Promise<string[]> {
  const absolute = path.join(repository, relative);
  const entries = await readdir(absolute, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [absolute];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** A hash over the names and contents of everything that goes into the stacks, and over their context. */
export async function assemblyStamp(context: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(context));
  const files = (await Promise.all(inputs.map(filesUnder))).flat().sort();
  for (const file of files) {
    hash.update(path.relative(repository, file)).update('\0');
    hash.update(await readFile(file)).update('\0');
  }
  return hash.digest('hex');
}

const stampOf = (assembly: string) => path.join(assembly, 'inputs.sha256');

/** True when the assembly was made from exactly these inputs. */
export async function assemblyIsCurrent(assembly: string, stamp: string): Promise<boolean> {
  if (!existsSync(path.join(assembly, 'manifest.json')) || !existsSync(stampOf(assembly))) return false;
  return (await readFile(stampOf(assembly), 'utf8')) === stamp;
}

export async function stampAssembly(assembly: string, stamp: string): Promise<void> {
  await writeFile(stampOf(assembly), stamp);
}
