import type { Signal } from './world.ts';

/** Oxygen of clean air in %vol. */
export const cleanAirPct = 20.9;

/** Oxygen in %vol where a gas displaces air; `gasPct` is that gas in %vol. */
export const oxygen =
  (gasPct: Signal): Signal =>
  (at) =>
    cleanAirPct * (1 - Math.min(100, gasPct(at)) / 100);
