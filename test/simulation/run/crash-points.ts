import { createRandom } from '../../../sensors-sim/random.ts';
import { type Registered, registerCity } from '../city/registered.ts';
import { faultNames } from '../world/faults/kinds.ts';
import { drawFaults, without } from '../world/faults/plan.ts';
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

/** One call of the undisturbed run, and what happens to it. */
export interface CrashPoint {
  readonly fn: CallSite['fn'];
  readonly invocation: number;
  readonly nth: number;
  readonly mode: CrashMode;
}

/** The undisturbed world in which every call is struck once: two devices, ninety seconds, everything that alarms can do. */
export const crashSeed = 11;
export const crashScale: Scale = { deviceCount: 3, warmUpMs: 5_000, faultsMs: 90_000, healMs: 330_000 };

const verdicts: Readonly<Record<CrashMode, Verdict>> = {
  'crash-before': { kind: 'crash', isEffective: false },
  'crash-after': { kind: 'crash', isEffective: true },
  'hang-before': { kind: 'hang', isEffective: false },
  'hang-after': { kind: 'hang', isEffective: true },
  refused: { kind: 'refused', error: 'InternalServerError' },
  unheard: { kind: 'unheard', error: 'TimeoutError' },
};

const calm = without(drawFaults(createRandom('calm')), new Set(faultNames));

/** Every call of the undisturbed run before the healing, in order, as the points at which it can be struck. */
export async function crashPoints(registered: Registered): Promise<readonly Omit<CrashPoint, 'mode'>[]> {
  const sites: CallSite[] = [];
  const listening = (own: Faults): Faults => ({
    ...own,
    onCall: (call) => {
      sites.push(call);
      return own.onCall(call);
    },
  });
  const { violations } = await trySeed(registered, {
    seed: crashSeed,
    plan: calm,
    scale: crashScale,
    faults: listening,
  });
  const [first] = violations;
  if (first !== undefined) throw new Error(`the undisturbed world breaks ${first.law}: ${first.what}`);
  return sites.map(({ fn, invocation, nth }) => ({ fn, invocation, nth }));
}

/** Runs the same world with these points struck. */
export const strike = (registered: Registered, points: readonly CrashPoint[]) =>
  trySeed(registered, {
    seed: crashSeed,
    plan: calm,
    scale: crashScale,
    faults: (own) => ({
      ...own,
      onCall: (call) => {
        const struck = points.find(
          (one) => one.fn === call.fn && one.invocation === call.invocation && one.nth === call.nth,
        );
        return struck === undefined ? own.onCall(call) : verdicts[struck.mode];
      },
    }),
  });

export { registerCity };
