/** Everything that the functions call for each kind of work, counted on a platform of its own. */
import { createCloser } from '../../local/platform/closer.ts';
import { tell } from '../report.ts';
import {
  alertBatches,
  type Counted,
  canaryEvent,
  countInvocations,
  fleetBatch,
  oneDeviceBatch,
  planEvent,
  startIngest,
  streamEvents,
  tickEvent,
  tickInstants,
} from './batches.ts';
import { startFunction } from './function-process.ts';
import { type Services, startServices } from './services.ts';

/** Messages of one call that the figures are for: the mapping's batch, and what a window of 1 s gathers at 200/s. */
export const fullBatch = 10;
export const windowBatch = 8;

export interface Counts {
  readonly full: Counted;
  readonly ofOneDevice: Counted;
  /** Batches of this many messages of as many devices. */
  readonly bySize: ReadonlyMap<number, Counted>;
  readonly raised: Counted;
  readonly notified: Counted;
  readonly tick: Counted;
  /** A tick that finds its work done. */
  readonly spareTick: Counted;
  readonly plan: Counted;
  readonly canary: Counted;
}

async function countIngest(services: Services, count: number) {
  const ingest = await startIngest(services);
  try {
    tell(`ingest: batches of ${fullBatch} devices, of one device, of 1 and of ${windowBatch}`);
    // The first kind pays for what the process has not done before.
    const full = await countInvocations(ingest, await fleetBatch(services, fullBatch), count, 10);
    const ofOneDevice = await countInvocations(ingest, await oneDeviceBatch(services, fullBatch), count);
    const bySize = new Map([[fullBatch, full]]);
    for (const size of [1, windowBatch])
      bySize.set(size, await countInvocations(ingest, await fleetBatch(services, size), count));
    const instants = tickInstants();
    const canary = await countInvocations(ingest, () => canaryEvent(instants()), count);
    tell('ingest: messages that raise an alert');
    const raised = await countInvocations(ingest, await alertBatches(services, ingest, count), count, 0);
    return { full, ofOneDevice, bySize, canary, raised };
  } finally {
    ingest.stop();
  }
}

async function countNotify(services: Services) {
  const notify = await startFunction('notify', services.env);
  try {
    tell('notify: one transition at a time');
    const events = [...(await streamEvents(services))];
    const next = (): object => {
      const event = events.pop();
      if (event === undefined) throw new Error('no transition is left without a decision');
      return event;
    };
    return await countInvocations(notify, next, events.length - 1, 1);
  } finally {
    notify.stop();
  }
}

async function countSweep(services: Services, count: number) {
  const sweep = await startFunction('sweep', services.env);
  try {
    tell('sweep: ticks, spares, plans');
    const instants = tickInstants();
    const tick = await countInvocations(sweep, () => tickEvent(instants()), count);
    const again = tickInstants();
    const spareTick = await countInvocations(sweep, () => tickEvent(again()), count, 0);
    const plan = await countInvocations(sweep, planEvent, Math.min(count, 5), 1);
    return { tick, spareTick, plan };
  } finally {
    sweep.stop();
  }
}

/** Counts all kinds, `count` invocations of each. */
export async function countEverything(count: number, basePython: string): Promise<Counts> {
  const closer = createCloser((error) => tell(error instanceof Error ? error.message : String(error)));
  try {
    const services = await startServices(basePython, closer);
    const ingest = await countIngest(services, count);
    const notified = await countNotify(services);
    const sweep = await countSweep(services, count);
    return { ...ingest, notified, ...sweep };
  } finally {
    await closer.close();
  }
}
