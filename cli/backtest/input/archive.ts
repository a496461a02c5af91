/** Messages out of the archive: gzip NDJSON as the delivery stream writes it, or the same unpacked. */
import { type Envelope, parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import { errorCode } from '../../error-code.ts';
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

/** Objects of the stream overlap by what it buffers, 5 min, and a little. Milliseconds. */
export const reorderMs: number = 6 * 60_000;
/** Lines between two looks at what may go on, and the most that wait. */
const lookEvery = 10_000;
export const waitingMax = 400_000;

/**
 * A line whose turn has not come; it is opened then, because lines wait at a fraction of the cost of messages. One
 * without a text is a hole: what follows the last line of an object that was cut.
 */
interface Waiting {
  readonly at: number;
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

/** Puts lines in order of the receive times of their messages, as far as they wait together. */
function createOrder(open: (waiting: Waiting) => void) {
  let waiting: Waiting[] = [];
  let isSorted = true;
  let newest = 0;
  let sinceLook = 0;
  const release = (until: number): void => {
    if (!isSorted) waiting.sort((a, b) => a.at - b.at);
    isSorted = true;
    const end = waiting.findIndex(({ at }) => at > until);
    const ready = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    for (const one of ready) open(one);
  };
  return {
    add(one: Waiting): void {
      if (one.at < newest) isSorted = false;
      else newest = one.at;
      waiting.push(one);
      sinceLook++;
      if (sinceLook < lookEvery) return;
      sinceLook = 0;
      release(newest - reorderMs);
      if (waiting.length > waitingMax) release(waiting[waitingMax / 2]?.at ?? newest);
    },
    end: () => release(Number.POSITIVE_INFINITY),
    get newest() {
      return newest;
    },
  };
}

type Order = ReturnType<typeof createOrder>;

/** Every message of `files`; what cannot be read is told, and the rest goes on. */
export async function readArchive(files: readonly InputFile[], parts: ArchiveParts): Promise<void> {
  const order = createOrder((waiting) => openLine(waiting, parts));
  for (const { path } of files) await readOne(path, order, parts);
  order.end();
}

async function readOne(path: string, order: Order, parts: ArchiveParts): Promise<void> {
  let source: ByteSource;
  try {
    source = await openBytes(path);
  } catch (error) {
    parts.troubles.add(
      'unreadable',
      troubleAt(path, 0, `cannot be read (${errorCode(error)})`, 'check the rights of the file'),
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
  order.add({ at: order.newest, text: '', file: path, line: last + 1 });
}

const asArchive = 'an archive has one JSON envelope a line; give a CSV by its own name';
/** As the archive's lines write it; anything else is found out when the line is opened. */
const receivedAt = /"receivedAt":(\d{1,16})/;

function takeLine(
  path: string,
  { number, text, trouble }: Line,
  order: Order,
  { troubles }: ArchiveParts,
): void {
  if (trouble === undefined) {
    if (text !== '')
      order.add({ at: Number(receivedAt.exec(text)?.[1] ?? order.newest), text, file: path, line: number });
    return;
  }
  const [message, remedy] =
    trouble === 'not-utf8'
      ? ['the line is not UTF-8', 'fetch the file again']
      : ['the line is longer than 1 MB', asArchive];
  troubles.add(trouble, troubleAt(path, number, message, remedy, { excerpt: text }));
}

function openLine({ at, text, file, line }: Waiting, { sink, troubles }: ArchiveParts): void {
  if (text === '') {
    sink.hole(at);
    return;
  }
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
