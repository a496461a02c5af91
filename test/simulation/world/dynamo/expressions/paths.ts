/** Document paths: where in an item an expression looks. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../history.ts';
import { unknownHere } from '../errors.ts';
import { type Given, type Notes, note } from './parsed.ts';
import { reservedWords } from './reserved-words.ts';
import type { Reader } from './tokens.ts';

export interface Path {
  /** Attribute of the item as written: its name, or a placeholder. */
  readonly first: string;
  /** Ways into maps (as written) and lists. */
  readonly steps: readonly (string | number)[];
}

export function parsePath(reader: Reader, notes: Notes): Path {
  const first = parseName(reader, notes);
  note(notes.attributes, first);
  const steps: (string | number)[] = [];
  for (;;) {
    if (reader.took('.')) steps.push(parseName(reader, notes));
    else if (reader.took('[')) {
      const { kind, text } = reader.peek();
      if (kind !== 'digits') throw reader.unexpected();
      reader.next();
      reader.expect(']');
      steps.push(Number(text));
    } else return { first, steps };
  }
}

/** An attribute of the item itself: writing into maps and lists is more than the product asks for. */
export function parseTopLevel(reader: Reader, notes: Notes): string {
  const { first, steps } = parsePath(reader, notes);
  if (steps.length > 0) throw unknownHere(`a path into a document in an ${reader.place}`);
  return first;
}

function parseName(reader: Reader, notes: Notes): string {
  const { kind, text } = reader.peek();
  if (kind !== 'word' && kind !== 'name') throw reader.unexpected();
  if (kind === 'name') note(notes.names, text);
  else if (reservedWords.has(text.toUpperCase()))
    throw reader.fail(`Attribute name is a reserved keyword; reserved keyword: ${text}`);
  reader.next();
  return text;
}

/** The name that is meant. */
export const nameOf = (written: string, given: Given): string =>
  written.startsWith('#') ? (given.names?.[written] ?? written) : written;

export function valueAt(path: Path, item: Item | undefined, given: Given): AttributeValue | undefined {
  let value = item?.[nameOf(path.first, given)];
  for (const step of path.steps)
    value = typeof step === 'number' ? value?.L?.[step] : value?.M?.[nameOf(step, given)];
  return value;
}
