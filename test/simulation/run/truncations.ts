/** What a partial restore leaves: each table at a moment of its own, the last transaction in pieces; and `reconcile` on it. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isMended } from '../../../cli/reconcile/finding.ts';
import { reconcile } from '../../../cli/reconcile/reconcile.ts';
import { instant } from '../../../functions/domain/time.ts';
import { createRandom, type Random } from '../../../sensors-sim/random.ts';
import { itemsFor, type Registered } from '../city/registered.ts';
import type { Change, History, Item } from '../history.ts';
import type { Violation } from '../oracle/law.ts';
import { judgeTables } from '../oracle/tables.ts';
import { createDynamo } from '../world/dynamo/dynamo.ts';
import { recordsShape, twinsShape } from '../world/dynamo/shapes.ts';
import { runWorld } from '../world/world.ts';
import { mendAlive } from './alive.ts';
import { tablesAt } from './moments.ts';

/** Truncations of one world: worlds are dear, moments of them are many. */
export const perWorld = 100;

/** Runs beside the living world. */
export const alivePerWorld = 10;

/** How far the moments of both tables lie apart at most, in changes. */
const apartMax = 40;

export interface TruncationResult {
  readonly tried: number;
  /** Truncations at which anything had to be mended. */
  readonly torn: number;
  readonly written: number;
  /** Runs beside the living world. */
  readonly alive: number;
  readonly failures: readonly {
    readonly seed: number;
    /** Which of the restores, and after them of the runs beside the living world. */
    readonly nth: number;
    readonly violations: readonly Violation[];
  }[];
}

/** Tears the tables of one world at `perWorld` pairs of moments, and mends each. */
export async function truncate(registered: Registered, seed: number): Promise<TruncationResult> {
  const { history } = await runWorld(registered, { seed });
  const random = createRandom(`truncation/${seed}`);
  const start = itemsFor(registered, history.city.devices);
  const failures: TruncationResult['failures'][number][] = [];
  const result = { tried: 0, torn: 0, written: 0, alive: alivePerWorld, failures };
  for (let nth = 0; nth < perWorld; nth += 1) {
    const { violations, isTorn, written } = await mend(registered, history, start, random.split(String(nth)));
    result.tried += 1;
    result.torn += isTorn ? 1 : 0;
    result.written += written;
    if (violations.length > 0) failures.push({ seed, nth, violations });
  }
  const whole = [...start.twins, ...start.records];
  for (let nth = perWorld; nth < perWorld + alivePerWorld; nth += 1) {
    const violations = await mendAlive(registered, history, whole, random.split(String(nth)));
    if (violations.length > 0) failures.push({ seed, nth, violations });
  }
  return result;
}

async function mend(
  registered: Registered,
  { city, changes }: History,
  start: { readonly twins: readonly Item[]; readonly records: readonly Item[] },
  random: Random,
) {
  const last = Math.floor(random.next() * changes.length);
  const behind = Math.max(0, last - Math.floor(random.next() * apartMax));
  const isTwinsBehind = random.next() < 0.5;
  const lastWrite = changes[last]?.write;
  const isIn = ({ table, write }: Change, place: number): boolean => {
    const until = (table === 'twins') === isTwinsBehind ? behind : last;
    // Of the transaction at the moment itself, any part may be there.
    return place < until || (write === lastWrite && place <= last && random.next() < 0.5);
  };
  const now = changes[last]?.at ?? 0;
  const dynamo = createDynamo({ now: () => now, staleBy: () => 0, changed: () => {} }, [
    twinsShape,
    recordsShape,
  ]);
  const torn = tablesAt([...start.twins, ...start.records], changes, isIn);
  dynamo.load(
    'twins',
    torn.filter((item) => 'id' in item),
  );
  dynamo.load(
    'records',
    torn.filter((item) => 'pk' in item),
  );
  const report = await reconcile({
    dynamo: {
      send: async (command: { readonly input: object }) => dynamo.execute(command),
    } as unknown as DynamoDBClient,
    tables: { twins: 'twins', records: 'records' },
    clock: { now: () => instant(now) },
    book: registered.books.live,
    by: 'simulation',
    reason: 'a restore of the simulation',
    apply: true,
  });
  const left = report.left
    .filter(isMended)
    .map(({ kind, subject, found }) => ({ law: 'all-is-mended', what: `${kind} of ${subject}: ${found}` }));
  const violations = [...left, ...judgeTables(city, dynamo.items('twins'), dynamo.items('records'))];
  return { violations, isTorn: report.findings.length > 0, written: report.written };
}
