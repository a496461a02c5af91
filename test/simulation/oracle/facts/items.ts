import type { Item } from '../../history.ts';

/** The text of an attribute; undefined when there is none. */
export const textOf = (item: Item | undefined, name: string): string | undefined => item?.[name]?.S;

/** The number of an attribute; undefined when there is none. */
export function numberOf(item: Item | undefined, name: string): number | undefined {
  const text = item?.[name]?.N;
  return text === undefined ? undefined : Number(text);
}

/** What names an item within its table. */
export const keyOf = (item: Item): string =>
  textOf(item, 'id') ?? `${textOf(item, 'pk') ?? '?'}/${textOf(item, 'sk') ?? '?'}`;

/** The JSON in an attribute; undefined when there is none or it cannot be read. */
export function jsonOf(item: Item | undefined, name: string): unknown {
  const text = textOf(item, name);
  return text === undefined ? undefined : parsed(text);
}

/** The value of a JSON text; undefined when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
