import type { TransitionDraft } from '../../functions/domain/rules/transition.ts';
import { planAlerts } from '../../functions/usecases/plan-alerts.ts';
import { at, benchOf } from '../support/engine/bench.ts';
import { boundTo, device, limit, ruleOf, valueIs } from '../support/engine/rules.ts';

/** Two severities that breach below 18 and below 16, as of oxygen. */
const base = ruleOf({
  levels: [
    { severity: 'orange', at: 18 },
    { severity: 'red', at: 16 },
  ],
});
const below = (tighter: 'lower' | 'higher') => ({
  ...base,
  limits: { orange: { ...limit(18), tighter }, red: { ...limit(16), tighter } },
  severities: base.severities.map((severity) => ({
    ...severity,
    when: valueIs('lt', severity.severity),
  })),
});

function peakUnder(tighter: 'lower' | 'higher') {
  const rule = below(tighter);
  const registration = device();
  const bench = benchOf(boundTo(rule, registration));
  bench.send([{ t: 0, v: 17.5 }]);
  bench.send([{ t: 10, v: 15 }]);
  const drafts: readonly TransitionDraft[] = bench.drafts;
  const plan = planAlerts(drafts, {
    registration,
    ruleOf: () => rule,
    alertOf: () => undefined,
    stateVersion: 1,
    now: at(10),
  });
  return plan.writes.map(({ after }) => after.peak);
}

test('semantics 26: the peak of an alert on too little is the least value, with its time', () => {
  expect(peakUnder('higher')).toEqual([{ value: 15, at: at(10) }]);
});

test('semantics 26: the peak of any other alert is the value furthest from zero', () => {
  expect(peakUnder('lower')).toEqual([{ value: 17.5, at: at(0) }]);
});
