import type { Random } from '../../../../sensors-sim/random.ts';
import type { City, HumanAct } from '../../history.ts';
import type { Engine } from '../engine.ts';
import type { Lambda } from '../lambda.ts';
import type { Scale } from '../scale.ts';
import { personal } from './personal.ts';
import { createWishes, regulator } from './requests.ts';

/** Tries of a person whose request was not answered or failed at our end. */
const triesMax = 12;
const tryAgainMs = 5_000;
/** Alarm limits that a regulator tightens to. */
const tighter = [21, 22, 24] as const;

/** What the people of a city do. */
export interface Habits {
  /** The rule whose alarm limits they tighten; changes of a world: fewer than this. */
  readonly ruleId: string;
  readonly changes: number;
  /** Share of the alerts that somebody acknowledges. */
  readonly acknowledgedShare: number;
  /** Longest wait from hearing of an alert to acknowledging it. Milliseconds. */
  readonly waitMs: number;
  /** They acknowledge again what has come again. */
  readonly isWatchful: boolean;
}

const quickHabits: Habits = {
  ruleId: 'gas.sim.level',
  changes: 4,
  acknowledgedShare: 0.5,
  waitMs: 40_000,
  isWatchful: false,
};

/** In a world without the waiting: what people ask took an eighth of its time. */
const briefHabits: Habits = { ...quickHabits, changes: 3, acknowledgedShare: 0.3 };

/** In a storm people cannot keep up. */
const stormHabits: Habits = { ...quickHabits, acknowledgedShare: 0.15 };

/** What the people of a world of some minutes do. */
export function habitsOf({ storm, isShortened }: Pick<Scale, 'storm' | 'isShortened'>): Habits {
  if (storm !== undefined) return stormHabits;
  return isShortened ? briefHabits : quickHabits;
}

export interface PeopleParts {
  readonly engine: Engine;
  readonly lambda: Lambda;
  readonly random: Random;
  readonly city: City;
  readonly acts: HumanAct[];
  /** Limits are changed in here; alerts are acknowledged whenever they come, until `endAt`, which is not known before. */
  readonly from: number;
  readonly until: number;
  readonly endAt: () => number;
  readonly habits: Habits;
}

/** The people: they hear of alerts, acknowledge some, and change limits while things fail; they try again until answered. */
export function createPeople(parts: PeopleParts) {
  const { engine, random, acts, from, until, habits } = parts;
  const wishes = createWishes('person');
  const own = random.split('people');
  const known = new Set<string>();

  const ask = (subject: string, path: string, body: object, act: HumanAct['act']): void => {
    const request = wishes.post(subject, path, body);
    const at = engine.now();
    const position = acts.push({ at, act }) - 1;
    const attempt = (tries: number): void => {
      parts.lambda.invoke('api', request, (outcome) => {
        const status = outcome.kind === 'done' ? statusOf(outcome.result) : undefined;
        if (status !== undefined && status < 500) {
          acts[position] = { at, act, status, answeredAt: engine.now() };
          return;
        }
        if (tries < triesMax) engine.after(tryAgainMs, () => attempt(tries + 1));
      });
    };
    attempt(1);
  };

  const setLimit = (): void => {
    const sensors = parts.city.devices.flatMap(({ deviceId, sensors: all }) =>
      all.map(({ sensorId }) => ({ deviceId, sensorId })),
    );
    const sensor = sensors[Math.floor(own.next() * sensors.length)];
    const value = tighter[Math.floor(own.next() * tighter.length)] ?? 24;
    if (sensor === undefined) return;
    const body = {
      scope: { kind: 'sensor', ...sensor },
      rule: habits.ruleId,
      limit: 'alarm',
      value,
      reason: `asked for by ${personal.name}`,
      validFrom: new Date(engine.now()).toISOString(),
    };
    ask(regulator, '/v1/limits', body, {
      kind: 'set-limit',
      ruleId: body.rule,
      limit: body.limit,
      value,
      sensor: `${sensor.deviceId}/${sensor.sensorId}`,
      validFrom: engine.now(),
    });
  };
  const changes = Math.floor(own.next() * habits.changes);
  for (let count = 0; count < changes; count += 1)
    engine.after(Math.round(from + own.next() * (until - from)) - engine.now(), setLimit);

  return {
    /** Somebody reads a notification. */
    heard(body: string): void {
      const { alertId, change, version } = changeIn(body);
      const news = `${alertId}/${habits.isWatchful ? version : change}`;
      if (!['raised', 'severity-up', 'occurrence'].includes(change) || known.has(news)) return;
      known.add(news);
      if (own.next() >= habits.acknowledgedShare || engine.now() > parts.endAt()) return;
      engine.after(Math.round(2_000 + own.next() * habits.waitMs), () => {
        if (engine.now() < parts.endAt())
          ask(
            regulator,
            `/v1/alerts/${alertId}/acknowledge`,
            { comment: `call ${personal.name}, ${personal.phone}` },
            { kind: 'acknowledge', alertId, by: regulator },
          );
      });
    },
  };
}

interface ChangeHeard {
  readonly alertId: string;
  readonly change: string;
  readonly version: number;
}

function changeIn(body: string): ChangeHeard {
  const { data }: { readonly data: ChangeHeard } = JSON.parse(body);
  return data;
}

const statusOf = (result: unknown): number | undefined =>
  typeof result === 'object' &&
  result !== null &&
  'statusCode' in result &&
  typeof result.statusCode === 'number'
    ? result.statusCode
    : undefined;
