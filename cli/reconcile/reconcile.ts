/** Finds and mends what a partial restore leaves between both tables and inside them. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import type { Clock } from '../../functions/usecases/ports/time.ts';
import { type Pace, unpaced } from '../pace.ts';
import { type Finding, isMended } from './finding.ts';
import { type Plan, planRepair } from './plan.ts';
import { readTables, type Tables } from './read-tables.ts';
import { writePlan } from './write-plan.ts';

/** Looks at the tables: one mends, the next sees what became of it. More are needed only beside a system that lives. */
export const passMax = 6;

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
  /** What was wrong at the first look; without `apply` only what was still so at the second. */
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
 * May run beside the live system and may be stopped at any time: each write holds only while what it rests on has not
 * moved, and a second run finds only what is left. @throws AdapterError
 */
export async function reconcile(wish: ReconcileWish): Promise<ReconcileReport> {
  const { pace = unpaced, dynamo, tables, clock, told } = wish;
  const rulesOf = deviceRulesOf(wish.book);
  const look = async (): Promise<Plan> => {
    const snapshot = await readTables(tables, { dynamo, pace, told: told?.read });
    return planRepair(snapshot, { book: wish.book, rulesOf, now: clock.now() });
  };
  const first = await look();
  if (first.findings.length === 0) return { findings: [], left: [], written: 0, conflicts: 0, passes: 1 };
  if (!wish.apply) {
    const both = inBoth(first.findings, (await look()).findings);
    return { findings: both, left: both, written: 0, conflicts: 0, passes: 2 };
  }
  let plan = first;
  let [written, conflicts, passes] = [0, 0, 1];
  while (plan.findings.some(isMended) && passes < passMax) {
    const outcome = await writePlan(plan, { ...wish, pace, now: clock.now(), told: told?.written });
    written += outcome.written;
    conflicts += outcome.conflicts;
    plan = await look();
    passes++;
  }
  return { findings: first.findings, left: plan.findings, written, conflicts, passes };
}

/** A system that lives moves between two reads of one look; what is wrong twice is wrong. */
function inBoth(first: readonly Finding[], second: readonly Finding[]): Finding[] {
  const again = new Set(second.map(({ kind, subject, found }) => [kind, subject, found].join('\n')));
  return first.filter(({ kind, subject, found }) => again.has([kind, subject, found].join('\n')));
}
