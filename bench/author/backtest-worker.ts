/** A thread with a heap of its own: runs a backtest each time it is asked and says what it took. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { createProgress } from '../../cli/backtest/progress.ts';
import { type BacktestWish, runBacktest } from '../../cli/backtest/run.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';

export interface Given {
  readonly bookFile: string;
  readonly wish: BacktestWish;
}

export interface Ran {
  readonly readings: number;
  readonly messages: number;
  /** Time that the thread had. */
  readonly ns: number;
}

const port = parentPort;
assert(port, 'runs as a worker');
const { bookFile, wish }: Given = workerData;
const book = readRuleBook(JSON.parse(readFileSync(bookFile, 'utf8')));
const silent = { now: () => performance.now(), overwrite: undefined, line: () => undefined };

port.on('message', async () => {
  const before = process.threadCpuUsage();
  const { tally } = await runBacktest(wish, [book], createProgress(silent));
  const { user, system } = process.threadCpuUsage(before);
  const ran: Ran = { ...tally, ns: (user + system) * 1_000 };
  port.postMessage(ran);
});
