import type { Random } from '../../../../sensors-sim/random.ts';
import type { FaultKind } from './kinds.ts';
import type { FaultPlan } from './plan.ts';

/** Shortest and longest spell of each kind that comes in spells, in milliseconds. */
const lengthMs: Partial<Record<FaultKind, readonly [number, number]>> = {
  'throttle-burst': [2_000, 15_000],
  outage: [45_000, 120_000],
  'kms-denied': [5_000, 30_000],
  'conflict-storm': [2_000, 10_000],
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
  sourceOf(name: string): Random;
}

/** Faults that last: one spell of a kind where it is rare, three where it is frequent, somewhere in the time of faults. */
export function createSpells({ plan, now, from, until, sourceOf }: SpellParts) {
  const drawn = new Map<FaultKind, readonly Spell[]>();
  const draw = (kind: FaultKind): readonly Spell[] => {
    const rate = plan.rates[kind];
    const span = lengthMs[kind];
    if (rate === 'none' || span === undefined) return [];
    const source = sourceOf(`spells/${kind}`);
    return Array.from({ length: rate === 'low' ? 1 : 3 }, () => {
      const start = from + source.next() * (until - from);
      const names = struck[kind];
      const name = names?.[Math.floor(source.next() * names.length)];
      return {
        name,
        from: start,
        until: Math.min(until, start + span[0] + source.next() * (span[1] - span[0])),
      };
    });
  };
  const of = (kind: FaultKind): readonly Spell[] => {
    const known = drawn.get(kind);
    if (known !== undefined) return known;
    const made = draw(kind);
    drawn.set(kind, made);
    return made;
  };
  return {
    of,
    /** Whether a spell of `kind` that strikes `name` lasts now. */
    covers: (kind: FaultKind, name: string): boolean =>
      of(kind).some(
        (spell) =>
          (spell.name === undefined || spell.name === name) && now() >= spell.from && now() < spell.until,
      ),
  };
}
