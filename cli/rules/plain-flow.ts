/** Values of one line in the plain part of YAML (`plain-yaml.ts`): scalars, `[lists]` and `{ mappings }`. */
import { type PlainScalar, plainScalar, quotedScalar } from './plain-scalar.ts';

/** Deepest nesting that is read here. Levels. */
export const plainNestingMax = 16;

/** Names of fields that need no second look; `null` and the like are no names. */
const name = /^(?!(?:null|true|false|constructor|prototype)$)[A-Za-z0-9][A-Za-z0-9_-]{0,60}$/i;
export const isPlainName = (text: string): boolean => name.test(text);

const inFlow = /[^,[\]{}"']*/y;
const spaces = / */y;

/** A line from `at` on. Every method leaves `undefined` behind once something is met that is not plain. */
class FlowText {
  at: number;
  readonly line: string;
  constructor(line: string, at: number) {
    this.line = line;
    this.at = at;
  }

  skipSpaces(): void {
    spaces.lastIndex = this.at;
    this.at += spaces.exec(this.line)?.[0].length ?? 0;
  }

  take(char: string): boolean {
    if (this.line[this.at] !== char) return false;
    this.at++;
    return true;
  }

  quoted(): PlainScalar | undefined {
    const quote = this.line[this.at] ?? '';
    const end = this.line.indexOf(quote, this.at + 1);
    // A doubled single quote is an escape.
    if (end < 0 || this.line[end + 1] === quote) return undefined;
    const inside = this.line.slice(this.at + 1, end);
    this.at = end + 1;
    return quotedScalar(inside);
  }

  /** Text up to what ends it in a list or mapping. */
  bare(): string {
    inFlow.lastIndex = this.at;
    const text = inFlow.exec(this.line)?.[0] ?? '';
    this.at += text.length;
    return text.trimEnd();
  }
}

/** The value that begins here, inside of `depth` others. */
function flowValue(text: FlowText, depth: number): { readonly value: unknown } | undefined {
  text.skipSpaces();
  const first = text.line[text.at];
  if (first === '"' || first === "'") return text.quoted();
  if (first === '[') return depth < plainNestingMax ? flowList(text, depth + 1) : undefined;
  if (first === '{') return depth < plainNestingMax ? flowMapping(text, depth + 1) : undefined;
  const bare = text.bare();
  // A quote inside of a text ends what is read here.
  return text.line[text.at] === '"' || text.line[text.at] === "'" ? undefined : plainScalar(bare);
}

/** Whether another entry follows; `undefined` when neither a comma nor `close` stands here. */
function goesOn(text: FlowText, close: string): boolean | undefined {
  text.skipSpaces();
  if (text.take(close)) return false;
  return text.take(',') ? true : undefined;
}

function flowList(text: FlowText, depth: number): { readonly value: unknown[] } | undefined {
  text.at++;
  text.skipSpaces();
  const value: unknown[] = [];
  if (text.take(']')) return { value };
  for (;;) {
    const item = flowValue(text, depth);
    if (!item) return undefined;
    value.push(item.value);
    const more = goesOn(text, ']');
    if (more === undefined) return undefined;
    if (!more) return { value };
  }
}

/** The name of an entry, with its colon taken. */
function flowName(text: FlowText): string | undefined {
  text.skipSpaces();
  const isQuoted = text.line[text.at] === '"';
  const end = isQuoted ? text.line.indexOf('"', text.at + 1) : text.line.indexOf(':', text.at);
  if (end < 0) return undefined;
  const written = text.line.slice(text.at + (isQuoted ? 1 : 0), end);
  const colon = isQuoted ? end + 1 : end;
  if (text.line[colon] !== ':' || text.line[colon + 1] !== ' ' || !isPlainName(written)) return undefined;
  text.at = colon + 2;
  return written;
}

function flowMapping(text: FlowText, depth: number): { readonly value: object } | undefined {
  text.at++;
  text.skipSpaces();
  const value: Record<string, unknown> = {};
  if (text.take('}')) return { value };
  for (;;) {
    const field = flowName(text);
    if (field === undefined || Object.hasOwn(value, field)) return undefined;
    const entry = flowValue(text, depth);
    if (!entry) return undefined;
    value[field] = entry.value;
    const more = goesOn(text, '}');
    if (more === undefined) return undefined;
    if (!more) return { value };
  }
}

/** The value that fills `line` from `at` to its end, inside of `depth` others. */
export function lineValue(line: string, at: number, depth: number): { readonly value: unknown } | undefined {
  const text = new FlowText(line, at);
  text.skipSpaces();
  const first = line[text.at];
  if (first !== '"' && first !== "'" && first !== '[' && first !== '{')
    return plainScalar(line.slice(text.at));
  const found = flowValue(text, depth);
  return text.at === line.length ? found : undefined;
}
