/** A YAML text as data with the place of every field; only the harmless part of YAML is accepted. */
import assert from 'node:assert/strict';
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { ruleFileBytesMax } from '../../functions/domain/rules/schema/words.ts';
import { nestingMax, nestingOf } from './nesting.ts';
import { plainYaml } from './plain-yaml.ts';
import type { Problem } from './problem.ts';

/** Most findings of the YAML reader itself that are told of one file. */
const syntaxProblemsMax = 20;

export type FieldPath = readonly (string | number)[];

/** A file that was read: its data, and where each field of it stands. */
export interface YamlDocument {
  /** Its path, as told to the reader. */
  readonly file: string;
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** A finding at the value of `path`, or at its nearest ancestor in the file. */
  readonly problemAt: (path: FieldPath, message: string, remedy?: string, offset?: number) => Problem;
  /** The same at the name of the field `key` in the mapping at `path`. */
  readonly problemAtKey: (path: FieldPath, key: string, message: string, remedy?: string) => Problem;
}

type Place = (offset: number, field: string, message: string, remedy?: string) => Problem;

function placeIn(file: string, text: string, lines: LineCounter): Place {
  return (offset, field, message, remedy) => {
    const { line, col } = lines.linePos(offset);
    const start = lines.lineStarts[line - 1] ?? 0;
    const excerpt = text.slice(start, lines.lineStarts[line] ?? text.length).replace(/\r?\n$/, '');
    return {
      file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      field,
      message,
      excerpt,
      ...(remedy && { remedy }),
    };
  };
}

const dotted = (path: FieldPath): string => (path.length === 0 ? '-' : path.join('.'));

const shadowing: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

/** What YAML can do and a rule may not: names for later use, types of its own, keys that shadow. */
function forbidden(document: Document.Parsed, place: Place): Problem[] {
  const found: Problem[] = [];
  const refuse = (node: Node, message: string, remedy: string): void => {
    found.push(place(node.range?.[0] ?? 0, '-', message, remedy));
  };
  const look = (node: unknown): void => {
    if (!isNode(node)) return;
    if (isAlias(node)) {
      refuse(node, `alias *${node.source} is not allowed`, 'write the value out');
      return;
    }
    if (node.anchor !== undefined)
      refuse(node, `anchor &${node.anchor} is not allowed`, 'write the value out');
    if (node.tag !== undefined) refuse(node, `tag ${node.tag} is not allowed`, 'leave the tag out');
    if (isSeq(node)) for (const item of node.items) look(item);
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      look(key);
      if (isScalar(key) && shadowing.has(key.value))
        refuse(key, `field ${String(key.value)} is not allowed`, 'leave the field out');
      look(value);
    }
  };
  look(document.contents);
  return found;
}

/** The node at `path`, or the deepest one on the way to it. */
function nodeAt(document: Document.Parsed, path: FieldPath): Node | undefined {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node)) return node;
  }
  return document.contents ?? undefined;
}

/** Where in the file character `offset` of a scalar's text stands; the start of the scalar where that is unclear. */
function offsetIn(text: string, node: Node | undefined, offset: number): number {
  const start = node?.range?.[0] ?? 0;
  if (!isScalar(node) || typeof node.value !== 'string') return start;
  if (text.startsWith(node.value, start)) return start + offset;
  return text.startsWith(node.value, start + 1) ? start + 1 + offset : start;
}

/** A file that holds no data that anybody may use. */
function withoutValue(file: string, problems: readonly Problem[]): YamlDocument {
  const more = (): Problem => assert.fail('a file that was refused has no fields');
  return { file, value: undefined, problems, problemAt: more, problemAtKey: more };
}

/** YAML's own findings; none when the text is one clean document. */
function syntaxProblems(documents: readonly Document.Parsed[], place: Place): Problem[] {
  const first = documents[0];
  const second = documents[1];
  if (!first) return [place(0, '-', 'the file is empty', 'write a rule, or delete the file')];
  const syntax = [...first.errors, ...first.warnings]
    .slice(0, syntaxProblemsMax)
    .map((error) => place(error.pos[0], '-', error.message));
  if (second)
    syntax.push(place(second.range[0], '-', 'a second document begins here', 'keep one document a file'));
  return [...syntax, ...forbidden(first, place)];
}

/** Why a text is not even parsed. */
function refusalOf(text: string): { readonly message: string; readonly remedy: string } | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > ruleFileBytesMax)
    return {
      message: `the file has ${bytes} bytes, at most ${ruleFileBytesMax} are allowed`,
      remedy: 'split it',
    };
  if (nestingOf(text) <= nestingMax) return undefined;
  return { message: `nested more than ${nestingMax} deep`, remedy: 'flatten it: a rule needs 4 levels' };
}

function parse(text: string, lineCounter: LineCounter): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    stringKeys: true,
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter,
  });
  return Array.isArray(documents) ? documents : [];
}

/** Where the name of field `key` stands in the mapping at `path`. */
function keyOffset(document: Document.Parsed, path: FieldPath, key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const items = isMap(map) ? map.items : [];
  const pair = items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  const node = isNode(pair?.key) ? pair.key : nodeAt(document, path);
  return node?.range?.[0] ?? 0;
}

/** `readYaml` by the parser of all of YAML, which knows where everything stands. */
export function readWholeYaml(file: string, text: string): YamlDocument {
  const refusal = refusalOf(text);
  const lines = new LineCounter();
  const place = placeIn(file, text, lines);
  if (refusal) {
    lines.addNewLine(0);
    return withoutValue(file, [place(0, '-', refusal.message, refusal.remedy)]);
  }
  const documents = parse(text, lines);
  const problems = syntaxProblems(documents, place);
  const [document] = documents;
  if (!document || problems.length > 0) return withoutValue(file, problems);
  return {
    file,
    value: document.toJS({ maxAliasCount: 0 }),
    problems,
    problemAt: (path, message, remedy, offset = 0) =>
      place(offsetIn(text, nodeAt(document, path), offset), dotted(path), message, remedy),
    problemAtKey: (path, key, message, remedy) =>
      place(keyOffset(document, path, key), dotted([...path, key]), message, remedy),
  };
}

/**
 * Reads one YAML 1.2 document of the core schema: unique text keys, no anchors, aliases, tags or second document.
 *
 * A text that is plain is read at once, and parsed in full only when something in it has to be located.
 *
 * @throws never
 */
export function readYaml(file: string, text: string): YamlDocument {
  // What is refused by the one reader is refused by the other: brackets in a comment count for both.
  const plain = refusalOf(text) === undefined ? plainYaml(text) : undefined;
  if (!plain) return readWholeYaml(file, text);
  let whole: YamlDocument | undefined;
  const located = (): YamlDocument => {
    whole ??= readWholeYaml(file, text);
    return whole;
  };
  return {
    file,
    value: plain.value,
    problems: [],
    problemAt: (...finding) => located().problemAt(...finding),
    problemAtKey: (...finding) => located().problemAtKey(...finding),
  };
}
