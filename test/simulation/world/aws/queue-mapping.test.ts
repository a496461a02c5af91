import type { Lambda, Outcome } from '../lambda.ts';
import { noFaults, quietWorld } from '../support/quiet.ts';
import { createQueue } from './queue.ts';
import { mapQueue } from './queue-mapping.ts';

/** Three messages through a mapping whose function answers with `outcome`; what the queue still holds afterwards. */
async function leftAfter(outcome: Outcome): Promise<readonly string[]> {
  const { engine, nextId } = quietWorld();
  const settings = { visibilityMs: 60_000, receivesMax: 5 };
  const queue = createQueue({ engine, faults: noFaults(), name: 'telemetry', settings, nextId });
  const lambda: Pick<Lambda, 'invoke'> = { invoke: (_fn, _event, then) => then(outcome) };
  mapQueue(engine, { ...lambda, call: () => Promise.reject(new Error('none')), counts: new Map() }, queue, {
    queue: 'telemetry',
    to: 'ingest',
    batchMax: 10,
    windowMs: 100,
    concurrencyMax: 2,
  });
  for (const body of ['a', 'b', 'c']) queue.send(body, 0);
  await engine.run(1_000);
  return queue.messages.map(({ body }) => body);
}

const answered = (...ids: readonly unknown[]): Outcome => ({
  kind: 'done',
  result: { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) },
});

test.each<readonly [string, Outcome, readonly string[]]>([
  ['an empty list of failures is a whole success', answered(), []],
  ['no answer at all is a whole success', { kind: 'done', result: undefined }, []],
  ['a null list is a whole success', { kind: 'done', result: { batchItemFailures: null } }, []],
  ['a reported message stays, its neighbours are gone', answered('telemetry-2'), ['b']],
  ['an unknown identifier fails the whole batch', answered('telemetry-99'), ['a', 'b', 'c']],
  ['an empty identifier fails the whole batch', answered(''), ['a', 'b', 'c']],
  ['a null identifier fails the whole batch', answered(null), ['a', 'b', 'c']],
  ['a misspelt answer fails the whole batch', { kind: 'done', result: { failures: [] } }, ['a', 'b', 'c']],
  ['an error fails the whole batch', { kind: 'failed', message: 'x' }, ['a', 'b', 'c']],
  ['a killed function fails the whole batch', { kind: 'killed', why: 'timeout' }, ['a', 'b', 'c']],
])('%s', async (_, outcome, left) => {
  expect(await leftAfter(outcome)).toEqual(left);
});

test('what is split is handed out one by one, to as many invocations at once as there may be', async () => {
  const { engine, nextId } = quietWorld();
  const settings = { visibilityMs: 60_000, receivesMax: 5 };
  const queue = createQueue({ engine, faults: noFaults(), name: 'telemetry', settings, nextId });
  const batches: number[] = [];
  const invoke: Lambda['invoke'] = (_fn, event) => {
    batches.push((event as { readonly Records: readonly unknown[] }).Records.length);
  };
  const lambda = { invoke, call: () => Promise.reject(new Error('none')), counts: new Map() };
  const mapping = {
    queue: 'telemetry',
    to: 'ingest',
    batchMax: 10,
    windowMs: 100,
    concurrencyMax: 2,
  } as const;
  mapQueue(engine, lambda, queue, mapping, () => true);
  for (const body of ['a', 'b', 'c']) queue.send(body, 0);
  await engine.run(1_000);
  expect(batches).toEqual([1, 1]);
});
