import { createRandom } from '../../../sensors-sim/random.ts';
import { type Registered, startOfWorlds } from '../city/registered.ts';
import type { History, Phases } from '../history.ts';
import { type CalmParts, isCalm } from './calm.ts';
import { createEngine, type Engine } from './engine.ts';
import { createInjector } from './faults/injector.ts';
import { drawFaults, type FaultPlan } from './faults/plan.ts';
import type { Faults } from './faults/verdict.ts';
import { createFleet } from './fleet.ts';
import { countFaults, openWorld } from './open-world.ts';
import { createPeople, habitsOf } from './people/people.ts';
import { type Scale, scaleOf } from './scale.ts';
import { stormHealLeastMs } from './storm.ts';
import { createStory } from './story.ts';
import { createStrangers } from './strangers.ts';
import { createTrace } from './trace.ts';

export interface WorldOptions {
  readonly seed: number;
  /** @default drawn from the seed */
  readonly plan?: FaultPlan;
  /** @default drawn from the seed, `isWhole` or shortened */
  readonly scale?: Scale;
  readonly isWhole?: boolean;
  /** Hears every note of the trace. */
  readonly listen?: (at: number, who: string, what: string) => void;
  /** Whether the run has the hash of its trace. @default true */
  readonly isHashed?: boolean;
  /** Other faults than those of the plan, for enumerations. */
  readonly faults?: (own: Faults) => Faults;
}

export interface WorldRun {
  readonly history: History;
  readonly traceHash: string;
  /** Notes of the trace: calls, invocations and what became of them. */
  readonly notes: number;
  /** Faults that happened, as `kind|place`. */
  readonly injected: ReadonlyMap<string, number>;
  readonly plan: FaultPlan;
  readonly scale: Scale;
}

/** Readings stop so long before the end: what was sent is through, and nobody is silent yet. */
const lastReadingMs = 20_000;

/** The end of each world: nothing fails, nothing is late, nobody acts. */
const quietMs = 26_000;
/**
 * A world heals for so long at least: what the ticks find due is found, decided and heard by its end. With the quiet it is over a
 * minute, the longest of the oracle's bounds: with less, what was due at the end of the faults would be asked for never.
 */
const healLeastMs = 35_000;
const lookEveryMs = 2_000;
/** Excursions begin up to so long after the faults in a world that ends soon. */
const stormyMs = 15_000;

/** Runs one world from its seed to its end. @throws what is a defect of the simulation itself */
export async function runWorld(registered: Registered, options: WorldOptions): Promise<WorldRun> {
  const random = createRandom(String(options.seed));
  const plan = options.plan ?? drawFaults(random.split('plan'));
  const { devices } = registered;
  const scale = options.scale ?? scaleOf(random, devices.length, options.isWhole);
  const everybody = scale.storm === undefined ? registered : await registered.storm();
  const stormDevices = everybody.devices.slice(devices.length).slice(0, scale.storm?.deviceCount);
  const phases = latestPhases(scale);
  const span = { from: phases.faults, until: phases.heal };
  const engine = createEngine(startOfWorlds);
  const trace = createTrace(options.listen, options.isHashed);
  const { counts, injected } = countFaults();
  const own = createInjector({ random: random.split('faults'), plan, now: engine.now, ...span, injected });
  const faults = options.faults?.(own) ?? own;
  const story = createStory(registered, stormDevices, random.split('city').next(), scale);
  const { platform, broker, listen } = openWorld({
    registered: everybody,
    engine,
    faults,
    trace,
    story,
    isShortened: scale.isShortened,
  });
  const { lambda, queues, rule } = platform;

  const { city, acts, accepted } = story;
  const endAt = () => phases.quiet;
  const people = createPeople({
    engine,
    lambda,
    random,
    city,
    acts,
    ...span,
    endAt,
    habits: habitsOf(scale),
  });
  listen(people.heard);
  const fleet = createFleet(city.devices, {
    engine,
    broker,
    random: random.split('fleet'),
    pace: registered.pace,
    plan,
    ...span,
    startAt: startOfWorlds,
    endAt: () => phases.end - lastReadingMs,
    storm: scale.storm && { ...scale.storm, devices: stormDevices },
    weatherUntil: weatherUntil(scale, phases),
    injected,
  });
  for (const { device, isSkewed } of fleet) if (isSkewed) rule.skewed.add(device.deviceId);
  const { topicOf } = broker;
  createStrangers(fleet, {
    engine,
    random: random.split('strangers'),
    plan,
    ...span,
    accepted,
    topicOf,
    publish: broker.publish,
    sends: rule.sends,
    injected,
  });

  await engine.run(phases.heal);
  for (const queue of Object.values(queues)) queue.redrive();
  if (scale.isShortened) {
    const calm = { queues, fleet, acts, accepted, inStream: platform.stream.waiting };
    const leastMs = scale.storm ? stormHealLeastMs[scale.storm.kind] : healLeastMs;
    phases.quiet = await calmFrom(engine, calm, phases, leastMs);
    phases.end = phases.quiet + quietMs;
  }
  await engine.run(phases.end);
  for (const { running } of fleet) running().stop();
  const history = platform.history(options.seed, phases);
  return { history, traceHash: trace.hash(), notes: trace.count, injected: counts, plan, scale };
}

/** What the ordinary devices of a storm see is over with it, so that its end can be seen. */
function weatherUntil({ isShortened, storm }: Scale, { heal, end }: Phases): number {
  if (storm !== undefined) return heal - stormyMs;
  return isShortened ? heal + stormyMs : end - lastReadingMs;
}

/** When at the latest each part of a world begins; a world that is calm sooner ends sooner. */
function latestPhases({ warmUpMs, faultsMs, healMs }: Scale): {
  -readonly [Part in keyof Phases]: Phases[Part];
} {
  const faults = startOfWorlds + warmUpMs;
  const heal = faults + faultsMs;
  const end = heal + healMs;
  return { warmUp: startOfWorlds, faults, heal, quiet: end - quietMs, end };
}

/** Runs until nothing is under way, at the latest until `quiet`. @returns when that is */
async function calmFrom(
  engine: Engine,
  parts: CalmParts,
  { heal, quiet }: Phases,
  leastMs: number,
): Promise<number> {
  for (let at = heal + leastMs; at < quiet; at += lookEveryMs) {
    await engine.run(at);
    if (isCalm(parts, at)) return at;
  }
  return quiet;
}
