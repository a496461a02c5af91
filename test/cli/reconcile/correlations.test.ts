/** Correlations whose guards and alerts were restored to different moments. */
import fc from 'fast-check';
import { isMended } from '../../../cli/reconcile/finding.ts';
import { planRepair } from '../../../cli/reconcile/plan.ts';
import type { Snapshot } from '../../../cli/reconcile/snapshot.ts';
import { RuleId } from '../../../functions/domain/ids.ts';
import { decodeCorrelation } from '../../../functions/domain/rules/correlate/codec.ts';
import { isStanding } from '../../../functions/domain/rules/correlate/members.ts';
import { memberCountMax } from '../../../functions/domain/rules/correlate/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { correlatedWorld, t0 } from '../../support/correlated-world.ts';
import { absenceRule, countRule, cut, gas } from '../../support/correlations.ts';
import { methaneBook } from '../../support/methane-rule.ts';
import { carriedOut, type Moment, momentOf, restoredSnapshot } from '../../support/restored-tables.ts';

const lacking = RuleId.parse('coal-mine.power.not-cut');
const rules = [countRule(2), absenceRule({ id: lacking })];
const book = { ...methaneBook, correlations: rules };
const over = { change: 'recovered', condition: 'recovered' } as const;

const deed = fc.record({
  kind: fc.constantFrom('raise', 'end', 'end', 'tick', 'tick'),
  rule: fc.constantFrom(gas, gas, cut),
  at: fc.nat({ max: 4 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

async function lived(deeds: readonly Deed[]): Promise<readonly Moment[]> {
  const world = correlatedWorld(rules);
  const moments = [momentOf(world.state)];
  let seconds = 0;
  for (const [i, { kind, rule, at }] of deeds.entries()) {
    seconds += kind === 'tick' ? 75 : 5;
    world.clock.set(world.at(seconds));
    const open = [...world.state.alerts.values()].filter(
      ({ condition, subject }) => condition === 'firing' && subject.kind === 'sensor',
    );
    const one = open[at % Math.max(1, open.length)];
    if (kind === 'raise') await world.raise(rule, seconds, `dev-${i}/x`);
    else if (kind === 'end' && one !== undefined) await world.happen(one, seconds, over);
    await world.drain();
    moments.push(momentOf(world.state));
    if (kind === 'tick') await world.tick(seconds);
    await world.drain();
    moments.push(momentOf(world.state));
  }
  return moments;
}

/** What a reader of the tables would doubt. */
function doubts({ histories, guards }: Snapshot): string[] {
  const alerts = new Map([...histories].map(([id, { alert }]) => [String(id), alert]));
  const named = new Set(guards.map(({ alertId }) => alertId));
  const open = [...alerts.values()].filter(
    (one) => one !== undefined && !one.closed && one.subject.kind === 'site',
  );
  const unguarded = open.flatMap((one) =>
    one === undefined || named.has(one.alertId) ? [] : [`${one.alertId}: no guard`],
  );
  return [...unguarded, ...guards.flatMap((guard) => guardDoubts(guard, alerts))];
}

function guardDoubts(
  { alertId, state }: Snapshot['guards'][number],
  alerts: ReadonlyMap<
    string,
    Snapshot['histories'] extends ReadonlyMap<unknown, infer H>
      ? H extends { alert: infer A }
        ? A
        : never
      : never
  >,
): string[] {
  const wrong: string[] = [];
  if (alertId !== undefined && alerts.get(alertId) === undefined)
    wrong.push(`guard names ${alertId}, which is gone`);
  const decoded = state === undefined ? undefined : decodeCorrelation(state);
  if (decoded?.ok !== true) return wrong;
  const { members, open } = decoded.state;
  for (const member of members.filter(isStanding))
    if (alerts.get(member.alertId)?.condition !== 'firing')
      wrong.push(`member ${member.alertId} would stand for ever`);
  const stands = alertId !== undefined && alerts.get(alertId)?.condition === 'firing';
  if (stands !== (open !== undefined))
    wrong.push(`guard of ${alertId} is ${open === undefined ? 'idle' : 'open'}`);
  return wrong;
}

test('guards, members and alerts of correlations agree after one plan, and a second finds nothing', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 2, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      fc.infiniteStream(fc.boolean()),
      async (deeds, twinsAt, recordsAt, coins) => {
        const moments = await lived(deeds);
        const pair = (at: number): [Moment, Moment] => {
          const before = moments[at % (moments.length - 1)];
          const after = moments[(at % (moments.length - 1)) + 1];
          if (before === undefined || after === undefined) throw new Error('nothing was lived');
          return [before, after];
        };
        const snapshot = restoredSnapshot({
          registrations: new Map(),
          isDecided: true,
          twins: pair(twinsAt),
          records: pair(recordsAt),
          isNew: () => coins.next().value === true,
        });
        const parts = { book, rulesOf: neverAsked, now: instant(t0 + 1_000_000), startedAt: instant(t0) };
        const plan = planRepair(snapshot, parts);
        for (const { kind } of plan.findings) seen.add(kind);
        const after = carriedOut(snapshot, plan);
        expect(doubts(after)).toEqual([]);
        expect(planRepair(after, parts).findings.filter(isMended)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
  for (const kind of ['guard-missing', 'guard-behind', 'member-lost', 'alert-lost', 'guard-ahead'])
    expect([...seen]).toContain(kind);
}, 120_000);

const neverAsked = () => {
  throw new Error('no device is registered');
};

test('what a full correlation has forgotten in a storm is not lost: nothing is found, and nothing written', async () => {
  const world = correlatedWorld(rules);
  for (let i = 0; i < memberCountMax + 20; i += 1) {
    world.clock.set(world.at(i));
    await world.raise(gas, i, `dev-${i}/x`);
    await world.drain();
  }
  const now = momentOf(world.state);
  const snapshot = restoredSnapshot({
    registrations: new Map(),
    isDecided: true,
    twins: [now, now],
    records: [now, now],
    isNew: () => true,
  });
  const plan = planRepair(snapshot, {
    book,
    rulesOf: neverAsked,
    now: world.at(memberCountMax + 20),
    startedAt: world.at(0),
  });
  expect(plan.findings.filter(isMended)).toEqual([]);
});
