import { createRandom } from '../../../sensors-sim/random.ts';
import type { Registered } from '../city/registered.ts';
import { registerCity } from '../city/registered.ts';
import { type FaultKind, faultNames } from '../world/faults/kinds.ts';
import { drawFaults, type FaultPlan, without } from '../world/faults/plan.ts';
import { type Scale, scaleOf } from '../world/scale.ts';
import { type SeedResult, trySeed } from './try-seed.ts';

interface Candidate {
  readonly plan: FaultPlan;
  readonly scale: Scale;
}

/** The smallest set of faults and devices with which the world of a seed still breaks the same law, as the command that shows it. */
export async function shrink(seed: number, isWhole = false): Promise<boolean> {
  const registered = await registerCity();
  const random = createRandom(String(seed));
  const whole: Candidate = {
    plan: drawFaults(random.split('plan')),
    scale: scaleOf(random, registered.devices.length, isWhole),
  };
  const first = await tried(registered, seed, whole);
  const law = first.violations[0]?.law;
  if (law === undefined) {
    console.log(`seed ${seed}: nothing to shrink, nothing was lost and nothing invented`);
    return true;
  }
  const fails = async (candidate: Candidate): Promise<boolean> =>
    (await tried(registered, seed, candidate)).violations.some((one) => one.law === law);
  const small = await fewerFaults(await fewerDevices(await fewerInStorm(whole, fails), fails), fails);
  const last = await tried(registered, seed, small);
  const kinds = kindsOf(small.plan);
  const { deviceCount, storm } = small.scale;
  const inStorm = storm === undefined ? '' : `, ${storm.deviceCount} more in a storm`;
  console.log(
    `seed ${seed} breaks ${law} with ${kinds.join(', ') || 'no fault at all'} and ${deviceCount} devices${inStorm}:`,
  );
  for (const { what } of last.violations.filter((one) => one.law === law)) console.log(`  ${what}`);
  console.log(
    `  npm run simulate -- --seed ${seed} --only ${kinds.join(',') || '-'} --devices ${deviceCount}${storm === undefined ? '' : ` --storm ${storm.deviceCount}`}${isWhole ? ' --whole' : ''} --trace`,
  );
  return false;
}

const tried = (registered: Registered, seed: number, candidate: Candidate): Promise<SeedResult> =>
  trySeed(registered, { seed, ...candidate });

const kindsOf = ({ rates }: FaultPlan): FaultKind[] => faultNames.filter((name) => rates[name] !== 'none');

async function fewerFaults(from: Candidate, fails: (one: Candidate) => Promise<boolean>): Promise<Candidate> {
  let kept = from;
  for (const kind of kindsOf(from.plan)) {
    const candidate = { ...kept, plan: without(kept.plan, new Set([kind])) };
    if (await fails(candidate)) kept = candidate;
  }
  return kept;
}

async function fewerDevices(
  from: Candidate,
  fails: (one: Candidate) => Promise<boolean>,
): Promise<Candidate> {
  for (let deviceCount = 1; deviceCount < from.scale.deviceCount; deviceCount += 1) {
    const candidate = { ...from, scale: { ...from.scale, deviceCount } };
    if (await fails(candidate)) return candidate;
  }
  return from;
}

/** A storm is as large as it is because a correlation keeps so many; what breaks without it, or with few, is shown by few. */
async function fewerInStorm(
  from: Candidate,
  fails: (one: Candidate) => Promise<boolean>,
): Promise<Candidate> {
  const { storm } = from.scale;
  if (storm === undefined) return from;
  for (let deviceCount = 0; deviceCount < storm.deviceCount; deviceCount = Math.max(1, deviceCount * 2)) {
    const candidate = { ...from, scale: { ...from.scale, storm: { ...storm, deviceCount } } };
    if (await fails(candidate)) return candidate;
  }
  return from;
}
