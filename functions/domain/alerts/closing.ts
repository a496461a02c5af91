/** What this room knows: open matters, how they stand in the world and with people, and how they change. */
import { rankOf, type Severity } from '../severity.ts';
import type { Alert, Handling } from './alert.ts';

const handlingOrder: readonly Handling[] = ['open', 'acknowledged', 'disposed', 'verified'];

/**
 * How far people must have come before an alert may close, by the gravest severity it has had: nothing for
 * `signal`, an acknowledgement for blue and yellow, disposal and verification for orange and red.
 */
export function handlingNeeded(gravest: Severity): Handling {
  if (gravest === 'signal') return 'open';
  return rankOf(gravest) >= rankOf('orange') ? 'verified' : 'acknowledged';
}

/** True once the condition is over and the handling is complete: latched alerts stay visible until then. */
export function isClosed(alert: Pick<Alert, 'condition' | 'handling' | 'gravest'>): boolean {
  if (alert.condition !== 'recovered') return false;
  return handlingOrder.indexOf(alert.handling) >= handlingOrder.indexOf(handlingNeeded(alert.gravest));
}
