/** From the text of a book of 1,000 rules to the first message of one device judged, in processes that just began. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { packBook } from '../../functions/adapters/rule-book/packed-book.ts';
import type { Figure } from '../figures.ts';
import { median } from '../numbers.ts';
import { tell } from '../report.ts';
import { bookOf } from './workload/book.ts';
import { growthSizes } from './workload/size.ts';

/** Starts of a new process; the median counts. */
const startCount = 9;

const worker = fileURLToPath(new URL('ready-worker.ts', import.meta.url));

export async function measureReady(): Promise<readonly Figure[]> {
  const size = growthSizes.at(-1);
  if (size === undefined) throw new Error('no book is large enough');
  tell('timing the way from the book to the first message');
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-bench-'));
  try {
    const file = path.join(folder, 'book.packed');
    const { bytes, digest } = packBook(bookOf(size));
    await writeFile(file, bytes);
    const runs = Array.from({ length: startCount }, () => runOnce(file, digest));
    const ms = median(runs.map(({ readyMs }) => readyMs));
    const openMs = median(runs.map((run) => run.openMs));
    return [
      {
        name: 'from book to ready, 1,000 rules',
        value: ms,
        unit: 'ms',
        goal: 15,
        note: `${Math.round(bytes.length / 1024)} KB, ${openMs.toFixed(1)} ms of it to open it; a new process each`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Run {
  readonly readyMs: number;
  readonly openMs: number;
}

function runOnce(file: string, digest: string): Run {
  const child = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', worker, file, digest], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`the worker failed: ${child.stderr}`);
  const run: Run = JSON.parse(child.stdout);
  return run;
}
