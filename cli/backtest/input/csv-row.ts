/** One line of CSV as cells (RFC 4180), with the separators that spreadsheets use. */

export const separators = [',', ';', '\t'] as const;
export type Separator = (typeof separators)[number];

const quote = '"';

/** True when a quote is still open at the end of `text`: the row goes on in the next line. */
export function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) quotes++;
  return quotes % 2 === 1;
}

/** The cells of a row, without the blanks around them; a cell in quotes may hold separators and doubled quotes. */
export function cellsOf(row: string, separator: Separator): readonly string[] {
  if (!row.includes(quote)) {
    const cells = row.split(separator);
    for (let i = 0; i < cells.length; i++) cells[i] = cells[i]?.trim() ?? '';
    return cells;
  }
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < row.length; i++) {
    const char = row[i] ?? '';
    if (char === quote) {
      if (isQuoted && row[i + 1] === quote) {
        cell += quote;
        i++;
      } else isQuoted = !isQuoted;
    } else if (char === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

/** The separator that a header uses most. @example separatorOf('time;a,b;c') // ';' */
export function separatorOf(header: string): Separator | undefined {
  const many = separators.map((separator) => ({ separator, cells: cellsOf(header, separator).length }));
  const best = many.reduce((a, b) => (b.cells > a.cells ? b : a));
  return best.cells > 1 ? best.separator : undefined;
}
