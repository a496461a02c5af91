import type { AlertDraft } from '../../../cli/reconcile/alert-draft.ts';
import { closeSucceeded } from '../../../cli/reconcile/matters.ts';
import { planRepair } from '../../../cli/reconcile/plan.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { instant } from '../../../functions/domain/time.ts';
import { deviceRulesOf } from '../../../functions/usecases/device-session.ts';
import { fresh } from '../../support/alerts.ts';
import { methaneBook } from '../../support/methane-rule.ts';

const nothing = { entries: [], guards: [], twins: new Map(), registrations: new Map() };

const parts = {
  book: methaneBook,
  rulesOf: deviceRulesOf(methaneBook),
  now: instant(9_000),
  startedAt: instant(9_000),
};

const draftAt = (ms: number, subjectId?: string): AlertDraft => {
  const at = instant(ms);
  const times = { at, phenomenonAt: at, committedAt: at };
  const { alert } = change(fresh('red', ms, subjectId), { change: 'raised', ...times });
  return { stored: alert, openedAt: alert.raisedAt, after: alert, added: [], findings: [] };
};

test('of two open alerts of one matter the older is closed by a transition that is heard, the newer stands', () => {
  const [older, newer, other] = [draftAt(1_000), draftAt(2_000), draftAt(500, 'dev-1/other')];
  closeSucceeded([newer, older, other], instant(9_000));
  expect(older.after).toMatchObject({
    closed: true,
    condition: 'recovered',
    handling: 'verified',
    version: 2,
  });
  expect(older.added).toMatchObject([
    { isHeard: true, transition: { change: 'restored', version: 2, closed: true } },
  ]);
  expect(older.findings).toMatchObject([{ kind: 'succeeded', subject: older.after.alertId }]);
  for (const one of [newer, other]) {
    expect(one.after).toBe(one.stored);
    expect(one.findings).toEqual([]);
  }
});

test.each([
  ['it was written later', 5_000, false],
  ['it says that it follows the other, on a host whose clock is behind', 900, true],
])('an alert that was raised by what was received before is the newer one if %s', (_, openedAt, follows) => {
  const older = draftAt(2_000);
  const late = draftAt(1_000);
  const newer = {
    ...late,
    openedAt: instant(openedAt),
    after: { ...late.after, ...(follows && { previous: older.after.alertId }) },
  };
  closeSucceeded([older, newer], instant(9_000));
  expect(older.after.closed).toBe(true);
  expect(newer.after.closed).toBe(false);
});

test('a plan finds them', () => {
  const histories = new Map(
    [draftAt(1_000), draftAt(2_000)].map(({ after }) => [after.alertId, { alert: after, transitions: [] }]),
  );
  const { findings } = planRepair({ histories, ...nothing }, parts);
  expect(findings.map(({ kind }) => kind)).toContain('succeeded');
});

test('a plan takes the alert that was written last for the newer one, whatever was received first', () => {
  const older = draftAt(2_000);
  const { alert, transition } = change(fresh('red', 1_000), {
    change: 'raised',
    at: instant(1_000),
    phenomenonAt: instant(1_000),
    committedAt: instant(5_000),
  });
  const histories = new Map([
    [older.after.alertId, { alert: older.after, transitions: [] }],
    [alert.alertId, { alert, transitions: [{ transition, isDecided: true, undecidedAt: undefined }] }],
  ]);
  const { alerts } = planRepair({ histories, ...nothing }, parts);
  const closed = alerts.filter(({ draft }) => draft.after.closed).map(({ draft }) => draft.after.alertId);
  expect(closed).toEqual([older.after.alertId]);
});

test('an alert of which only transitions are left follows the last alert of its matter again', () => {
  const [first, lost, other] = [draftAt(1_000), draftAt(2_000), draftAt(1_500, 'dev-1/other')];
  const { transition } = change(fresh('red', 2_000), {
    change: 'raised',
    at: instant(2_000),
    phenomenonAt: instant(2_000),
    committedAt: instant(2_000),
  });
  const kept = { transition, isDecided: true, undecidedAt: undefined };
  const closed = { ...first.after, closed: true };
  const histories = new Map([
    [first.after.alertId, { alert: closed, transitions: [] }],
    [other.after.alertId, { alert: other.after, transitions: [] }],
    [lost.after.alertId, { alert: undefined, transitions: [kept] }],
  ]);
  const { alerts } = planRepair({ histories, ...nothing }, parts);
  const rebuilt = alerts.find(({ draft }) => draft.after.alertId === lost.after.alertId);
  expect(rebuilt?.draft.after.previous).toBe(first.after.alertId);
});
