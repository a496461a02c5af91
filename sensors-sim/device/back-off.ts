import type { Random } from '../random.ts';

/** Shortest and longest wait before a device connects again. */
export const reconnectMinMs = 500;
export const reconnectMaxMs = 30_000;

/** The wait before try number `failures` (from 1): doubles each time, the upper half of it is chance, so that a fleet does not come back as one. */
export function reconnectDelay(failures: number, random: Random): number {
  const full = Math.min(reconnectMaxMs, reconnectMinMs * 2 ** Math.min(30, failures - 1));
  return Math.round(full / 2 + (full / 2) * random.next());
}
