/** What this room knows: which change may follow which state. The one table of legal edges; docs publish it. */
import type { Condition } from '../rules/transition.ts';
import type { Alert, AlertChange, Handling } from './alert.ts';

/** A state as the edges see it; `none` before the first transition. */
export type AlertState = 'none' | 'closed' | Condition;

interface Edge {
  readonly from: readonly AlertState[];
  /** Handlings from which it is allowed; absent: every one. Matters to the acknowledgement alone. */
  readonly handling?: readonly Handling[];
}

export const edges: Readonly<Record<AlertChange, Edge>> = {
  raised: { from: ['none'] },
  occurrence: { from: ['recovered'] },
  'severity-up': { from: ['firing', 'stale'] },
  'severity-down': { from: ['firing', 'stale'] },
  stale: { from: ['firing', 'stale'] },
  'firing-again': { from: ['stale'] },
  recovered: { from: ['firing', 'stale'] },
  acknowledged: { from: ['firing', 'stale', 'recovered'], handling: ['open'] },
  linked: { from: ['firing', 'stale'] },
  'inhibition-ended': { from: ['firing', 'stale'] },
  /** Written only by repair: what happened under this number was lost in a restore. */
  restored: { from: ['none', 'firing', 'stale', 'recovered'] },
};

export const stateOf = (alert: Alert | undefined): AlertState => {
  if (alert === undefined) return 'none';
  return alert.closed ? 'closed' : alert.condition;
};

export type EdgeRefusal = 'closed' | 'already-acknowledged' | 'not-allowed';

/** Undefined when `change` may follow; otherwise why not. */
export function edgeRefusal(alert: Alert | undefined, change: AlertChange): EdgeRefusal | undefined {
  const edge = edges[change];
  const state = stateOf(alert);
  if (state === 'closed') return 'closed';
  if (!edge.from.includes(state)) return 'not-allowed';
  if (alert !== undefined && edge.handling !== undefined && !edge.handling.includes(alert.handling))
    return 'already-acknowledged';
  return undefined;
}
