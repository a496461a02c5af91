/** What this room knows: what a rule means. This file: what a condition may ask beyond the reading, put together. */
import type { Around } from '../around.ts';

/** Windows as they are at one instant of one rule on one sensor. */
export type WindowAccess = Pick<Around, 'figure' | 'figureOf' | 'reaches'>;
/** The other sensors of the device at that instant. */
export type RoleAccess = Pick<Around, 'role' | 'peers'>;

const nobody: RoleAccess = { role: () => undefined, peers: () => [] };

/** What a condition may ask at one instant; without `roles` other sensors are unknown. */
export const aroundFrom = (
  { figure, figureOf, reaches }: WindowAccess,
  { role, peers }: RoleAccess = nobody,
): Around => ({ figure, figureOf, reaches, role, peers });
