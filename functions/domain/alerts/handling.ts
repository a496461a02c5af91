/** What this room knows: what people may do about an alert. */
import type { Instant } from '../time.ts';
import type { Alert } from './alert.ts';
import { type Changed, change } from './change.ts';
import { type EdgeRefusal, edgeRefusal } from './edges.ts';

export type Handled =
  | ({ readonly ok: true } & Changed)
  | { readonly ok: false; readonly problem: EdgeRefusal };

/**
 * The alert once somebody has taken it on; allowed in every condition as long as nobody has yet.
 *
 * A recovered blue or yellow alert closes with it.
 */
export function acknowledge(
  alert: Alert,
  action: { readonly by: string; readonly at: Instant; readonly comment?: string | undefined },
): Handled {
  const problem = edgeRefusal(alert, 'acknowledged');
  if (problem !== undefined) return { ok: false, problem };
  const changed = change(alert, {
    change: 'acknowledged',
    handling: 'acknowledged',
    at: action.at,
    phenomenonAt: action.at,
    committedAt: action.at,
    by: action.by,
    comment: action.comment,
  });
  return { ok: true, ...changed };
}
