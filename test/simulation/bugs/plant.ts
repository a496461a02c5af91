import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { type SeededBug, withBug } from './bug.ts';

/** Where a file of the project is, told from its folder. */
export const locationOf = (file: string): URL => new URL(`../../../${file}`, import.meta.url);

/**
 * From now on whoever imports the bug's file in this thread gets it with the bug in it. The product's own files stay as they
 * are; nothing of it may have been imported before.
 *
 * @throws Error when the bug no longer applies
 */
export function plant(bug: SeededBug): void {
  const location = locationOf(bug.file);
  const source = withBug(readFileSync(location, 'utf8'), bug);
  registerHooks({
    load: (url, context, next) =>
      url === location.href
        ? { format: 'module-typescript', source, shortCircuit: true }
        : next(url, context),
  });
}
