import { createLambda, type Handler, type Outcome, type Sandbox } from './lambda.ts';
import { isCall, noFaults, quietWorld } from './support/quiet.ts';

interface Setting {
  readonly faults?: Parameters<typeof noFaults>[0];
  handle(
    call: (operation: string, effect?: () => object) => Promise<object>,
    event: unknown,
  ): Promise<unknown>;
}

/** A function in a world without faults but `faults`; `invoke` runs it to its end. */
function openLambda({ faults = {}, handle }: Setting) {
  const { engine, trace } = quietWorld();
  let loads = 0;
  const load = (sandbox: Sandbox): Handler => {
    loads += 1;
    return (event) =>
      handle((operation, effect = () => ({})) => lambda.call(sandbox, 'dynamo', operation, effect), event);
  };
  const lambda = createLambda({ engine, trace, faults: noFaults(faults), load, ended: () => {} });
  const invoke = async (event: unknown): Promise<Outcome | undefined> => {
    let ended: Outcome | undefined;
    lambda.invoke('ingest', event, (outcome) => {
      ended = outcome;
    });
    await engine.run(engine.now() + 30_000);
    return ended;
  };
  return { invoke, loads: () => loads };
}

test('a warm process is used again, a killed one is not', async () => {
  const { invoke, loads } = openLambda({
    faults: {
      onCall: (site) => (site.invocation === 1 ? { kind: 'crash', isEffective: false } : { kind: 'well' }),
    },
    handle: (call) => call('GetItem'),
  });
  expect([(await invoke({}))?.kind, loads()]).toEqual(['done', 1]);
  expect([(await invoke({}))?.kind, loads()]).toEqual(['killed', 1]);
  expect([(await invoke({}))?.kind, loads()]).toEqual(['done', 2]);
});

test.each([
  ['before it left, and nothing happened', false, 0],
  ['after its effect, and it happened', true, 1],
])('a process ends at a call %s', async (_, isEffective, effects) => {
  let done = 0;
  const isStruck = isCall('PutItem');
  const { invoke } = openLambda({
    faults: { onCall: (site) => (isStruck(site) ? { kind: 'crash', isEffective } : { kind: 'well' }) },
    handle: async (call) => {
      await call('PutItem', () => ({ done: ++done }));
      await call('PutItem', () => ({ done: ++done }));
    },
  });
  expect((await invoke({}))?.kind).toBe('killed');
  expect(done).toBe(effects);
});

test('a call that is effective and unheard looks like an error to the function', async () => {
  let done = 0;
  const { invoke } = openLambda({
    faults: { onCall: () => ({ kind: 'unheard', error: 'TimeoutError' }) },
    handle: (call) => call('PutItem', () => ({ done: ++done })),
  });
  expect(await invoke({})).toEqual({ kind: 'failed', message: 'TimeoutError: simulated TimeoutError' });
  expect(done).toBe(1);
});

test('a call without an answer ends the function at its timeout', async () => {
  const { invoke } = openLambda({
    faults: { onCall: () => ({ kind: 'hang', isEffective: true }) },
    handle: (call) => call('PutItem'),
  });
  expect(await invoke({})).toEqual({ kind: 'killed', why: 'timeout' });
});

test('a promise that nobody awaited goes on in the next invocation', async () => {
  const heard: string[] = [];
  const { invoke } = openLambda({
    faults: { latencyMs: ({ operation }) => (operation === 'Forgotten' ? 40_000 : 5) },
    handle: async (call, event) => {
      if (event === 'first') void call('Forgotten').then(() => heard.push('forgotten'));
      await call('GetItem');
      heard.push(String(event));
    },
  });
  await invoke('first');
  await invoke('second');
  expect(heard).toEqual(['first', 'second']);
  await invoke('third');
  expect(heard).toEqual(['first', 'second', 'forgotten', 'third']);
});
