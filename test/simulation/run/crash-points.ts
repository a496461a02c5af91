import { createRandom } from '../../../sensors-sim/random.ts';
import type { Registered } from '../city/registered.ts';
import type { Violation } from '../oracle/law.ts';
import { faultNames } from '../world/faults/kinds.ts';
import { drawFaults, type FaultPlan, without } from '../world/faults/plan.ts';
import type { CallSite, Faults, Verdict } from '../world/faults/verdict.ts';
import type { Scale } from '../world/scale.ts';
import { trySeed } from './try-seed.ts';

/** What can happen at one call of a service. */
export const crashModes = [
  'crash-before',
  'crash-after',
  'hang-before',
  'hang-after',
  'refused',
  'unheard',
] as const;
export type CrashMode = (typeof crashModes)[number];

/** One call of a run, and what happens to it. */
export interface CrashPoint {
  readonly fn: CallSite['fn'];
  readonly invocation: number;
  readonly nth: number;
  readonly mode: CrashMode;
}

/** A call that can be struck; `isPaired`: also together with each call of the redelivery that follows. */
export interface PlainPoint extends Omit<CrashPoint, 'mode'> {
  readonly isPaired: boolean;
}

/** The points that are struck in one run: one, or two of them. */
export type Struck = readonly CrashPoint[];

/**
 * The world in which every call is struck: two devices and people, with alarms raised, escalated, acknowledged and recovered, a
 * limit changed and a message refused within a minute. Nothing fails in it but what is struck.
 */
export const crashSeed = 12;
export const crashScale: Scale = {
  deviceCount: 2,
  warmUpMs: 5_000,
  faultsMs: 55_000,
  healMs: 185_000,
  isShortened: true,
};

/** Two redeliveries, and what they cause. */
const healAfterTwoMs = 330_000;

/** Largest batch whose crashes are tried in pairs. */
const pairBatchMax = 3;

const verdicts: Readonly<Record<CrashMode, Verdict>> = {
  'crash-before': { kind: 'crash', isEffective: false },
  'crash-after': { kind: 'crash', isEffective: true },
  'hang-before': { kind: 'hang', isEffective: false },
  'hang-after': { kind: 'hang', isEffective: true },
  refused: { kind: 'refused', error: 'InternalServerError' },
  unheard: { kind: 'unheard', error: 'TimeoutError' },
};

const calm = without(drawFaults(createRandom('calm')), new Set(faultNames));
const plan: FaultPlan = { rates: { ...calm.rates, hostile: 'low' } };
const world = { seed: crashSeed, plan, scale: crashScale };

/** Every call of the undisturbed run before the healing, in order: the points at which it can be struck. */
export async function crashPoints(registered: Registered): Promise<readonly PlainPoint[]> {
  const sites: CallSite[] = [];
  const result = await trySeed(registered, {
    ...world,
    faults: (own) => listening(own, (call) => sites.push(call)),
  });
  const [first] = result.violations;
  if (first !== undefined) throw new Error(`the undisturbed world breaks ${first.law}: ${first.what}`);
  const begin = sites[0]?.at ?? 0;
  const early = sites.filter(({ at }) => at < begin + crashScale.warmUpMs + crashScale.faultsMs);
  // One call of a port asks all partitions of an index at once: its first and its last request stand for it.
  const portCall = ({ fn, invocation, at, operation }: CallSite): string =>
    `${fn}/${invocation}/${at}/${operation}`;
  const isEnd = (site: CallSite, i: number): boolean =>
    portCall(site) !== portCall(early[i - 1] ?? { ...site, fn: 'api', at: 0 }) ||
    portCall(site) !== portCall(early[i + 1] ?? { ...site, fn: 'api', at: 0 });
  const firsts = firstOfEachShape(early);
  return early.filter(isEnd).map(({ fn, invocation, nth }) => ({
    fn,
    invocation,
    nth,
    isPaired: firsts.has(`${fn}/${invocation}`),
  }));
}

/** Invocations with a small batch that comes again, one of each sequence of calls: pairs of the others would show the same. */
function firstOfEachShape(sites: readonly CallSite[]): ReadonlySet<string> {
  const operations = new Map<string, string[]>();
  for (const { fn, invocation, batch, service, operation } of sites) {
    if (fn === 'sweep' || batch.length === 0 || batch.length > pairBatchMax) continue;
    const known = operations.get(`${fn}/${invocation}`) ?? [];
    known.push(`${service}.${operation}`);
    operations.set(`${fn}/${invocation}`, known);
  }
  const firsts = new Map<string, string>();
  for (const [invocation, calls] of operations) {
    const shape = `${invocation.split('/')[0]} ${calls.join(' ')}`;
    if (!firsts.has(shape)) firsts.set(shape, invocation);
  }
  return new Set(firsts.values());
}

export interface StrikeResult {
  readonly violations: readonly Violation[];
  /** Calls of the next invocation that had the batch of the last struck point again. */
  readonly calls: readonly Omit<CrashPoint, 'mode'>[];
}

/** Runs the same world with these points struck. */
export async function strike(registered: Registered, struck: Struck): Promise<StrikeResult> {
  const last = struck.at(-1);
  let batch: readonly string[] = [];
  const again: CallSite[] = [];
  const faults = (own: Faults): Faults => ({
    ...own,
    onCall: (call) => {
      const point = struck.find(
        ({ fn, invocation, nth }) => fn === call.fn && invocation === call.invocation && nth === call.nth,
      );
      if (point !== undefined && point === last) batch = call.batch;
      else if (
        batch.length > 0 &&
        call.fn === last?.fn &&
        call.invocation > last.invocation &&
        call.batch.some((id) => batch.includes(id))
      )
        again.push(call);
      return point === undefined ? own.onCall(call) : verdicts[point.mode];
    },
  });
  // A batch that crashes twice comes a third time four minutes later.
  const scale = struck.length === 1 ? crashScale : { ...crashScale, healMs: healAfterTwoMs };
  const { violations } = await trySeed(registered, { ...world, scale, faults });
  const next = again[0]?.invocation;
  const calls = again.filter(({ invocation }) => invocation === next);
  return { violations, calls: calls.map(({ fn, invocation, nth }) => ({ fn, invocation, nth })) };
}

const listening = (own: Faults, heard: (call: CallSite) => void): Faults => ({
  ...own,
  onCall: (call) => {
    heard(call);
    return own.onCall(call);
  },
});
