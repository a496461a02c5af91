import { type AlertDoc, rank, type Told } from '../facts/alerts.ts';
import type { Law } from '../law.ts';

/** How far people must have come before it may close, by the gravest severity it has had (design 5). */
function isHandled(gravest: string, handling: string): boolean {
  if (gravest === 'signal') return true;
  if (rank(gravest) >= rank('orange')) return handling === 'verified';
  return handling !== 'open';
}

const furthest = (a: number, b: number): number => Math.abs(a) - Math.abs(b);

/** What the transitions alone say of the alert. */
function foldOf(told: readonly Told[], hasPeak: boolean): Readonly<Record<string, unknown>> {
  const [first] = told;
  const last = told.at(-1);
  const gravest = told
    .map(({ severity }) => severity)
    .reduce((a, b) => (rank(b) > rank(a) ? b : a), 'signal');
  const values = told.flatMap(({ value }) => value ?? []);
  let peak: { value: number; at: number } | undefined;
  for (const { change, value, phenomenonAt } of told)
    if (typeof value === 'number' && change !== 'recovered' && (!peak || furthest(value, peak.value) > 0))
      peak = { value, at: phenomenonAt };
  const spent: Record<string, number> = {};
  let changedAt = first?.at ?? 0;
  told.forEach(({ at }, place) => {
    const before = told[place - 1];
    if (before !== undefined && before.condition !== 'recovered' && at > changedAt)
      spent[before.severity] = (spent[before.severity] ?? 0) + at - changedAt;
    changedAt = Math.max(changedAt, at);
  });
  return {
    condition: last?.condition,
    handling: last?.handling,
    severity: last?.severity,
    occurrences: last?.occurrences,
    closed: last?.condition === 'recovered' && isHandled(gravest, last.handling),
    gravest,
    raisedAt: first?.at,
    changedAt,
    spent: sorted(spent),
    lastValue: values.at(-1),
    acknowledgedBy: told.findLast(({ change }) => change === 'acknowledged')?.by,
    cause: told.findLast(({ cause }) => cause !== undefined)?.cause,
    ...(hasPeak ? { peak } : {}),
  };
}

const sorted = (spent: Readonly<Record<string, number>>) => Object.entries(spent).toSorted();

/** The alert at the end is what its transitions add up to: nothing of it was changed beside them (design 1, 5). */
export const alertIsFold: Law = {
  name: 'alert-is-fold',
  check: ({ history, alerts, told }) => {
    const cityRules = new Set(history.city.rules.map(({ ruleId }) => ruleId));
    return [...alerts].flatMap(([alertId, { doc }]) => {
      if (doc === undefined) return [{ what: `the alert ${alertId} cannot be read` }];
      const some = told.get(alertId) ?? [];
      // What is graver, more or less, only a rule can say; all of the city's raise from above.
      const fold = foldOf(some, cityRules.has(doc.matter.ruleId));
      const is: AlertDoc & Record<string, unknown> = doc;
      return Object.entries(fold).flatMap(([name, expected]) => {
        const found = name === 'spent' ? sorted(doc.spent) : is[name];
        return JSON.stringify(found) === JSON.stringify(expected)
          ? []
          : [
              {
                what: `${alertId} says ${name} ${JSON.stringify(found)}, its transitions ${JSON.stringify(expected)}`,
              },
            ];
      });
    });
  },
};
