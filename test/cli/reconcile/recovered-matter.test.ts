import type { AlertDraft } from '../../../cli/reconcile/alert-draft.ts';
import { mendGuards } from '../../../cli/reconcile/mend-guards.ts';
import type { Alert } from '../../../functions/domain/alerts/alert.ts';
import { noScope } from '../../../functions/domain/alerts/belonging.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { alertIdOf, unopened } from '../../../functions/domain/alerts/open.ts';
import { standingMatter } from '../../../functions/domain/alerts/standing.ts';
import { correlationsOf } from '../../../functions/domain/rules/correlate/correlations.ts';
import { type Instant, instant } from '../../../functions/domain/time.ts';

const ruleId = 'system.telemetry-delayed';
const matter = standingMatter(ruleId);
const times = (at: Instant) => ({ at, phenomenonAt: at, committedAt: at });

/** The platform's matter, raised at 1 s, and recovered at 2 s where it is over. */
function platformAlert(isOver: boolean): Alert {
  const at = instant(1_000);
  const before = unopened({
    alertId: alertIdOf(matter.ruleId, 'platform', 0, at),
    matter,
    subject: { kind: 'platform', id: 'platform' },
    scope: noScope('-'),
    severity: 'red',
    at,
    previous: undefined,
  });
  const { alert } = change(before, { change: 'raised', condition: 'firing', ...times(at) });
  if (!isOver) return alert;
  return change(alert, { change: 'recovered', condition: 'recovered', ...times(instant(2_000)) }).alert;
}

const findingsWith = (alert: Alert) => {
  const draft: AlertDraft = {
    stored: alert,
    openedAt: alert.raisedAt,
    after: alert,
    added: [],
    findings: [],
  };
  const guard = {
    ruleId,
    subjectId: 'platform',
    version: 2,
    alertId: alert.alertId,
    alertVersion: alert.version,
    lastAt: alert.changedAt,
    dueAt: undefined,
  };
  const guards = mendGuards({
    drafts: new Map([[alert.alertId, draft]]),
    guards: [guard],
    correlations: correlationsOf([]),
    registrations: new Map(),
    now: instant(9_000),
  });
  return [...guards.values()].flatMap(({ findings }) => findings);
};

test.each([
  ['fires', false],
  ['has recovered', true],
])('the guard of a matter that no time ends is no finding while its alert %s', (_, isOver) => {
  expect(findingsWith(platformAlert(isOver))).toEqual([]);
});
