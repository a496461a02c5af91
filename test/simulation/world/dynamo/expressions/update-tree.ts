/** Updates as they are written. */
import { type Notes, note, remembering } from './parsed.ts';
import { type Path, parsePath, parseTopLevel } from './paths.ts';
import type { Reader } from './tokens.ts';

/** What a SET reads: a path, a placeholder, or a function of them. */
export type Source =
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'if_not_exists'; readonly path: Path; readonly otherwise: Source }
  | { readonly kind: 'list_append'; readonly left: Source; readonly right: Source };

export interface SetAction {
  readonly kind: 'SET';
  readonly name: string;
  readonly from: Source;
  /** `SET a = from + than`. */
  readonly sign: '+' | '-' | undefined;
  readonly than: Source | undefined;
}

export type Action =
  | SetAction
  | { readonly kind: 'REMOVE'; readonly name: string }
  | { readonly kind: 'ADD' | 'DELETE'; readonly name: string; readonly value: string };

const sections = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;

/** Actions in the order of the text; names as written. */
export const updateOf = remembering('UpdateExpression', (reader, notes): readonly Action[] => {
  const actions: Action[] = [];
  const seen = new Set<string>();
  while (reader.peek().kind !== 'end') {
    const section = sections.find((one) => reader.took(one));
    if (section === undefined) throw reader.unexpected();
    if (seen.has(section))
      throw reader.fail(`The "${section}" section can only be used once in an update expression;`);
    seen.add(section);
    do actions.push(parseAction(section, reader, notes));
    while (reader.took(','));
  }
  return actions;
});

function parseAction(section: Action['kind'], reader: Reader, notes: Notes): Action {
  const name = parseTopLevel(reader, notes);
  switch (section) {
    case 'SET':
      return parseSet(name, reader, notes);
    case 'REMOVE':
      return { kind: section, name };
    case 'ADD':
    case 'DELETE':
      return { kind: section, name, value: parsePlaceholder(reader, notes) };
    default:
      return section satisfies never;
  }
}

function parseSet(name: string, reader: Reader, notes: Notes): SetAction {
  reader.expect('=');
  const from = parseSource(reader, notes);
  const sign = (['+', '-'] as const).find((one) => reader.took(one));
  return { kind: 'SET', name, from, sign, than: sign === undefined ? undefined : parseSource(reader, notes) };
}

function parseSource(reader: Reader, notes: Notes): Source {
  const { kind, text } = reader.peek();
  if (kind === 'value') return { kind, value: parsePlaceholder(reader, notes) };
  if (kind === 'word' && text === 'if_not_exists') {
    reader.next();
    reader.expect('(');
    const path = parsePath(reader, notes);
    reader.expect(',');
    const otherwise = parseSource(reader, notes);
    reader.expect(')');
    return { kind: 'if_not_exists', path, otherwise };
  }
  if (kind === 'word' && text === 'list_append') {
    reader.next();
    reader.expect('(');
    const left = parseSource(reader, notes);
    reader.expect(',');
    const right = parseSource(reader, notes);
    reader.expect(')');
    return { kind: 'list_append', left, right };
  }
  return { kind: 'path', path: parsePath(reader, notes) };
}

function parsePlaceholder(reader: Reader, notes: Notes): string {
  const { kind, text } = reader.next();
  if (kind !== 'value') throw reader.unexpected();
  note(notes.values, text);
  return text;
}
