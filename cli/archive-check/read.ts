/** One object of the archive read line by line into the ledger. */
import { openBytes } from '../backtest/input/bytes.ts';
import { linesOf } from '../backtest/input/lines.ts';
import type { Ledger } from './ledger.ts';

/** Something wrong with an object. */
export interface ObjectProblem {
  readonly key: string;
  /** 0: the object as a whole. */
  readonly line: number;
  readonly found: string;
}

/** Everything of the file at `path` that is whole; the rest is told, and what follows goes on. */
export async function readObject(key: string, path: string, ledger: Ledger): Promise<ObjectProblem[]> {
  const problems: ObjectProblem[] = [];
  const source = await openBytes(path);
  const blocks = linesOf(source, () => undefined);
  for (;;) {
    const next = await blocks.next();
    if (next.done === true) {
      const { ending, last } = next.value;
      if (ending.kind === 'cut') problems.push({ key, line: last + 1, found: 'its gzip data are cut' });
      if (ending.kind === 'damaged')
        problems.push({ key, line: last + 1, found: `damaged gzip data: ${ending.problem}` });
      if (ending.kind === 'whole' && last === 0) problems.push({ key, line: 0, found: 'it is empty' });
      break;
    }
    for (const { text, number, trouble } of next.value) {
      if (text === '' && trouble === undefined) continue;
      const found = trouble ?? ledger.take(text);
      if (found !== undefined) problems.push({ key, line: number, found });
    }
  }
  ledger.tally.objects++;
  return problems;
}
