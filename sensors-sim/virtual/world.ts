import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { instant } from '../../functions/domain/time.ts';
import { tickEvery } from '../../functions/usecases/sweep/plan-ticks.ts';
import type { ObservedChange } from '../scenario/observed.ts';
import { createBroker, type VirtualBroker } from './broker.ts';
import { createLoop, type VirtualLoop } from './loop.ts';
import { createPlatform, type VirtualPlatform } from './platform.ts';
import { createQueue } from './queue.ts';

/** A platform, a broker and a clock in one process. */
export interface VirtualWorld {
  readonly loop: VirtualLoop;
  readonly broker: VirtualBroker;
  readonly platform: VirtualPlatform;
  readonly changes: readonly ObservedChange[];
  /** True when no message is on its way through the queues. */
  isIdle(): boolean;
}

/** The batch of the telemetry queue's mapping and the time that it gathers. */
const batchMax = 10;
const windowMs = 100;
const visibilityMs = 30_000;
/** How long outboxes and queues may take to empty after the last reading. */
export const drainForMs = 60_000;

/** A world whose clock stands at `startAt` and whose ticks begin at once; devices must be registered in it. */
export function createVirtualWorld(book: RuleBook, startAt: number, endAt: number): VirtualWorld {
  const loop = createLoop(startAt);
  const changes: ObservedChange[] = [];
  const platform: VirtualPlatform = createPlatform({
    book,
    now: loop.now,
    publishCanary: (at) =>
      broker.publish(
        '$aws/rules/tocsin_virtual/tocsin/v1/-/canary',
        new TextEncoder().encode(JSON.stringify({ at })),
      ),
    toBacklog: (messages) => {
      for (const { body } of messages) backlog.send(body);
    },
    notified: (change) => changes.push(change),
  });
  const ingest = async (messages: Parameters<VirtualPlatform['ingest']>[0]) => {
    const done = await platform.ingest(messages);
    await platform.drainStream();
    return done;
  };
  const telemetry = createQueue(loop, { queue: 'telemetry', batchMax, windowMs, visibilityMs }, ingest);
  const backlog = createQueue(loop, { queue: 'backlog', batchMax, windowMs, visibilityMs }, ingest);
  const broker = createBroker(loop, (message) => telemetry.send(JSON.stringify(message)));
  const tick = async (at: number): Promise<void> => {
    await platform.tick(instant(at));
    await platform.drainStream();
    if (at + tickEvery <= endAt + drainForMs) loop.at(at + tickEvery, () => tick(at + tickEvery));
  };
  const firstTick = Math.ceil(startAt / tickEvery) * tickEvery;
  loop.at(firstTick, () => tick(firstTick));
  const isIdle = (): boolean => telemetry.unfinished + backlog.unfinished === 0;
  return { loop, broker, platform, changes, isIdle };
}
