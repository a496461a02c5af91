import { rank, type Told } from '../facts/alerts.ts';
import type { View } from '../facts/view.ts';
import type { Law } from '../law.ts';

/** Whether an alert fired at some moment between the writing of a transition and its decision. */
function firedMeanwhile(
  { told }: View,
  alertId: string | undefined,
  { writtenAt, decidedAt }: Told,
  least: number,
) {
  const some = told.get(alertId ?? '') ?? [];
  return some.some(
    (one, place) =>
      one.condition === 'firing' &&
      rank(one.severity) >= least &&
      one.writtenAt <= (decidedAt ?? Number.POSITIVE_INFINITY) &&
      (some[place + 1]?.writtenAt ?? Number.POSITIVE_INFINITY) >= writtenAt,
  );
}

/** Why the transition may not be kept from people for `reason`; undefined when it may (design 6, semantics 20, 21). */
function trouble(view: View, told: Told, reason: string): string | undefined {
  const { severity, change, condition, closed, marks, cause } = told;
  const least = rank(severity);
  switch (reason) {
    case 'signal':
      return severity === 'signal' && change !== 'severity-down' ? undefined : `it is ${severity}`;
    case 'handling-only':
      return change === 'acknowledged' && !closed ? undefined : `it is ${change}`;
    case 'linked':
      return change === 'linked' ? undefined : `it is ${change}`;
    case 'inhibited': {
      if (severity === 'red' || condition === 'recovered') return `it is ${severity} and ${condition}`;
      const parents = [...view.told.keys()].filter((id) => id !== told.alertId);
      return parents.some((id) => firedMeanwhile(view, id, told, least)) ? undefined : 'nothing graver fired';
    }
    case 'root-cause':
      if (severity === 'red' || !marks.includes('caused')) return `it is ${severity}, marked ${marks.join()}`;
      return firedMeanwhile(view, cause, told, least) ? undefined : `its cause ${cause} did not fire`;
    default:
      return 'there is no such reason';
  }
}

/** What was kept from people was kept from them for a reason that holds: whatever is not held back is due. */
export const decisionEarned: Law = {
  name: 'decision-earned',
  check: (view) =>
    [...view.byId.values()].flatMap((told) => {
      const { decision, id, decidedAt } = told;
      if (decision?.outcome !== 'suppressed') return [];
      const why = trouble(view, told, decision.reason);
      if (why === undefined) return [];
      return [
        { what: `${id} was suppressed as ${decision.reason}, but ${why}`, at: decidedAt ?? told.writtenAt },
      ];
    }),
};
