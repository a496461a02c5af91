import type { AlertWrite } from './ports/alerts.ts';

/** Most items in one transaction (DynamoDB: TransactWriteItems). */
export const commitItemMax = 100;

/** Most transitions in one commit (design 2.3); longer input commits in prefixes. */
export const commitTransitionMax = 30;

/** Lists in which one alert can stand: five levels of area and its enterprise. */
const listMax = 6;

/** An upper bound of the items that one alert's write takes: itself, its transitions, leaving and joining lists. */
export const itemsOf = (write: AlertWrite): number => 1 + write.transitions.length + 2 * listMax;

/** True when the writes, with the state of their device, fit one transaction. */
export function fitsOneCommit(writes: readonly AlertWrite[]): boolean {
  const transitions = writes.reduce((sum, write) => sum + write.transitions.length, 0);
  const items = writes.reduce((sum, write) => sum + itemsOf(write), 1);
  return transitions <= commitTransitionMax && items <= commitItemMax;
}
