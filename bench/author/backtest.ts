/** A backtest of the rules workload, from compressed archive files to alerts, against the engine alone on the same readings. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import type { BacktestWish } from '../../cli/backtest/run.ts';
import { archiveLine } from '../../functions/usecases/archive-messages.ts';
import type { Figure } from '../figures.ts';
import { median } from '../numbers.ts';
import { tell } from '../report.ts';
import { nsOf, roundCount, timeInTurn, type Way } from '../rules/measure.ts';
import { admitAndEvaluate, bindFleet, envelopesOf, freshWatermark, openAll } from '../rules/paths.ts';
import { fullBookOf } from '../rules/workload/full-book.ts';
import { messagesOf, type Shape } from '../rules/workload/messages.ts';
import { fullSize } from '../rules/workload/size.ts';
import type { Given, Ran } from './backtest-worker.ts';

/** Part of the engine's speed that was promised. */
const shareMin = 0.5;
/** Messages of one object of the archive. */
const objectMessages = 5_000;

/** Writes the history of `shape` into `folder` as the stream does. */
async function writeArchive(folder: string, envelopes: ReturnType<typeof envelopesOf>): Promise<void> {
  const lines = envelopes.map(({ data, ...envelope }) =>
    archiveLine({ ...envelope, data: Buffer.from(data).toString('base64') }),
  );
  for (let from = 0; from < lines.length; from += objectMessages) {
    const text = lines.slice(from, from + objectMessages).map((line) => `${line}\n`);
    const name = `stream-1-${String(from).padStart(9, '0')}.gz`;
    await writeFile(path.join(folder, name), gzipSync(text.join('')));
  }
}

/** One backtest in a thread of its own, so that neither pays for what the other has in memory. */
async function ranBy(worker: Worker): Promise<Ran> {
  worker.postMessage('run');
  const [ran]: Ran[] = await once(worker, 'message');
  if (ran === undefined) throw new Error('the backtest said nothing');
  return ran;
}

/** Nanoseconds a reading of the engine and of the backtest, in turn, after a round that does not count. */
async function timed(engine: Way, worker: Worker, messageCount: number) {
  const rounds: { readonly engineNs: number; readonly backtestNs: number }[] = [];
  for (let round = -1; round < roundCount; round++) {
    const engineNs = nsOf(await timeInTurn([engine], 1), engine.name);
    const { ns, messages } = await ranBy(worker);
    if (messages !== messageCount) throw new Error(`${messages} of ${messageCount} messages were read`);
    if (round >= 0) rounds.push({ engineNs, backtestNs: ns / engine.readingCount });
  }
  return rounds;
}

async function measureShape(shape: Shape): Promise<Figure> {
  tell(`writing an archive, ${shape}`);
  const book = fullBookOf(fullSize);
  const bound = bindFleet(book, fullSize);
  const messages = messagesOf(fullSize, shape, true);
  const readingCount = messages.reduce((sum, { recordCount }) => sum + recordCount, 0);
  const envelopes = envelopesOf(messages);
  const opened = openAll(bound, messages, envelopes);
  const root = await mkdtemp(path.join(tmpdir(), 'tocsin-bench-'));
  const inventory = path.join(root, 'inventory.json');
  const bookFile = path.join(root, 'book.json');
  await writeFile(inventory, JSON.stringify(bound.registrations));
  await writeFile(bookFile, JSON.stringify(book));
  const archive = await mkdtemp(path.join(root, 'archive-'));
  await writeArchive(archive, envelopes);
  const wish: BacktestWish = {
    path: archive,
    inventory,
    zone: undefined,
    columns: [],
    missing: 'gap',
    withSamples: false,
  };
  const given: Given = { bookFile, wish };
  const worker = new Worker(new URL('backtest-worker.ts', import.meta.url), { workerData: given });
  try {
    tell(`timing a backtest, ${shape}`);
    const run = () => admitAndEvaluate(bound, messages, opened, freshWatermark);
    const rounds = await timed({ name: 'engine', readingCount, run }, worker, messages.length);
    const ns = (of: 'engineNs' | 'backtestNs'): number => Math.round(median(rounds.map((one) => one[of])));
    return {
      name: `rules backtest, ${shape}`,
      value: median(rounds.map(({ engineNs, backtestNs }) => engineNs / backtestNs)),
      unit: 'x the engine alone',
      goal: shareMin,
      atLeast: true,
      note: `${ns('backtestNs')} ns a reading from the archive, ${ns('engineNs')} ns the engine`,
    };
  } finally {
    await worker.terminate();
    await rm(root, { recursive: true, force: true });
  }
}

export const measureBacktest = async (): Promise<readonly Figure[]> => [
  await measureShape('one a message'),
  await measureShape('packs of 25'),
];
