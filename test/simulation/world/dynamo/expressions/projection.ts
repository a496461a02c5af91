import type { Item } from '../../../history.ts';
import { validation } from '../errors.ts';
import { type Given, remembering } from './parsed.ts';
import { nameOf, parseTopLevel } from './paths.ts';

/** The attributes that a projection names, as written. */
export const projectionOf = remembering('ProjectionExpression', (reader, notes): readonly string[] => {
  const names = [parseTopLevel(reader, notes)];
  while (reader.took(',')) names.push(parseTopLevel(reader, notes));
  notes.checks.push((given) => {
    const meant = names.map((name) => nameOf(name, given));
    const twice = meant.find((name, at) => meant.indexOf(name) < at);
    if (twice !== undefined)
      throw validation(
        `Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [${twice}], path two: [${twice}]`,
      );
  });
  return names;
});

/** A copy of the item with these attributes alone. */
export function projected(item: Item, names: readonly string[], given: Given): Record<string, Item[string]> {
  const part: Record<string, Item[string]> = {};
  for (const written of names) {
    const name = nameOf(written, given);
    const value = item[name];
    if (value !== undefined) part[name] = value;
  }
  return part;
}
