import { hash32 } from '../../../../sensors-sim/random.ts';
import type { Item } from '../../history.ts';
import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { Lambda } from '../lambda.ts';
import { stream as settings } from '../settings.ts';

interface StreamRecord {
  readonly at: number;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  readonly after: Item | undefined;
}

/** A stream with its mapping. */
export interface Stream {
  /** Takes a change of the table. */
  take(before: Item | undefined, after: Item | undefined): void;
  /** Records that no invocation has had to its end yet. */
  waiting(): number;
}

/** From a commit to the first look of the mapping at it. */
const lagMs = 150;
/** Wait before a failed batch comes again, times its tries. */
const backOffMs = 1_000;

/**
 * The table's stream and its mapping to `notify`: order kept per partition key, ten at a time beside each other, three
 * tries, halves of what fails, at most a minute, then only metadata go to `failed`.
 */
export function mapStream(
  engine: Engine,
  lambda: Lambda,
  faults: Faults,
  failed: (count: number) => void,
): Stream {
  const lanes = Array.from({ length: settings.lanes }, (): StreamRecord[] => []);
  const lastAt: number[] = [];
  const busy = new Set<number>();
  let waiting = 0;

  const pump = (lane: number): void => {
    const records = lanes[lane];
    if (records === undefined || busy.has(lane) || records.length === 0) return;
    busy.add(lane);
    const batch = records.splice(0, settings.batchMax);
    work(batch, 0, () => {
      waiting -= batch.length;
      busy.delete(lane);
      engine.after(0, () => pump(lane));
    });
  };

  function work(batch: readonly StreamRecord[], tries: number, then: () => void): void {
    lambda.invoke('notify', { Records: batch.map(eventOf) }, (outcome) => {
      if (outcome.kind === 'done') {
        // Delivered again although it was done: the mapping's own checkpoint came too late.
        for (const later of faults.copiesMs('stream'))
          engine.after(later, () => lambda.invoke('notify', { Records: batch.map(eventOf) }, () => {}));
        return then();
      }
      const oldest = batch[0]?.at ?? engine.now();
      if (
        engine.now() - oldest > settings.recordAgeMaxMs ||
        (outcome.kind !== 'throttled' && tries >= settings.retriesMax)
      ) {
        failed(batch.length);
        return then();
      }
      engine.after(backOffMs * (tries + 1), () => {
        if (batch.length === 1 || outcome.kind === 'throttled')
          return work(batch, tries + (outcome.kind === 'throttled' ? 0 : 1), then);
        // Halving a batch uses up no try.
        const half = Math.ceil(batch.length / 2);
        work(batch.slice(0, half), tries, () => work(batch.slice(half), tries, then));
      });
    });
  }

  const take: Stream['take'] = (before, after) => {
    const item = after ?? before;
    const pk = item?.['pk'];
    const sk = item?.['sk'];
    if (item === undefined || pk === undefined || sk?.S === undefined) return;
    if (before !== undefined || !sk.S.startsWith('T#') || faults.isTrimmed()) return;
    const lane = hash32(pk.S ?? '') % settings.lanes;
    const record = { at: engine.now(), eventName: 'INSERT' as const, keys: { pk, sk }, after };
    waiting += 1;
    // A delay holds up what comes behind it: the order of one key is never lost.
    const at = Math.max(lastAt[lane] ?? 0, engine.now() + lagMs + faults.delayMs('stream'));
    lastAt[lane] = at;
    engine.after(at - engine.now(), () => {
      lanes[lane]?.push(record);
      pump(lane);
    });
  };
  return { take, waiting: () => waiting };
}

const eventOf = ({ eventName, keys, after }: StreamRecord) => ({
  eventName,
  dynamodb: { Keys: keys, ...(after === undefined ? {} : { NewImage: after }) },
});
