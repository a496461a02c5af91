/** What this room knows: words that people type. This file: the word that somebody probably meant. */

/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replace = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replace, swap));
    }
  }
  return at(a.length, b.length);
}

/** Longest word that is compared; longer ones are nobody's typing error. */
const wordMax = 64;

/**
 * The known word closest to `word`, when it is close enough to be a typing error of it.
 *
 * @example nearest('vlaue', ['value', 'quality']) // 'value'
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > wordMax) return undefined;
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const candidate of known) {
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    const close = edits <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (close && (best === undefined || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word;
}
