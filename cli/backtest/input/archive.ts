/** Messages out of the archive: gzip NDJSON as the delivery stream writes it, or the same unpacked. */
import { type Envelope, parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import { errorCode } from '../../error-code.ts';
import type { InputFile } from './archive-files.ts';
import { type ByteSource, type Ending, openBytes } from './bytes.ts';
import { blocksOf, type Line, lineLengthMax } from './lines.ts';
import { createOrder, type Order, type Place } from './order.ts';
import { otherFormat } from './other-format.ts';
import { type Troubles, troubleAt } from './troubles.ts';

/** A message with where it stands. */
export interface Sourced {
  readonly envelope: Envelope;
  readonly file: string;
  readonly line: number;
}

/** Where messages go, in order of their receive times. */
export interface MessageSink {
  take(message: Sourced): void;
  /** Some of what was received after `at` is missing: that nothing comes proves nothing. */
  hole(at: number): void;
}

export interface ArchiveParts {
  readonly sink: MessageSink;
  readonly troubles: Troubles;
  /** Bytes of the files that have been read. */
  read(bytes: number): void;
}

/** Every message of `files`; what cannot be read is told, and the rest goes on. */
export async function readArchive(files: readonly InputFile[], parts: ArchiveParts): Promise<void> {
  const order = createOrder({ open: (text, place) => openLine(text, place, parts), hole: parts.sink.hole });
  for (const { path } of files) await readOne(path, order, parts);
  order.end();
}

async function readOne(path: string, order: Order, parts: ArchiveParts): Promise<void> {
  const { troubles } = parts;
  let source: ByteSource;
  try {
    source = await openBytes(path);
  } catch (error) {
    const message = `cannot be read (${errorCode(error)})`;
    troubles.add('unreadable', troubleAt(path, 0, message, 'check the rights of the file'));
    return;
  }
  const blocks = blocksOf(source, parts.read);
  for (;;) {
    const next = await blocks.next();
    if (next.done === true) {
      tellEnding(path, next.value, order, parts);
      return;
    }
    const block = next.value;
    const other = block.first === 1 ? otherFormat(block.text ?? block.lines()[0]?.text ?? '') : undefined;
    if (other !== undefined) {
      troubles.add('format', troubleAt(path, 0, `is ${other.what}, no archive`, other.remedy));
      await blocks.return({ ending: { kind: 'whole' }, last: 0, rest: '' });
      return;
    }
    if (block.text === undefined) takeLines(path, block.lines(), order, troubles);
    else takeText(path, block.text, block.first, order, troubles);
  }
}

function tellEnding(
  path: string,
  { ending, last, rest }: { readonly ending: Ending; readonly last: number; readonly rest: string },
  order: Order,
  { troubles }: ArchiveParts,
): void {
  if (ending.kind === 'whole') {
    if (last === 0) troubles.add('empty', troubleAt(path, 0, 'is empty', 'fetch it again'));
    return;
  }
  const what =
    ending.kind === 'cut'
      ? 'is cut in the middle of its gzip data'
      : `has damaged gzip data (${ending.problem})`;
  const kept = `the ${last} whole lines before were used`;
  troubles.add('cut', troubleAt(path, last + 1, `${what}; ${kept}`, 'fetch it again', { excerpt: rest }));
  order.hole();
}

const asArchive = 'an archive has one JSON envelope a line; give a CSV by its own name';
/** As the archive's lines write it; anything else is found out when the line is opened. */
const marker = '"receivedAt":';

/** The digits at `from` as a number; 0 when there are none. */
function digitsAt(text: string, from: number): number {
  let value = 0;
  for (let i = from; i < from + 16; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  return value;
}

/** Puts the lines of `text` in order, by the receive time that each says. */
function takeText(path: string, text: string, first: number, order: Order, troubles: Troubles): void {
  const id = order.text(path, text);
  let line = first;
  for (
    let from = 0, end = text.indexOf('\n');
    end >= 0;
    from = end + 1, end = text.indexOf('\n', from), line++
  ) {
    if (end - from > lineLengthMax) tooLong(path, line, text.slice(from, from + 200), troubles);
    else if (end > from && text[from] !== '\r') {
      const said = text.indexOf(marker, from);
      const at = said >= 0 && said < end ? digitsAt(text, said + marker.length) : 0;
      order.add(id, from, line, at > 0 ? at : order.newest);
    }
  }
}

/** Lines of a block that holds bytes that are no text: those of the others are used. */
function takeLines(path: string, lines: readonly Line[], order: Order, troubles: Troubles): void {
  for (const { text, number, trouble } of lines) {
    if (trouble === 'too-long') tooLong(path, number, text, troubles);
    else if (trouble === 'not-utf8')
      troubles.add(
        trouble,
        troubleAt(path, number, 'the line is not UTF-8', 'fetch the file again', { excerpt: text }),
      );
    else takeText(path, `${text}\n`, number, order, troubles);
  }
}

const tooLong = (path: string, line: number, excerpt: string, troubles: Troubles): void =>
  troubles.add('too-long', troubleAt(path, line, 'the line is longer than 1 MB', asArchive, { excerpt }));

function openLine(text: string, { file, line }: Place, { sink, troubles }: ArchiveParts): void {
  const parsed = parseEnvelope(text, { messageId: `${file}:${line}`, sentAt: instant(0) });
  if (parsed.ok) {
    sink.take({ envelope: parsed.envelope, file, line });
    return;
  }
  const isJson = !parsed.refusal.detail.startsWith('the body is not JSON');
  const message = isJson
    ? `the line is no message: ${parsed.refusal.detail.split(';')[0]}`
    : 'the line is no JSON';
  troubles.add(
    isJson ? 'no-envelope' : 'no-json',
    troubleAt(file, line, message, asArchive, { excerpt: text }),
  );
}
