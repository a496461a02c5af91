/** Messages out of the archive: gzip NDJSON as the delivery stream writes it, or the same unpacked. */
import { type Envelope, parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { InputFile } from './archive-files.ts';
import { type ByteSource, type Ending, openBytes } from './bytes.ts';
import { type Line, linesOf } from './lines.ts';
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

/** Objects of the stream overlap by what it buffers, 5 min; the queue behind it may add some. Milliseconds. */
export const reorderMs: number = 15 * 60_000;
/** Messages that wait to be put in order, at most. */
export const waitingMax = 200_000;

/** Puts messages in order of receive time as far as they wait together. */
function createOrder(sink: MessageSink) {
  let waiting: Sourced[] = [];
  let newest = 0;
  const release = (until: number): void => {
    waiting.sort((a, b) => a.envelope.receivedAt - b.envelope.receivedAt);
    const end = waiting.findIndex(({ envelope }) => envelope.receivedAt > until);
    const ready = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    for (const message of ready) sink.take(message);
  };
  return {
    add(message: Sourced): void {
      waiting.push(message);
      newest = Math.max(newest, message.envelope.receivedAt);
      if (waiting.length < waitingMax) return;
      release(newest - reorderMs);
      if (waiting.length >= waitingMax / 2) release(waiting[waitingMax / 4]?.envelope.receivedAt ?? newest);
    },
    fileEnded: () => release(newest - reorderMs),
    end: () => release(Number.POSITIVE_INFINITY),
    get newest() {
      return newest;
    },
  };
}

type Order = ReturnType<typeof createOrder>;

/** Every message of `files`; what cannot be read is told, and the rest goes on. */
export async function readArchive(files: readonly InputFile[], parts: ArchiveParts): Promise<void> {
  const order = createOrder(parts.sink);
  for (const { path } of files) {
    await readOne(path, order, parts);
    order.fileEnded();
  }
  order.end();
}

async function readOne(path: string, order: Order, parts: ArchiveParts): Promise<void> {
  let source: ByteSource;
  try {
    source = await openBytes(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    parts.troubles.add(
      'unreadable',
      troubleAt(path, 0, `cannot be read: ${why}`, 'check the rights of the file'),
    );
    return;
  }
  const lines = linesOf(source, parts.read);
  for (;;) {
    const next = await lines.next();
    if (next.done === true) {
      tellEnding(path, next.value, order, parts);
      return;
    }
    const [first] = next.value;
    const other = first?.number === 1 ? otherFormat(first.text) : undefined;
    if (other !== undefined) {
      parts.troubles.add('format', troubleAt(path, 0, `is ${other.what}, no archive`, other.remedy));
      return;
    }
    for (const line of next.value) takeLine(path, line, order, parts);
  }
}

function tellEnding(
  path: string,
  { ending, last, rest }: { readonly ending: Ending; readonly last: number; readonly rest: string },
  order: Order,
  { troubles, sink }: ArchiveParts,
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
  sink.hole(order.newest);
}

function takeLine(
  path: string,
  { number, text, trouble }: Line,
  order: Order,
  { troubles }: ArchiveParts,
): void {
  if (text === '' && trouble === undefined) return;
  const tell = (kind: string, message: string, remedy: string): void =>
    troubles.add(kind, troubleAt(path, number, message, remedy, { excerpt: text }));
  const asArchive = 'an archive has one JSON envelope a line; give a CSV by its own name';
  if (trouble !== undefined) {
    if (trouble === 'not-utf8') tell(trouble, 'the line is not UTF-8', 'fetch the file again');
    else tell(trouble, 'the line is longer than 1 MB', asArchive);
    return;
  }
  const parsed = parseEnvelope(text, { messageId: `${path}:${number}`, sentAt: instant(0) });
  if (parsed.ok) order.add({ envelope: parsed.envelope, file: path, line: number });
  else if (parsed.refusal.detail.startsWith('the body is not JSON'))
    tell('no-json', 'the line is no JSON', asArchive);
  else tell('no-envelope', `the line is no message: ${parsed.refusal.detail.split(';')[0]}`, asArchive);
}
