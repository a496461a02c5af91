/** Both tables restored to different moments, each in the middle of a transaction: one plan makes them agree. */
import fc from 'fast-check';
import { isMended } from '../../../cli/reconcile/finding.ts';
import { planRepair } from '../../../cli/reconcile/plan.ts';
import type { Snapshot } from '../../../cli/reconcile/snapshot.ts';
import type { Alert } from '../../../functions/domain/alerts/alert.ts';
import { toldOf } from '../../../functions/domain/rules/engine/told.ts';
import { rankOf } from '../../../functions/domain/severity.ts';
import { decodeTwin } from '../../../functions/domain/twin/twin.ts';
import { deed, devices, lived, livedUntil, registrations, rulesOf } from '../../support/lived.ts';
import { methaneBook } from '../../support/methane-rule.ts';
import { carriedOut, type Moment, momentOf, restoredSnapshot } from '../../support/restored-tables.ts';
import { openWorld } from '../../support/world.ts';

const parts = { book: methaneBook, rulesOf, now: livedUntil, startedAt: livedUntil };

/** What would make a reader of the tables doubt them. */
function doubts(snapshot: Snapshot): string[] {
  const wrong: string[] = [];
  const open = new Map<string, string[]>();
  for (const [alertId, { alert, transitions }] of snapshot.histories) {
    const numbers = transitions.map(({ transition }) => transition.version);
    if (alert === undefined) wrong.push(`${alertId}: no alert`);
    if (numbers.some((number, i) => number !== i + 1)) wrong.push(`${alertId}: numbers ${numbers}`);
    const last = transitions.at(-1)?.transition;
    if (
      last?.version !== alert?.version ||
      last?.condition !== alert?.condition ||
      last?.closed !== alert?.closed
    )
      wrong.push(`${alertId}: is not its last transition`);
    if (alert !== undefined && !alert.closed) {
      const key = `${alert.matter.ruleId} ${alert.subject.id}`;
      open.set(key, [...(open.get(key) ?? []), alertId]);
    }
  }
  const guarded = new Set(snapshot.guards.map(({ alertId }) => alertId));
  for (const { alert } of snapshot.histories.values())
    if (
      alert !== undefined &&
      !alert.closed &&
      alert.subject.kind !== 'sensor' &&
      !guarded.has(alert.alertId)
    )
      wrong.push(`${alert.alertId}: no guard`);
  for (const [key, ids] of open) if (ids.length > 1) wrong.push(`${key}: open ${ids}`);
  return [...wrong, ...twinDoubts(snapshot)];
}

function twinDoubts({ histories, twins }: Snapshot): string[] {
  const alerts = [...histories.values()].flatMap(({ alert }) => alert ?? []);
  return devices.flatMap((registration) => {
    const twin = twins.get(registration.deviceId);
    const read = twin && decodeTwin(twin.bytes, rulesOf(registration));
    if (read?.ok !== true) return [`${registration.deviceId}: no twin`];
    const told = toldOf(read.twin.rules);
    const apart = told.flatMap(({ rank, isStale, hint }) => {
      const alert = alerts.find(({ alertId }) => alertId === hint?.alertId);
      if (alert === undefined || hint === undefined) return [`told of ${hint?.alertId}, which is gone`];
      const stands = alert.condition === 'recovered' ? -1 : rankOf(alert.severity);
      const isSame = rank === stands && (rank < 0 || isStale === (alert.condition === 'stale'));
      return isSame && hint.alertVersion <= alert.version ? [] : [`${alert.alertId} is not as it was told`];
    });
    const unknown = alerts
      .filter(
        ({ subject, condition }) =>
          subject.id.startsWith(`${registration.deviceId}/`) && condition !== 'recovered',
      )
      .filter((alert: Alert) => !told.some(({ rank, hint }) => rank >= 0 && hint?.alertId === alert.alertId))
      .map(({ alertId }) => `${alertId} stands and its twin does not know it`);
    return [...apart, ...unknown];
  });
}

/** Matters that stood in what was restored: in an alert, or as told by a twin. */
function standing({ histories, twins }: Snapshot): Set<string> {
  const last = [...histories.values()].map(({ alert, transitions }) => {
    const newest = transitions.at(-1)?.transition;
    return newest !== undefined && newest.version > (alert?.version ?? 0) ? newest : alert;
  });
  const inAlerts = last.flatMap((one) =>
    one !== undefined && one.condition !== 'recovered' ? [`${one.matter.ruleId} ${one.subject.id}`] : [],
  );
  const inTwins = devices.flatMap((registration) => {
    const twin = twins.get(registration.deviceId);
    const read = twin && decodeTwin(twin.bytes, rulesOf(registration));
    if (read?.ok !== true) return [];
    return toldOf(read.twin.rules)
      .filter(({ rank }) => rank >= 0)
      .map(({ ruleId, sensorId }) => `${ruleId} ${registration.deviceId}/${sensorId}`);
  });
  return new Set([...inAlerts, ...inTwins].filter((one) => inAlerts.includes(one) && inTwins.includes(one)));
}

test('whatever a restore has left, one plan makes the tables agree, and a second finds nothing', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 25 }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1, max: 8 }),
      fc.infiniteStream(fc.boolean()),
      async (deeds, twinsAt, recordsAt, span, coins) => {
        const moments = await lived(deeds);
        const pair = (at: number): [Moment, Moment] => {
          const i = at % moments.length;
          const first = moments[i] ?? momentOf(openWorld(devices).state);
          return [first, moments[i + span] ?? moments.at(-1) ?? first];
        };
        const isNew = () => coins.next().value === true;
        const snapshot = restoredSnapshot({
          registrations,
          isDecided: true,
          twins: pair(twinsAt),
          records: pair(recordsAt),
          isNew,
        });
        const plan = planRepair(snapshot, parts);
        for (const { kind } of plan.findings) seen.add(kind);
        const after = carriedOut(snapshot, plan);
        expect(doubts(after)).toEqual([]);
        expect(planRepair(after, parts).findings.filter(isMended)).toEqual([]);
        const stood = standing(snapshot);
        expect([...stood].filter((one) => !standing(after).has(one))).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
  for (const kind of [
    'twin-ahead',
    'twin-behind',
    'twin-missing',
    'alert-lost',
    'alert-behind',
    'guard-missing',
  ])
    expect([...seen]).toContain(kind);
}, 120_000);

test('tables that lack nothing are left alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 25 }), async (deeds) => {
      const moments = await lived([
        { kind: 'read', device: 0, value: 0.3 },
        { kind: 'read', device: 1, value: 0.3 },
        ...deeds,
      ]);
      const last = moments.at(-1);
      if (last === undefined) throw new Error('nothing was lived');
      const snapshot = restoredSnapshot({
        registrations,
        isDecided: true,
        twins: [last, last],
        records: [last, last],
        isNew: () => true,
      });
      expect(planRepair(snapshot, parts)).toMatchObject({ findings: [], alerts: [], guards: [], twins: [] });
    }),
    { numRuns: 100 },
  );
}, 60_000);
