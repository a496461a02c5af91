import { type AirflowParams, airflow } from './airflow.ts';
import { barometer } from './barometer.ts';
import { type ClimateParams, climate } from './climate.ts';
import { type DustParams, dust } from './dust.ts';
import { type FanParams, fanState } from './fan.ts';
import { type LeakPlumeParams, leakPlume } from './leak-plume.ts';
import { type MethaneParams, methane } from './methane.ts';
import { oxygen } from './oxygen.ts';
import { type PitWallParams, pitWall } from './pit-wall.ts';
import { type TankParams, tankLevel } from './tank.ts';
import { type ToxicGasParams, toxicGas } from './toxic-gas.ts';
import { type ValveParams, valveState } from './valve.ts';
import type { Signal, World } from './world.ts';

/** Which physics a sensor sees, as data: one kind a file of this folder. */
export type ModelSpec =
  | ({ readonly kind: 'methane' } & MethaneParams)
  | ({ readonly kind: 'leak-plume' } & LeakPlumeParams)
  /** Oxygen displaced by a leak that is given in %LEL of methane (5 %vol). */
  | ({ readonly kind: 'oxygen' } & LeakPlumeParams)
  | ({ readonly kind: 'toxic-gas' } & ToxicGasParams)
  | ({ readonly kind: 'tank-level' } & TankParams)
  | ({ readonly kind: 'valve' } & ValveParams)
  | ({ readonly kind: 'pit-wall' } & PitWallParams)
  | ({ readonly kind: 'dust' } & DustParams)
  | ({ readonly kind: 'fan' } & FanParams)
  | ({ readonly kind: 'airflow' } & AirflowParams)
  | ({ readonly kind: 'climate' } & ClimateParams)
  | { readonly kind: 'barometer' };

/** Lower explosive limit of methane in %vol. */
const methaneLelPct = 5;

/** The signal of a model: a pure function of the world's seed, its switches and the time. */
export function signalOf(world: World, key: string, spec: ModelSpec): Signal {
  switch (spec.kind) {
    case 'methane':
      return methane(world, spec);
    case 'leak-plume':
      return leakPlume(world, spec);
    case 'oxygen': {
      const lel = leakPlume(world, spec);
      return oxygen((at) => (lel(at) * methaneLelPct) / 100);
    }
    case 'toxic-gas':
      return toxicGas(world, spec);
    case 'tank-level':
      return tankLevel(world, spec);
    case 'valve':
      return valveState(world, spec);
    case 'pit-wall':
      return pitWall(world, spec);
    case 'dust':
      return dust(world, spec);
    case 'fan':
      return fanState(world, spec);
    case 'airflow':
      return airflow(world, spec);
    case 'climate':
      return climate(world, key, spec);
    case 'barometer':
      return barometer(world);
    default:
      return spec satisfies never;
  }
}
