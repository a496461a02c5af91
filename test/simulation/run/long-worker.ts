/** One of the crew of long worlds: registers the slow city for each of its tasks, and tells how far it has come. */
import './quick.ts';
import assert from 'node:assert/strict';
import { parentPort } from 'node:worker_threads';
import type { LongNews, LongTask } from './long-share.ts';
import { tryLong } from './try-long.ts';

const port = parentPort;
assert(port, 'runs as a worker');

const tell = (news: LongNews): void => port.postMessage(news);
port.on('message', async (task: LongTask) => {
  const result = await tryLong(task, (progress) => tell({ kind: 'progress', ...progress }));
  tell({ kind: 'done', result });
});
