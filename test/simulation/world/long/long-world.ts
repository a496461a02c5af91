import { createRandom, type Random } from '../../../../sensors-sim/random.ts';
import { type Registered, startOfWorlds } from '../../city/registered.ts';
import type { History, Phases } from '../../history.ts';
import { type Along, createAlong } from '../../oracle/along/along.ts';
import { createEngine } from '../engine.ts';
import { countFaults, openWorld } from '../open-world.ts';
import { createPeople } from '../people/people.ts';
import { personal } from '../people/personal.ts';
import { createStory } from '../story.ts';
import { createStrangers } from '../strangers.ts';
import { createTrace } from '../trace.ts';
import { createCalendar } from './calendar.ts';
import { createLettingGo } from './letting-go.ts';
import { createSlowFleet } from './slow-fleet.ts';
import { drawReturn, drawTroubles } from './troubles.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface LongOptions {
  readonly seed: number;
  /** How long the world lasts. */
  readonly days: number;
  /** Whether the whole city is without network for an hour and comes back at once while its first trouble lasts. */
  readonly reconnects?: boolean;
  /** Hears each simulated hour how far it has come. */
  readonly told?: (progress: LongProgress) => void;
}

export interface LongProgress {
  readonly simulatedMs: number;
  readonly messages: number;
}

export interface LongRun {
  readonly history: History;
  /** What was judged while it went by. */
  readonly along: Along;
  readonly traceHash: string;
  /** Faults that happened, as `kind|place`. */
  readonly injected: ReadonlyMap<string, number>;
  readonly messages: number;
}

/** Nothing fails at the beginning for so long, at the most a share of the whole. */
const warmUpMs = 2 * hourMs;
const warmUpShare = 0.1;
/** The last day is for healing and quiet; of a shorter world a third. */
const healMs = dayMs;
const healShare = 1 / 3;
const quietMs = hourMs;
const quietShare = 1 / 6;
/** Readings stop so long before the end: what was sent is through. */
const lastReadingMs = 2 * minuteMs;
/** Dead letters are looked for so long after a trouble: the second time, whatever waited in its end has come once more. */
const redrivenAfterMs = [0, 10 * minuteMs] as const;
/** Turns of a simulated hour and, of them, of a device; the busiest takes a fifth. More are made by what comes again for ever. */
const turnsOfHourMax = 100_000;
const turnsOfDeviceMax = 100;

/** Runs one long world from its seed to its end. @throws what is a defect of the simulation itself */
export async function runLongWorld(registered: Registered, options: LongOptions): Promise<LongRun> {
  const { seed, days, told = () => {} } = options;
  const random = createRandom(`long/${seed}`);
  const phases = phasesOf(days);
  const span = { from: phases.faults, until: phases.heal };
  const troubles = drawTroubles(random.split('troubles'), span.from, span.until);
  const turnsMax = days * 24 * (turnsOfHourMax + turnsOfDeviceMax * registered.devices.length);
  const engine = createEngine(startOfWorlds, Math.ceil(turnsMax));
  const trace = createTrace();
  const { counts, injected } = countFaults();
  const { faults, plans } = createCalendar({ random, now: engine.now, troubles, injected });
  const story = createStory(registered, [], 0, { deviceCount: registered.devices.length });
  const { platform, broker, listen } = openWorld({
    registered,
    engine,
    faults,
    trace,
    story,
    isShortened: false,
  });
  const { lambda, queues, rule } = platform;

  const { city, acts, accepted } = story;
  const people = createPeople({
    engine,
    lambda,
    random,
    city,
    acts,
    ...span,
    endAt: () => phases.quiet,
    habits: {
      ruleId: 'gas.slow.level',
      changes: 1 + Math.ceil(2 * days),
      acknowledgedShare: 0.6,
      waitMs: 2 * hourMs,
      isWatchful: true,
    },
  });
  listen(people.heard);
  const fleet = createSlowFleet(city.devices, {
    engine,
    broker,
    random: random.split('fleet'),
    pace: registered.pace,
    startAt: startOfWorlds,
    endAt: phases.end - lastReadingMs,
    ...span,
    alsoDown: options.reconnects === true ? drawReturn(troubles, span) : [],
    injected,
  });
  for (const { device, isSkewed } of fleet) if (isSkewed) rule.skewed.add(device.deviceId);
  const { topicOf } = broker;
  for (const [place, trouble] of troubles.entries()) {
    const plan = plans[place];
    if (plan !== undefined)
      createStrangers(fleet, {
        engine,
        random: random.split(`strangers/${place}`),
        plan,
        ...trouble,
        accepted,
        topicOf,
        publish: broker.publish,
        sends: rule.sends,
        injected,
      });
    // After each trouble somebody brings the dead letters back, and later those that died meanwhile.
    for (const afterMs of redrivenAfterMs)
      engine.loop.at(trouble.until + afterMs, () => {
        for (const queue of Object.values(queues)) queue.redrive();
      });
  }

  const along = createAlong(city, Object.values(personal));
  const { letGo, letGoOfRest, messages } = createLettingGo({
    story,
    platform,
    along,
    expiredKeptMs: expiredKeptOf(random.split('expiry')),
  });
  for (let at = phases.warmUp + hourMs; at < phases.end; at += hourMs) {
    await engine.run(at);
    letGo(at);
    told({ simulatedMs: at - phases.warmUp, messages: messages() });
  }
  await engine.run(phases.end);
  for (const { running } of fleet) running().stop();
  const history = letGoOfRest(platform.history(seed, { ...phases, troubles }));
  return { history, along, traceHash: trace.hash(), injected: counts, messages: messages() };
}

/** DynamoDB removes what has expired within a few days; in half of the worlds at once, else up to two days later. */
function expiredKeptOf(random: Random): number {
  return random.next() < 0.5 ? 0 : Math.round(random.next() * 2 * dayMs);
}

function phasesOf(days: number): Phases {
  const lengthMs = Math.round(days * dayMs);
  const end = startOfWorlds + lengthMs;
  return {
    warmUp: startOfWorlds,
    faults: startOfWorlds + Math.round(Math.min(warmUpMs, lengthMs * warmUpShare)),
    heal: end - Math.round(Math.min(healMs, lengthMs * healShare)),
    quiet: end - Math.round(Math.min(quietMs, lengthMs * quietShare)),
    end,
  };
}
