import type { Registered } from '../city/registered.ts';
import type {
  Accepted,
  Change,
  City,
  CityDevice,
  HumanAct,
  Published,
  Received,
  Receiver,
} from '../history.ts';
import type { Scale } from './scale.ts';

/** Those who hear of alerts in every world. */
export const receivers: readonly Receiver[] = [
  { name: 'province', isLive: true },
  { name: 'north', areaPrefix: '2201', isLive: true },
];

/** What is written down while a world goes on. */
export interface Story {
  readonly city: City;
  readonly accepted: Accepted[];
  readonly acts: HumanAct[];
  readonly changes: Change[];
  readonly published: Published[];
  readonly received: Received[];
  readonly archive: string[];
  readonly quarantine: Map<string, string>;
  readonly logs: string[];
  readonly metrics: Record<string, number>;
  readonly crashes: { readonly at: number; readonly by: string; readonly message: string }[];
}

/**
 * The story of a city of `scale`, whose devices stand beside each other from a place that `chance` (0 to 1) gives, and with them
 * those of its `storm`.
 */
export function createStory(
  registered: Registered,
  storm: readonly CityDevice[],
  chance: number,
  { deviceCount }: Pick<Scale, 'deviceCount'>,
): Story {
  const all = registered.devices;
  const first = Math.floor(chance * (all.length - deviceCount + 1));
  return {
    city: {
      devices: [...all.slice(first, first + deviceCount), ...storm],
      rules: registered.rules,
      correlations: registered.correlations,
    },
    accepted: [],
    acts: [],
    changes: [],
    published: [],
    received: [],
    archive: [],
    quarantine: new Map(),
    logs: [],
    metrics: {},
    crashes: [],
  };
}
