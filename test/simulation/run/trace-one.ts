import { createRandom } from '../../../sensors-sim/random.ts';
import { registerCity, startOfWorlds } from '../city/registered.ts';
import { faultNames } from '../world/faults/kinds.ts';
import { drawFaults, without } from '../world/faults/plan.ts';
import { scaleOf } from '../world/scale.ts';
import { trySeed } from './try-seed.ts';

export interface OneOptions {
  readonly seed: number;
  readonly trace?: boolean;
  readonly json?: boolean;
  /** Kinds of faults, separated by commas; `-`: none. */
  readonly only?: string;
  readonly devices?: number;
  /** Devices of its storm; of nothing in a world without one. */
  readonly storm?: number;
  readonly whole?: boolean;
}

/** Seconds since the beginning of the world, so that lines can be compared. */
const clock = (at: number): string => ((at - startOfWorlds) / 1_000).toFixed(3).padStart(9);

/** Tries one world and tells what the oracle says; with `trace`, everything that happened. @returns whether it held */
export async function traceOne({
  seed,
  trace,
  json,
  only,
  devices,
  storm: inStorm,
  whole,
}: OneOptions): Promise<boolean> {
  const registered = await registerCity();
  const random = createRandom(String(seed));
  const drawn = drawFaults(random.split('plan'));
  const wanted = only?.split(',');
  const plan =
    wanted === undefined
      ? drawn
      : without(drawn, new Set(faultNames.filter((name) => !wanted.includes(name))));
  const scale = scaleOf(random, registered.devices.length, whole);
  const on = Object.entries(plan.rates).filter(([, rate]) => rate !== 'none');
  const storm = scale.storm === undefined ? '' : `a storm (${scale.storm.kind}), `;
  if (json !== true)
    console.log(
      `seed ${seed}: ${storm}faults ${on.map(([name, rate]) => `${name} (${rate})`).join(', ') || 'none'}`,
    );
  const listen =
    trace === true
      ? (at: number, who: string, what: string) => console.log(`${clock(at)}  ${who.padEnd(8)} ${what}`)
      : undefined;
  const result = await trySeed(registered, {
    seed,
    plan,
    scale: {
      ...scale,
      deviceCount: devices ?? scale.deviceCount,
      ...(scale.storm && { storm: { ...scale.storm, deviceCount: inStorm ?? scale.storm.deviceCount } }),
    },
    ...(listen && { listen }),
  });
  const { violations, injected, ...rest } = result;
  if (json === true)
    console.log(JSON.stringify({ ...rest, violations, injected: Object.fromEntries(injected) }, null, 2));
  else {
    console.log(
      `${rest.messages} messages, ${rest.notes} calls and happenings in ${rest.simulatedMs / 1_000} simulated seconds, trace ${rest.traceHash.slice(0, 16)}`,
    );
    for (const { law, what } of violations) console.log(`VIOLATED ${law}: ${what}`);
    if (violations.length === 0) console.log('nothing lost, nothing invented');
  }
  return violations.length === 0;
}
