import type { Random } from '../../../../sensors-sim/random.ts';
import { type FaultKind, faultNames } from './kinds.ts';
import type { FaultPlan } from './plan.ts';

/** Shortest and longest spell of each kind that comes in spells, in milliseconds. */
const lengthMs: Partial<Record<FaultKind, readonly [number, number]>> = {
  'throttle-burst': [2_000, 15_000],
  outage: [45_000, 120_000],
  'kms-denied': [5_000, 30_000],
  'conflict-storm': [2_000, 10_000],
  'writes-throttled': [2_000, 15_000],
  slow: [5_000, 30_000],
  'rule-blocked': [3_000, 30_000],
  throttled: [3_000, 20_000],
  'network-down': [5_000, 90_000],
  'city-down': [20_000, 90_000],
};

/** Whom a spell strikes, where several can be. */
const struck: Partial<Record<FaultKind, readonly string[]>> = {
  'throttle-burst': ['dynamo', 'sqs', 'sns', 'firehose', 's3', 'iot'],
  outage: ['dynamo', 'sqs', 'sns', 'firehose', 's3', 'iot'],
  'kms-denied': ['dynamo', 'sqs', 'sns', 'firehose', 's3'],
  'conflict-storm': ['dynamo'],
  'writes-throttled': ['dynamo'],
  throttled: ['ingest', 'notify', 'sweep', 'api'],
};

interface Spell {
  readonly name: string | undefined;
  readonly from: number;
  readonly until: number;
}

export interface SpellParts {
  readonly plan: FaultPlan;
  readonly now: () => number;
  readonly from: number;
  readonly until: number;
  /** So many times longer than in a world of some minutes. @default 1 */
  readonly longer?: number;
  sourceOf(name: string): Random;
}

/** Faults that last: one spell of a kind where it is rare, three where it is frequent, somewhere in the time of faults. */
export function createSpells({ plan, now, from, until, longer = 1, sourceOf }: SpellParts) {
  const drawn = new Map<FaultKind, readonly Spell[]>();
  for (const kind of faultNames) {
    const rate = plan.rates[kind];
    const span = lengthMs[kind];
    if (rate === 'none' || span === undefined) continue;
    const source = sourceOf(`spells/${kind}`);
    const names = struck[kind];
    const draw = (): Spell => {
      const start = from + source.next() * (until - from);
      const name = names?.[Math.floor(source.next() * names.length)];
      return {
        name,
        from: start,
        until: Math.min(until, start + longer * (span[0] + source.next() * (span[1] - span[0]))),
      };
    };
    drawn.set(kind, Array.from({ length: rate === 'low' ? 1 : 3 }, draw));
  }
  return {
    /** Whether a spell of `kind` that strikes `name` lasts now. */
    covers(kind: FaultKind, name: string): boolean {
      const spells = drawn.get(kind);
      if (spells === undefined) return false;
      return spells.some(
        (one) => (one.name === undefined || one.name === name) && now() >= one.from && now() < one.until,
      );
    },
    /** When the spells of `kind` begin. */
    beginningsOf: (kind: FaultKind): readonly number[] => drawn.get(kind)?.map((one) => one.from) ?? [],
  };
}
