/**
 * The YAML that rules are nearly always written in, read ten times faster than by the parser of all of YAML.
 *
 * A check of a thousand rules is mostly parsing. Here only the obvious is read: names, texts, numbers, lists and mappings
 * by indentation or on one line. Whatever else stands in a file (escapes, text over several lines, anchors, tabs, anything
 * wrong) makes the answer `undefined`, and then the parser of the library decides. What is read here says the same as there.
 */
import { isPlainName, lineValue, plainNestingMax } from './plain-flow.ts';

/** Control characters, tabs, other line ends, halves of characters, and blanks that JavaScript trims and YAML does not. */
const strange =
  /[^\n\x20-\x7e\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff\ue000-\ufefe\uff00-\uffef]/;
const entry = /^([A-Za-z0-9_-]+):(?: +(?=\S)|$)/;

interface Line {
  readonly indent: number;
  readonly text: string;
}

interface Lines {
  readonly all: Line[];
  next: number;
}

/** Lines that say something; `undefined` where a line ends in a space. */
function linesOf(text: string): Lines | undefined {
  const all: Line[] = [];
  for (const written of text.split('\n')) {
    const said = written.trimStart();
    if (said === '') {
      if (written !== '') return undefined;
      continue;
    }
    if (said.startsWith('#')) continue;
    if (said.endsWith(' ')) return undefined;
    all.push({ indent: written.length - said.length, text: said });
  }
  return { all, next: 0 };
}

/** The lines below one that ends with its name. */
function block(lines: Lines, above: number, depth: number): { readonly value: unknown } | undefined {
  const first = lines.all[lines.next];
  if (!first || first.indent <= above || depth >= plainNestingMax) return undefined;
  return first.text.startsWith('- ') ? list(lines, first.indent, depth) : mapping(lines, first.indent, depth);
}

/** Whether the next line belongs to what is indented by `indent`; `undefined` when it is deeper, as only text over several lines is. */
function isNextAt(lines: Lines, indent: number): boolean | undefined {
  const next = lines.all[lines.next];
  if (!next || next.indent < indent) return false;
  return next.indent === indent ? true : undefined;
}

function mapping(lines: Lines, indent: number, depth: number): { readonly value: object } | undefined {
  const value: Record<string, unknown> = {};
  for (;;) {
    const line = lines.all[lines.next];
    const found = line && entry.exec(line.text);
    const name = found?.[1];
    if (!line || !found || name === undefined || !isPlainName(name) || Object.hasOwn(value, name))
      return undefined;
    lines.next++;
    const inside =
      found[0].length === line.text.length
        ? block(lines, indent, depth + 1)
        : lineValue(line.text, found[0].length, depth + 1);
    if (!inside) return undefined;
    value[name] = inside.value;
    const more = isNextAt(lines, indent);
    if (more === undefined) return undefined;
    if (!more) return { value };
  }
}

/** What follows `- `: a mapping whose first entry stands beside the mark, or a value. */
function item(lines: Lines, line: Line, depth: number): { readonly value: unknown } | undefined {
  const text = line.text.slice(2);
  const indent = line.indent + 2;
  if (!entry.test(text)) {
    lines.next++;
    return text.startsWith(' ') ? undefined : lineValue(text, 0, depth);
  }
  lines.all[lines.next] = { indent, text };
  return depth < plainNestingMax ? mapping(lines, indent, depth) : undefined;
}

function list(lines: Lines, indent: number, depth: number): { readonly value: unknown[] } | undefined {
  const value: unknown[] = [];
  for (;;) {
    const line = lines.all[lines.next];
    if (!line?.text.startsWith('- ')) return undefined;
    const found = item(lines, line, depth + 1);
    if (!found) return undefined;
    value.push(found.value);
    const more = isNextAt(lines, indent);
    if (more === undefined) return undefined;
    if (!more) return { value };
  }
}

/** What `text` says when all of it is plain; `undefined` says nothing about it. */
export function plainYaml(text: string): { readonly value: unknown } | undefined {
  if (strange.test(text)) return undefined;
  const lines = linesOf(text);
  if (lines?.all[0]?.indent !== 0) return undefined;
  const found = mapping(lines, 0, 1);
  return found && lines.next === lines.all.length ? found : undefined;
}
