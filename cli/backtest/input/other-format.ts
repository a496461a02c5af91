/** Files that are neither an archive nor CSV, known by their first bytes. */

/** What a file of another format begins with, what it is, and what to do. */
const formats: readonly (readonly [string, string, string])[] = [
  ['PK\u0003\u0004', 'a ZIP archive or an Excel workbook', 'unpack it; save a sheet as CSV UTF-8'],
  ['\ufffd\ufffd\u0011\u0871', 'an old Office document', 'save the sheet as CSV UTF-8'],
  ['PAR1', 'Parquet', 'export it as CSV'],
  ['Obj\u0001', 'Avro', 'export it as CSV'],
  ['ORC', 'ORC', 'export it as CSV'],
  ['BZh', 'bzip2', 'unpack it: bunzip2'],
  ['\ufffd7zXZ', 'xz', 'unpack it: unxz'],
  ['(\ufffd/\ufffd', 'zstd', 'unpack it: unzstd'],
  ['7z\ufffd\ufffd', '7-Zip', 'unpack it'],
  ['SQLite format 3', 'an SQLite database', 'export the table as CSV'],
  ['%PDF', 'a PDF', 'ask for the data behind it as CSV'],
  ['<', 'XML or HTML', 'export it as CSV'],
];

export interface OtherFormat {
  readonly what: string;
  readonly remedy: string;
}

/**
 * What `head`, the first line of a file, says that the file is, if it is nothing that a backtest reads.
 *
 * @example otherFormat('PAR1…')?.what // 'Parquet'
 */
export function otherFormat(head: string): OtherFormat | undefined {
  for (const [start, what, remedy] of formats) if (head.startsWith(start)) return { what, remedy };
  if (head.includes('\u0000'))
    return {
      what: 'binary, or text in UTF-16',
      remedy: 'save it as text in UTF-8: iconv -f UTF-16 -t UTF-8',
    };
  return undefined;
}
