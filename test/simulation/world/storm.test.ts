import { createRandom } from '../../../sensors-sim/random.ts';
import { stormDeviceCount } from '../city/enterprises.ts';
import { itemsFor, type Registered, registerCity } from '../city/registered.ts';
import type { History, Item } from '../history.ts';
import { memberCountMax } from '../oracle/bounds.ts';
import { matterKey } from '../oracle/facts/episodes.ts';
import { textOf } from '../oracle/facts/items.ts';
import { memberSpans } from '../oracle/facts/members.ts';
import { memoryOf } from '../oracle/facts/memory.ts';
import { viewOf } from '../oracle/facts/view.ts';
import { judge } from '../oracle/oracle.ts';
import { drawStorm } from './storm.ts';
import { runWorld, type WorldRun } from './world.ts';

/** Storms in which enough comes through for a correlation to be full. */
const seedOf = { 'all-go': 86912, crowd: 902 } as const;
/** One in which many devices are cut off. */
const lateSeed = 40230;

let registered: Registered;
const runs = new Map<string, WorldRun>();
beforeAll(async () => {
  registered = await registerCity();
  for (const [kind, seed] of Object.entries(seedOf)) runs.set(kind, await runWorld(registered, { seed }));
}, 60_000);

const historyOf = (kind: keyof typeof seedOf): History => {
  const run = runs.get(kind);
  if (run === undefined) throw new Error(`no storm of kind ${kind}`);
  expect(run.scale.storm?.kind).toBe(kind);
  return run.history;
};

/** What a storm brought about in the correlation of its site. */
function correlated(history: History) {
  const view = viewOf(history);
  const [correlation] = history.city.correlations;
  if (correlation === undefined) throw new Error('the city has no correlation');
  const spans = memberSpans(view, correlation).get('south-2') ?? [];
  const changes = view.matters
    .get(matterKey(correlation.ruleId, 'south-2'))
    ?.told.map(({ change }) => change);
  return { spans, memory: memoryOf(spans), changes: changes ?? [] };
}

test('one world in about 1,600 has a storm, of each kind some', () => {
  const seeds = Array.from({ length: 160_000 }, (_, seed) => seed);
  const storms = seeds.flatMap((seed) => drawStorm(createRandom(String(seed))) ?? []);
  expect(storms.length).toBeGreaterThan(70);
  expect(storms.length).toBeLessThan(140);
  const kinds = Map.groupBy(storms, ({ kind }) => kind);
  for (const kind of ['all-go', 'last-stay', 'crowd'] as const)
    expect((kinds.get(kind)?.length ?? 0) / storms.length).toBeGreaterThan(0.15);
});

test('no other world has anything of its devices', async () => {
  const isOfStorm = (item: Item): boolean => JSON.stringify(item).includes('-storm');
  const { devices } = registered;
  const items = itemsFor(registered, devices);
  expect([...items.twins, ...items.records].filter(isOfStorm)).toEqual([]);
  const storm = await registered.storm();
  expect(storm.devices.slice(0, devices.length)).toEqual(devices);
  expect(storm.devices).toHaveLength(devices.length + stormDeviceCount);
  expect(await registered.storm()).toBe(storm);
});

test('a storm gives the same trace each time', async () => {
  const again = await runWorld(registered, { seed: seedOf['all-go'] });
  expect(again.traceHash).toBe(runs.get('all-go')?.traceHash);
});

test('when all go a correlation knows of more alerts than it keeps, raises, and ends', () => {
  const history = historyOf('all-go');
  expect(judge(history)).toEqual([]);
  const { spans, memory, changes } = correlated(history);
  expect(new Set(spans.map(({ opener }) => opener.alertId)).size).toBeGreaterThan(memberCountMax);
  expect(memory.fullFrom).toBeLessThan(history.phases.heal);
  expect(changes).toContain('raised');
  expect(changes.at(-1)).toBe('recovered');
});

test('of a crowd more stand than it keeps, and it does not end', () => {
  const history = historyOf('crowd');
  expect(judge(history)).toEqual([]);
  const { memory, changes } = correlated(history);
  expect(memory.isCrowded).toBe(true);
  expect(changes).toContain('raised');
  expect(changes).not.toContain('recovered');
});

test('some come late, about a time before the storm was over', async () => {
  const { history } = await runWorld(registered, { seed: lateSeed });
  const { spans } = correlated(history);
  expect(spans.filter(({ opener }) => opener.marks.includes('late')).length).toBeGreaterThan(0);
  expect(
    spans.filter(({ opener }) => opener.writtenAt - opener.phenomenonAt > 40_000).length,
  ).toBeGreaterThan(3);
});

test('the oracle sees a full correlation that never raises, and one that never ends', () => {
  const history = historyOf('all-go');
  const lawsOf = (broken: History) => new Set(judge(broken).map(({ law }) => law));
  const isOfCorrelation = (item: Item, change: string): boolean =>
    (textOf(item, 'doc') ?? '').includes('"ruleId":"gas.sim.many"') &&
    (textOf(item, 'doc') ?? '').includes(`"change":"${change}"`);
  const without = (...changes: readonly string[]): History => ({
    ...history,
    tables: {
      ...history.tables,
      records: history.tables.records.filter((item) => !changes.some((one) => isOfCorrelation(item, one))),
    },
  });
  expect(lawsOf(without('recovered'))).toContain('correlation-ends');
  expect(lawsOf(without('raised', 'occurrence', 'acknowledged', 'recovered'))).toContain(
    'correlation-raised',
  );
});
