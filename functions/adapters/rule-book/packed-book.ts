/**
 * A rule book as it lies beside a bundle: checked when the bundle was made, read rule by rule as devices need them.
 *
 * A function that starts has 15 ms. To parse a thousand rules takes as long, to check them field by field ten times as
 * long; one device needs a dozen of them. So bundling checks the book once and packs it: a head with the place of every
 * rule and who watches what, then each rule as JSON of its own. The digest of all of it, which the bundle carries, says
 * at each start that nothing has come in between.
 */
import { hash } from 'node:crypto';
import type { Rule, RuleBook, Selection } from '../../domain/rules/book.ts';
import { AdapterError } from '../adapter-error.ts';

/** What stands in front: everything but the rules, and where these are. */
interface Head extends Omit<RuleBook, 'rules' | 'watching'> {
  /** Of each rule, in the order of the book: what it watches, and its bytes. */
  readonly selections: readonly Selection[];
  readonly sizes: readonly number[];
  /** Places in the book of the rules that may watch a quantity. */
  readonly watching: Readonly<Record<string, readonly number[]>>;
  /** Of those that may watch a quantity that no rule names. */
  readonly watchingAny: readonly number[];
}

const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes);

const opened = new WeakSet<object>();

/** `book` packed, and the digest with which it can be opened. It must have been checked. */
export function packBook({ rules, ...rest }: RuleBook): {
  readonly bytes: Uint8Array;
  readonly digest: string;
} {
  const texts = rules.map((rule) => Buffer.from(JSON.stringify(rule)));
  const placesOf = (quantity: string | undefined): readonly number[] =>
    rules.flatMap(({ select: { quantities } }, place) =>
      quantities.length === 0 || (quantity !== undefined && quantities.includes(quantity)) ? [place] : [],
    );
  const named = new Set(rules.flatMap(({ select }) => select.quantities));
  const head: Head = {
    ...rest,
    selections: rules.map(({ select }) => select),
    sizes: texts.map(({ length }) => length),
    watching: Object.fromEntries([...named].map((quantity) => [quantity, placesOf(quantity)])),
    watchingAny: placesOf(undefined),
  };
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...texts]);
  return { bytes, digest: digestOf(bytes) };
}

/**
 * The book in `bytes`, whose rules are parsed when they are asked for.
 *
 * @throws AdapterError, not retryable, when the bytes are not those that `digest` was made of
 */
export function openBook(bytes: Uint8Array, digest: string): RuleBook {
  if (digestOf(bytes) !== digest)
    throw new AdapterError('the rule book beside the bundle is not the one it was made with: deploy again', {
      cause: undefined,
      retryable: false,
    });
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const headEnd = buffer.indexOf('\n');
  const head: Head = JSON.parse(buffer.toString('utf8', 0, headEnd));
  const { selections, sizes, watching, watchingAny, ...rest } = head;
  const starts: number[] = [];
  let end = headEnd + 1;
  for (const size of sizes) {
    starts.push(end);
    end += size;
  }
  const parsed: (Rule | undefined)[] = [];
  const ruleAt = (place: number): Rule => {
    const known = parsed[place];
    if (known !== undefined) return known;
    const start = starts[place] ?? 0;
    const rule: Rule = JSON.parse(buffer.toString('utf8', start, start + (sizes[place] ?? 0)));
    parsed[place] = rule;
    return rule;
  };
  let all: readonly Rule[] | undefined;
  const book: RuleBook = {
    ...rest,
    get rules() {
      all ??= sizes.map((_, place) => ruleAt(place));
      return all;
    },
    watching: (quantity, isWanted) => {
      const places = Object.hasOwn(watching, quantity) ? watching[quantity] : watchingAny;
      return (places ?? []).filter((place) => isSelected(selections[place], isWanted)).map(ruleAt);
    },
  };
  opened.add(book);
  return book;
}

const isSelected = (selection: Selection | undefined, isWanted: (select: Selection) => boolean): boolean =>
  selection !== undefined && isWanted(selection);

/** True for what `openBook` gave. */
export const wasPacked = (json: unknown): json is RuleBook =>
  typeof json === 'object' && json !== null && opened.has(json);
