import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { KeyRange } from './expressions/key-condition.ts';
import { countBefore } from './sorted.ts';
import { compareValues } from './values.ts';

interface Sorted {
  readonly sort: AttributeValue | undefined;
}

/** Where in a partition the lines of a range lie: from the first to before the last. */
export function spanOf(
  lines: readonly Sorted[],
  { sign, value, to }: KeyRange,
): { readonly from: number; readonly to: number } {
  const all = lines.length;
  if (sign === undefined || value === undefined) return { from: 0, to: all };
  const below = (bound: AttributeValue) => countBefore(lines, (line) => order(line, bound) < 0);
  const upTo = (bound: AttributeValue) => countBefore(lines, (line) => order(line, bound) <= 0);
  switch (sign) {
    case '=':
      return { from: below(value), to: upTo(value) };
    case '<':
      return { from: 0, to: below(value) };
    case '<=':
      return { from: 0, to: upTo(value) };
    case '>':
      return { from: upTo(value), to: all };
    case '>=':
      return { from: below(value), to: all };
    case 'between':
      return { from: below(value), to: upTo(to ?? value) };
    case 'begins_with': {
      const prefix = value.S ?? '';
      // What begins with a text stands together, from the text itself on.
      const isBeforeEnd = (line: Sorted) => order(line, value) < 0 || (line.sort?.S ?? '').startsWith(prefix);
      return { from: below(value), to: countBefore(lines, isBeforeEnd) };
    }
    default:
      return sign satisfies never;
  }
}

const order = ({ sort }: Sorted, bound: AttributeValue): number =>
  sort === undefined ? 0 : (compareValues(sort, bound) ?? 0);
