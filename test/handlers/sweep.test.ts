import { memoryObserver } from '../../functions/adapters/memory/observer.ts';
import type { Instant } from '../../functions/domain/time.ts';
import { sweepHandler } from '../../functions/handlers/sweep.ts';

const at = 1_000_000_000;
const plan = '{"kind":"plan"}';
const tick = (instant: number) => JSON.stringify({ kind: 'tick', at: instant });
const eventOf = (...bodies: string[]) => ({
  Records: bodies.map((body, id) => ({ messageId: String(id), body })),
});
const failed = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

function open(failing: readonly string[] = []) {
  const ran: (string | readonly Instant[])[] = [];
  const observer = memoryObserver();
  const handler = sweepHandler({
    observer,
    planTicks: async () => {
      ran.push('plan');
      if (failing.includes('plan')) throw new Error('plan');
    },
    runTicks: async (instants) => {
      ran.push(instants);
      if (failing.includes('tick')) throw new Error('tick');
    },
  });
  return { ran, observer, handler };
}

describe('the handler of the tick queue', () => {
  test('a plan is planned once however often it stands in the batch', async () => {
    const { ran, handler } = open();
    expect(await handler(eventOf(plan, plan))).toEqual(failed());
    expect(ran).toEqual(['plan']);
  });

  test('the ticks of a batch are run together', async () => {
    const { ran, handler } = open();
    expect(await handler(eventOf(tick(at), tick(at + 5_000)))).toEqual(failed());
    expect(ran).toEqual([[at, at + 5_000]]);
  });

  test('only what failed comes again', async () => {
    const broken = eventOf(plan, tick(at), tick(at + 5_000));
    expect(await open(['tick']).handler(broken)).toEqual(failed('1', '2'));
    expect(await open(['plan']).handler(broken)).toEqual(failed('0'));
    expect(await open(['plan', 'tick']).handler(broken)).toEqual(failed('0', '1', '2'));
  });

  test.each([
    [''],
    ['null'],
    ['{"kind":"tock"}'],
    ['{"kind":"tick"}'],
    ['{"kind":"tick","at":"1000000000"}'],
    ['{"kind":"tick","at":1000000001}'],
    ['{"kind":"tick","at":-5000}'],
    ['{"kind":"plan","more":1}'],
  ])('%j is not ours: reported, taken out, and no other message suffers', async (body) => {
    const { ran, observer, handler } = open();
    expect(await handler(eventOf(body, plan))).toEqual(failed());
    expect(ran).toEqual(['plan']);
    expect(observer.said).toMatchObject([
      { level: 'error', message: 'a message of the tick queue is not ours' },
    ]);
  });
});
