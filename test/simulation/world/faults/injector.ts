import type { Random } from '../../../../sensors-sim/random.ts';
import type { FaultKind } from './kinds.ts';
import type { FaultPlan } from './plan.ts';
import { createSpells } from './spells.ts';
import type { CallSite, Faults, Verdict } from './verdict.ts';

/** Chance of a fault at one opportunity. */
const chances = { none: 0, low: 0.006, high: 0.045 } as const;

/** A tick asks 72 partitions of indexes, mostly for nothing: faults there are that much rarer, so that others are met too. */
const chanceOfQuery = 0.04;
/** What is old is put aside in few worlds, and once in them. */
const chanceOfPuttingAside = 6;

const weightOf = ({ fn, operation }: CallSite): number => {
  if (operation === 'QueryCommand') return chanceOfQuery;
  return fn === 'ingest' && operation === 'SendMessageBatchCommand' ? chanceOfPuttingAside : 1;
};

/** Batch calls are few, so they are struck that much oftener. */
const partialWeight = 8;

/** A batch that is split races with the next one, in every other receive where that is frequent. */
const splitWeight = 12;

/** Milliseconds that a call of a service takes on its way. */
const latencyMs = { least: 2, span: 6, slowLeast: 700, slowSpan: 2_500 } as const;

const well: Verdict = { kind: 'well' };

/** Single calls that go wrong. */
const callFaults: readonly { readonly kind: FaultKind; readonly verdict: Verdict }[] = [
  // The caller hears the same of both: nothing but a look at the table tells what was done from what was not.
  { kind: 'refused', verdict: { kind: 'refused', error: 'TimeoutError' } },
  { kind: 'unheard', verdict: { kind: 'unheard', error: 'TimeoutError' } },
  { kind: 'crash-before', verdict: { kind: 'crash', isEffective: false } },
  { kind: 'crash-after', verdict: { kind: 'crash', isEffective: true } },
  { kind: 'hang-before', verdict: { kind: 'hang', isEffective: false } },
  { kind: 'hang-after', verdict: { kind: 'hang', isEffective: true } },
];

/** What a table counts as written: reads have a measure of their own. */
const writes = ['TransactWriteItemsCommand', 'UpdateItemCommand', 'PutItemCommand'];

/** All calls of one service that go wrong for a while. */
const spellFaults: readonly {
  readonly kind: FaultKind;
  readonly error: string;
  readonly only?: readonly string[];
}[] = [
  { kind: 'throttle-burst', error: 'ThrottlingException' },
  { kind: 'outage', error: 'ServiceUnavailable' },
  { kind: 'kms-denied', error: 'KMSAccessDeniedException' },
  { kind: 'conflict-storm', error: 'TransactionConflict', only: ['TransactWriteItemsCommand'] },
  { kind: 'writes-throttled', error: 'ThrottlingException', only: writes },
];

export interface InjectorParts {
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly now: () => number;
  /** Faults happen from `from` until before `until`. */
  readonly from: number;
  readonly until: number;
  /** Faults that last do so that many times longer. @default 1 */
  readonly longer?: number;
  injected(kind: FaultKind, where: string): void;
}

