/** The words of an expression. */
import { validation } from '../errors.ts';

/** Longest text of an expression. */
const expressionBytesMax = 4096;

export type Token =
  | { readonly kind: 'word' | 'name' | 'value' | 'digits' | 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '<EOF>' };

/** Where an expression stands in a request, as AWS names it in its messages. */
export type Place =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

const kinds = ['word', 'name', 'value', 'digits', 'sign'] as const;
const pattern =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([0-9]+)|(<>|<=|>=|[()=<>,.[\]+-]))/y;

/** Reads an expression word by word; everything it refuses is a ValidationException that names the place. */
export interface Reader {
  readonly place: Place;
  readonly peek: () => Token;
  readonly next: () => Token;
  /** True, and one word on, when the next one is this sign or this keyword in any case. */
  readonly took: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly fail: (message: string) => Error;
  /** What AWS says when the next word has no business here. */
  readonly unexpected: () => Error;
}

export function readerOf(place: Place, text: string): Reader {
  const fail = (message: string) => validation(`Invalid ${place}: ${message}`);
  if (text === '') throw fail('The expression can not be empty;');
  const size = Buffer.byteLength(text);
  if (size > expressionBytesMax)
    throw fail(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
  const tokens = tokensOf(text, fail);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '<EOF>' };
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const unexpected = () => {
    const near = [tokens[at - 1], tokens[at], tokens[at + 1]].map((token) => token?.text ?? '').join(' ');
    return fail(`Syntax error; token: "${peek().text}", near: "${near.trim()}"`);
  };
  const took = (wanted: string) => {
    const { kind, text: found } = peek();
    const isIt = kind === 'sign' ? found === wanted : kind === 'word' && found.toUpperCase() === wanted;
    if (isIt) at += 1;
    return isIt;
  };
  const expect = (wanted: string) => {
    if (!took(wanted)) throw unexpected();
  };
  return { place, peek, next, took, expect, fail, unexpected };
}

function tokensOf(text: string, fail: (message: string) => Error): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    const group = match === null ? -1 : kinds.findIndex((_, at) => match[at + 1] !== undefined);
    const kind = kinds[group];
    if (match === null || kind === undefined)
      throw fail(
        `Syntax error; token: "${text.slice(from).trim()[0]}", near: "${text.slice(from, from + 20)}"`,
      );
    tokens.push({ kind, text: match[group + 1] ?? '' });
  }
  return tokens;
}
