/** Bytes as numbered lines. */
import type { ByteSource, Ending } from './bytes.ts';

/** Longest line that is read: a message of 120 KB in base64 with the broker's fields is a sixth of it. Characters. */
export const lineLengthMax: number = 1024 * 1024;

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its end. */
  readonly text: string;
  /** `not-utf8`: some bytes are no text; `too-long`: only the beginning is here. */
  readonly trouble?: 'not-utf8' | 'too-long';
}

export interface LinesEnd {
  readonly ending: Ending;
  /** Number of the last line. */
  readonly last: number;
  /** What lies after the last line end, where the file was cut: never a whole line. */
  readonly rest: string;
}

const newline = 0x0a;
const bom = '\ufeff';

/** Text of bytes that may be damaged, for showing it. */
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Some whole lines as they stand in the file. */
export interface Block {
  /** Number of its first line. */
  readonly first: number;
  /** The lines, each with its end; `undefined` when some bytes are no text. */
  readonly text: string | undefined;
  /** The lines one by one. */
  lines(): readonly Line[];
}

function blockOf(bytes: Buffer, first: number): Block {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { first, text: undefined, lines: () => splitDamaged(bytes, first) };
  }
  if (first === 1 && text.startsWith(bom)) text = text.slice(1);
  const lines = (): readonly Line[] => {
    const all = text.split('\n');
    all.pop();
    return all.map((line, i) => lineOf(line, first + i));
  };
  return { first, text, lines };
}

/** Line by line, so that only those that hold the damage are told. */
function splitDamaged(bytes: Buffer, first: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
    const line = bytes.subarray(from, end);
    const number = first + lines.length;
    try {
      lines.push(lineOf(strict.decode(line), number));
    } catch {
      lines.push({ ...lineOf(lenient.decode(line), number), trouble: 'not-utf8' });
    }
    from = end + 1;
  }
  return lines;
}

function lineOf(raw: string, number: number): Line {
  const start = number === 1 && raw.startsWith(bom) ? 1 : 0;
  const text = raw.slice(start, raw.endsWith('\r') ? -1 : undefined);
  return text.length > lineLengthMax
    ? { number, text: text.slice(0, 200), trouble: 'too-long' }
    : { number, text };
}

/** Lines of `source`, some at a time. */
export async function* blocksOf(
  source: ByteSource,
  read: (bytes: number) => void,
): AsyncGenerator<Block, LinesEnd> {
  const pieces = source.pieces(read);
  let last = 0;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for (;;) {
      const next = await pieces.next();
      if (next.done === true) {
        const { value: ending } = next;
        const isWhole = ending.kind === 'whole';
        if (isWhole && rest.length > 0) {
          last++;
          yield blockOf(Buffer.concat([rest, Buffer.from('\n')]), last);
        }
        return { ending, last, rest: isWhole ? '' : lenient.decode(rest.subarray(0, 200)) };
      }
      const bytes = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
      const end = bytes.lastIndexOf(newline) + 1;
      // Of an endless line the beginning is enough to refuse it.
      rest = bytes.subarray(end, end + 4 * lineLengthMax);
      if (end === 0) continue;
      const whole = bytes.subarray(0, end);
      const block = blockOf(whole, last + 1);
      for (let at = whole.indexOf(newline); at >= 0; at = whole.indexOf(newline, at + 1)) last++;
      yield block;
    }
  } finally {
    await pieces.return({ kind: 'whole' });
  }
}

/** The same line by line; the byte order mark and carriage returns are taken away. */
export async function* linesOf(
  source: ByteSource,
  read: (bytes: number) => void,
): AsyncGenerator<readonly Line[], LinesEnd> {
  const blocks = blocksOf(source, read);
  try {
    for (;;) {
      const next = await blocks.next();
      if (next.done === true) return next.value;
      yield next.value.lines();
    }
  } finally {
    await blocks.return({ ending: { kind: 'whole' }, last: 0, rest: '' });
  }
}