/** The faults of one world. Each kind of decision has a source of chance of its own, so that one more call shifts no other. */
export function createInjector(parts: InjectorParts): Faults {
  const { random, plan, now, from, until } = parts;
  const sources = new Map<string, Random>();
  const sourceOf = (name: string): Random => {
    const known = sources.get(name);
    if (known !== undefined) return known;
    const made = random.split(name);
    sources.set(name, made);
    return made;
  };
  const isOn = (): boolean => now() >= from && now() < until;
  const strikes = (kind: FaultKind, where: string, weight = 1): boolean => {
    const chance = chances[plan.rates[kind]] * weight;
    if (chance === 0 || !isOn() || sourceOf(kind).next() >= chance) return false;
    parts.injected(kind, where);
    return true;
  };
  const between = (name: string, least: number, most: number): number =>
    Math.round(least + sourceOf(name).next() * (most - least));
  const spells = createSpells({ ...parts, sourceOf });
  const inSpell = (kind: FaultKind, name: string, where: string): boolean => {
    if (!isOn() || !spells.covers(kind, name)) return false;
    parts.injected(kind, where);
    return true;
  };

  /** A message of a queue may be late beyond the time after which it is put aside; others would hold up a whole lane. */
  const overdue = (where: string): number =>
    where === 'queue' && sourceOf('delay/overdue').next() < 0.25 ? 4 : 1;
  const struckCalls = callFaults.filter(({ kind }) => plan.rates[kind] !== 'none');
  const callSource = sourceOf('calls');
  /** Functions whose clock was asked while it was wrong: told once. */
  const skewed = new Set<string>();

  const onCall = (call: CallSite): Verdict => {
    if (!isOn()) return well;
    const { service, operation } = call;
    const where = (): string => `${call.fn} ${service}.${operation}`;
    for (const { kind, error, only } of spellFaults)
      if ((only === undefined || only.includes(operation)) && spells.covers(kind, service)) {
        parts.injected(kind, where());
        return { kind: 'refused', error };
      }
    const weight = weightOf(call);
    // One draw decides among all kinds: each has its own stretch of the numbers from 0 to 1.
    let chance = callSource.next();
    for (const { kind, verdict } of struckCalls) {
      chance -= chances[plan.rates[kind]] * weight;
      if (chance >= 0) continue;
      parts.injected(kind, where());
      return verdict;
    }
    return well;
  };

  const copies = (kinds: readonly FaultKind[], where: string): number[] =>
    kinds.flatMap((kind) =>
      strikes(kind, where)
        ? [kind.endsWith('late') ? between(`${kind}/ms`, 35_000, 110_000) : between(`${kind}/ms`, 0, 3_000)]
        : [],
    );
  const copyKinds = {
    queue: ['queue-copy', 'queue-copy-late'],
    stream: ['stream-copy'],
    topic: ['topic-copy'],
  } as const;
  const delayKinds = {
    queue: 'queue-delay',
    stream: 'stream-delay',
    topic: 'topic-delay',
    rule: 'rule-copy',
  } as const;

  return {
    onCall,
    latencyMs: (call) => {
      const source = sourceOf('latency');
      const isSlow = inSpell('slow', 'everything', call.service);
      if (isSlow) return Math.round(latencyMs.slowLeast + source.next() * latencyMs.slowSpan);
      // Drawn once for all calls of one instant, as they go out together: an index has 64 partitions.
      return latencyMs.least + ((now() * 7 + call.service.length) % latencyMs.span);
    },
    isPartial: (service) => strikes('partial', service, partialWeight),
    staleMs: (what) =>
      strikes(what === 'read' ? 'stale-read' : 'stale-index', what, 3) ? between('stale/ms', 50, 4_000) : 0,
    copiesMs: (where) => copies(copyKinds[where], where),
    // Also when all heals: what a network held back comes then, all at once.
    isSplit: () => {
      const chance = chances[plan.rates['queue-split']] * splitWeight;
      if (chance === 0 || sourceOf('queue-split').next() >= chance) return false;
      parts.injected('queue-split', 'queue');
      return true;
    },
    delayMs: (where) =>
      strikes(delayKinds[where], where, where === 'rule' ? 1 : 2)
        ? between('delay/ms', 200, 20_000) * overdue(where)
        : 0,
    isRuleBlocked: () => inSpell('rule-blocked', 'rule', 'rule'),
    isThrottled: (fn) => inSpell('throttled', fn, fn),
    isOldVersion: (fn) => {
      if (!isOn() || plan.rates['old-version'] === 'none' || sourceOf('old-version').next() >= 0.5)
        return false;
      parts.injected('old-version', fn);
      return true;
    },
    planDelaysMs: () => {
      if (strikes('plan-skipped', 'scheduler', 8)) return [];
      const delay = strikes('plan-late', 'scheduler', 10) ? between('plan/ms', 1_000, 59_000) : 0;
      return strikes('plan-twice', 'scheduler', 10)
        ? [delay, delay + between('plan/ms', 0, 30_000)]
        : [delay];
    },
    isTrimmed: () => strikes('stream-trimmed', 'stream', 3),
    hostSkewMs: (fn) => {
      if (!isOn() || plan.rates['host-skew'] === 'none') return 0;
      if (!skewed.has(fn)) parts.injected('host-skew', fn);
      skewed.add(fn);
      return Math.round((sourceOf(`skew/${fn}`).key % 800) - 400);
    },
  };
}
