/** Finds and mends what a partial restore leaves between both tables and inside them. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import type { Clock } from '../../functions/usecases/ports/time.ts';
import { type Pace, unpaced } from '../pace.ts';
import { type Finding, isMended } from './finding.ts';
import { type Plan, planRepair } from './plan.ts';
import { readTables, type Tables } from './read-tables.ts';
import { inBoth, steadyOf } from './steady.ts';
import { writePlan } from './write-plan.ts';

/** Looks at the tables: two that agree, and after each repair one that sees what became of it. More than three are needed only beside a system that lives. */
export const passMax = 10;

export interface ReconcileWish {
  readonly dynamo: DynamoDBClient;
  readonly tables: Tables;
  readonly clock: Clock;
  /** The book that is deployed: twins are read with it. */
  readonly book: RuleBook;
  /** Who does it, for the audit. */
  readonly by: string;
  readonly reason: string;
  /** False: nothing is written. */
  readonly apply: boolean;
  /** Before each page that is read and each transaction that is written. @default as fast as it goes */
  readonly pace?: Pace;
  readonly told?: {
    readonly read: (items: number) => void;
    readonly written: (done: number, all: number) => void;
  };
}

export interface ReconcileReport {
  /** What was wrong at the first look and still so at the second. */
  readonly findings: readonly Finding[];
  /** What is still wrong at the end: only others can mend it, or somebody else kept writing. */
  readonly left: readonly Finding[];
  readonly written: number;
  readonly conflicts: number;
  readonly passes: number;
}

/**
 * Both tables consistent again, as far as anybody can make them.
 *
 * May run beside the live system and may be stopped at any time: it does only what two looks agree on, each write holds
 * only while what it rests on has not moved, and a second run finds only what is left. @throws AdapterError
 */
export async function reconcile(wish: ReconcileWish): Promise<ReconcileReport> {
  const { pace = unpaced, dynamo, tables, clock, told } = wish;
  const rulesOf = deviceRulesOf(wish.book);
  const startedAt = clock.now();
  const look = async (): Promise<Plan> => {
    const snapshot = await readTables(tables, { dynamo, pace, told: told?.read });
    return planRepair(snapshot, { book: wish.book, rulesOf, startedAt, now: clock.now() });
  };
  const first = await look();
  if (first.findings.length === 0) return { findings: [], left: [], written: 0, conflicts: 0, passes: 1 };
  let plan = await look();
  const findings = inBoth(first.findings, plan.findings);
  let [left, written, conflicts, passes] = [findings, 0, 0, 2];
  while (wish.apply && left.some(isMended) && passes < passMax) {
    const steady = steadyOf(plan, left);
    const outcome = await writePlan(steady, { ...wish, pace, now: clock.now(), told: told?.written });
    written += outcome.written;
    conflicts += outcome.conflicts;
    const after = await look();
    passes++;
    left = [...after.findings];
    if (!left.some(isMended)) break;
    plan = await look();
    passes++;
    left = inBoth(left, plan.findings);
  }
  return { findings, left, written, conflicts, passes };
}
