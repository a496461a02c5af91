/** Beside a system that lives the two tables of one look are of two moments: only what is wrong in two looks is mended, and only while it is. */

import { unpaced } from '../../../cli/pace.ts';
import { type Plan, planRepair } from '../../../cli/reconcile/plan.ts';
import { checksOf, newRests, restOn } from '../../../cli/reconcile/rests.ts';
import type { Snapshot } from '../../../cli/reconcile/snapshot.ts';
import { inBoth, steadyOf } from '../../../cli/reconcile/steady.ts';
import { writePlan } from '../../../cli/reconcile/write-plan.ts';
import { lived, livedUntil, registrations, rulesOf } from '../../support/lived.ts';
import { methaneBook } from '../../support/methane-rule.ts';
import { type Moment, restoredSnapshot } from '../../support/restored-tables.ts';

const parts = { book: methaneBook, rulesOf, now: livedUntil, startedAt: livedUntil };

/** Records of one moment, twins of another. */
const seen = (records: Moment, twins: Moment): Snapshot =>
  restoredSnapshot({
    registrations,
    isDecided: true,
    records: [records, records],
    twins: [twins, twins],
    isNew: () => true,
  });

/** Before and after each of two devices has raised its alert. */
async function moments(): Promise<readonly [Moment, Moment, Moment]> {
  const [, quiet, , first, , second] = await lived([
    { kind: 'read', device: 0, value: 0.3 },
    { kind: 'read', device: 1, value: 0.3 },
    { kind: 'read', device: 0, value: 1.8 },
    { kind: 'read', device: 0, value: 1.8 },
    { kind: 'read', device: 1, value: 1.8 },
    { kind: 'read', device: 1, value: 1.8 },
  ]);
  if (quiet === undefined || first === undefined || second === undefined) throw new Error('too short a life');
  return [quiet, first, second];
}

const steps = ({ alerts, twins, guards, strays }: Plan) => [
  ...alerts.map(({ draft }) => draft.after.alertId),
  ...twins.flatMap(({ write }) => write?.deviceId ?? []),
  ...guards,
  ...strays,
];

test('an alert that is raised between the two tables of one look is nothing that two looks agree on', async () => {
  const [quiet, first, second] = await moments();
  const one = planRepair(seen(quiet, first), parts);
  const two = planRepair(seen(first, second), parts);
  expect(one.findings.map(({ kind }) => kind)).toEqual(['alert-lost']);
  expect(two.findings.map(({ kind }) => kind)).toEqual(['alert-lost']);
  expect(inBoth(one.findings, two.findings)).toEqual([]);
  expect(steps(two)).toHaveLength(2);
  expect(steps(steadyOf(two, inBoth(two.findings, one.findings)))).toEqual([]);
});

test('what is wrong in both looks is mended, beside something that is not', async () => {
  const [quiet, first, second] = await moments();
  const one = planRepair(seen(quiet, first), parts);
  const two = planRepair(seen(quiet, second), parts);
  expect(steps(two)).toHaveLength(4);
  const steady = steadyOf(two, inBoth(two.findings, one.findings));
  expect(steady.findings.map(({ found }) => found)).toEqual(one.findings.map(({ found }) => found));
  expect(steps(steady)).toEqual(steps(one));
});

test('a twin that has told nothing wrong of itself waits for the alert that it rests on', async () => {
  const [quiet, first] = await moments();
  const plan = planRepair(seen(quiet, first), parts);
  expect(plan.twins.map(({ findings }) => findings)).toEqual([[]]);
  expect(steadyOf(plan, []).twins).toEqual([]);
});

test('each twin is written only while the alert is as its own repair has left it', async () => {
  const [quiet, first] = await moments();
  const plan = planRepair(seen(quiet, first), parts);
  const sent: { readonly input: { readonly TransactItems: readonly object[] } }[] = [];
  const dynamo = { send: async (command: (typeof sent)[number]) => void sent.push(command) };
  await writePlan(plan, {
    dynamo: dynamo as never,
    tables: { twins: 'twins', records: 'records' },
    pace: unpaced,
    now: livedUntil,
    by: 'li',
    reason: 'a test',
  });
  const [alert] = plan.alerts;
  expect(sent.at(-1)?.input.TransactItems).toMatchObject([
    {
      ConditionCheck: {
        TableName: 'records',
        Key: { pk: { S: `ALERT#${alert?.draft.after.alertId}` } },
        ConditionExpression: '#version = :read',
        ExpressionAttributeValues: { ':read': { N: String(alert?.draft.after.version) } },
      },
    },
    { Update: { TableName: 'twins' } },
    { Put: { TableName: 'records' } },
  ]);
});

test('an alert of which nothing is left is asked for once, and not where the same plan makes it again', async () => {
  const [quiet, first] = await moments();
  const draft = planRepair(seen(quiet, first), parts).alerts[0]?.draft;
  if (draft === undefined) throw new Error('nothing to mend');
  const { alertId } = draft.after;
  const rests = newRests();
  restOn(rests, alertId, undefined);
  restOn(rests, alertId, undefined);
  const conditions = () =>
    checksOf(rests, 'records').map(({ ConditionCheck }) => ConditionCheck.ConditionExpression);
  expect(conditions()).toEqual(['attribute_not_exists(pk)']);
  restOn(rests, alertId, draft);
  expect(conditions()).toEqual(['#version = :read']);
});
