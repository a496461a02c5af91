import type { Accepted } from '../history.ts';
import { createEngine } from './engine.ts';
import { createWhereabouts } from './whereabouts.ts';

const message: Accepted = {
  id: 'm1',
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: '-',
  receivedAt: 0,
  bytes: new Uint8Array(),
  sender: 'device',
};
const body = JSON.stringify({ id: 'm1', data: '' });
const errorBody = JSON.stringify({ cloudwatchTraceId: 'm1', base64OriginalPayload: '' });

async function wayOf(
  firstBody: string,
  steps: (whereabouts: ReturnType<typeof createWhereabouts>) => readonly (() => void)[],
) {
  const engine = createEngine(0);
  const whereabouts = createWhereabouts(engine);
  whereabouts.sent(firstBody, message);
  steps(whereabouts).forEach((step, place) => {
    engine.after((place + 1) * 1_000, step);
  });
  await engine.run(60_000);
  const [told] = whereabouts.told([message]);
  return { takenAt: told?.takenAt, doneAt: told?.doneAt };
}

test('a message is done when the queue that brought it lets go of it, not when the queue of the archive does', async () => {
  const way = await wayOf(body, ({ watch }) => [
    () => watch('telemetry')('taken', body),
    () => watch('archive')('sent', body),
    () => watch('archive')('gone', body),
    () => watch('telemetry')('gone', body),
  ]);
  expect(way).toEqual({ takenAt: 1_000, doneAt: 4_000 });
});

test('what came by the error action and was put aside is done when the backlog lets go of it', async () => {
  const way = await wayOf(errorBody, ({ watch }) => [
    () => watch('rejected')('taken', errorBody),
    () => watch('backlog')('sent', body),
    () => watch('rejected')('gone', errorBody),
    () => watch('backlog')('taken', body),
    () => watch('backlog')('gone', body),
  ]);
  expect(way).toEqual({ takenAt: 1_000, doneAt: 5_000 });
});
