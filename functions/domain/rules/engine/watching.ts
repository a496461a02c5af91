/** What this room knows: what a rule means. This file: the rules of a book by what they watch, so that none is looked at in vain. */
import type { Rule, RuleBook, Selection } from '../book.ts';

interface Index {
  readonly byQuantity: ReadonlyMap<string, readonly Rule[]>;
  /** For a quantity that no rule names. */
  readonly ofAny: readonly Rule[];
}

const built = new WeakMap<RuleBook, Index>();

/**
 * The rules that watch a sensor of `quantity`, in the order of the book: of those that name it, or no quantity at all,
 * the ones whose selection `isWanted`.
 */
export function rulesWatching(
  book: RuleBook,
  quantity: string,
  isWanted: (select: Selection) => boolean,
): readonly Rule[] {
  if (book.watching !== undefined) return book.watching(quantity, isWanted);
  let index = built.get(book);
  if (index === undefined) {
    index = indexOf(book.rules);
    built.set(book, index);
  }
  return (index.byQuantity.get(quantity) ?? index.ofAny).filter(({ select }) => isWanted(select));
}

function indexOf(rules: readonly Rule[]): Index {
  const byQuantity = new Map<string, Rule[]>();
  const ofAny: Rule[] = [];
  for (const rule of rules) {
    const { quantities } = rule.select;
    for (const quantity of quantities) if (!byQuantity.has(quantity)) byQuantity.set(quantity, ofAny.slice());
    if (quantities.length > 0)
      for (const quantity of new Set(quantities)) byQuantity.get(quantity)?.push(rule);
    else {
      ofAny.push(rule);
      for (const list of byQuantity.values()) list.push(rule);
    }
  }
  return { byQuantity, ofAny };
}
