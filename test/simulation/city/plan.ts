import { fileURLToPath } from 'node:url';
import type { CityEnterprise } from '../../../sensors-sim/city/shape.ts';
import type { CityCorrelation, CityRule } from '../history.ts';
import { enterprises, readEveryMs, stormEnterprise } from './enterprises.ts';
import { cityCorrelations, cityRules } from './rules.ts';

/** How often the devices of a city read and send. Milliseconds. */
export interface Pace {
  readonly readEveryMs: number;
  readonly packEveryMs: number;
}

/** A city that worlds are made of: who there is, and what watches over it. */
export interface CityPlan {
  readonly enterprises: readonly CityEnterprise[];
  /** Who is there in a storm beside them; of a city that has none, nobody. */
  readonly storm: readonly CityEnterprise[];
  /** Folder of its rules as YAML. */
  readonly rulesFolder: string;
  /** The same rules in the words of the oracle. */
  readonly rules: readonly CityRule[];
  readonly correlations: readonly CityCorrelation[];
  readonly pace: Pace;
}

/** The city of worlds that last some minutes. */
export const quickCity: CityPlan = {
  enterprises,
  storm: [stormEnterprise],
  rulesFolder: fileURLToPath(new URL('./rules', import.meta.url)),
  rules: cityRules,
  correlations: cityCorrelations,
  pace: { readEveryMs, packEveryMs: 10_000 },
};
