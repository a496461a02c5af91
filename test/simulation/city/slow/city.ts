import { fileURLToPath } from 'node:url';
import type { CityPlan } from '../plan.ts';
import { slowEnterprises, slowReadEveryMs } from './enterprises.ts';
import { slowCorrelations, slowRules } from './rules.ts';

/** Devices of the slow city if nothing else is said. */
export const slowDevices = 100;

/** Readings that travel together: half an hour's. */
const readingsOfPack = 3;

/** The city of worlds that last for weeks: many devices that read each ten minutes and send each half hour. */
export const slowCity = (deviceCount = slowDevices): CityPlan => ({
  enterprises: slowEnterprises(deviceCount),
  storm: [],
  rulesFolder: fileURLToPath(new URL('./rules', import.meta.url)),
  rules: slowRules,
  correlations: slowCorrelations,
  pace: { readEveryMs: slowReadEveryMs, packEveryMs: readingsOfPack * slowReadEveryMs },
});
