import { memoryShadowStore } from '../../functions/adapters/memory/shadow-store.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../functions/usecases/ingest/batch.ts';
import type { ShadowStore } from '../../functions/usecases/ports/shadow.ts';
import { followDevice } from '../../functions/usecases/shadow/follow-device.ts';
import { methaneBook, methaneRule } from '../support/methane-rule.ts';
import { registrationOf } from '../support/registration.ts';
import { delivered, openWorld, pack } from '../support/world.ts';

/** The live rule with another alarm limit, as a candidate. */
const candidate = (alarm: number): RuleBook => ({
  ...methaneBook,
  version: `alarm-${alarm}`,
  rules: [
    {
      ...methaneRule,
      version: `alarm-${alarm}`,
      limits: Object.fromEntries(
        Object.entries(methaneRule.limits).map(([name, limit]) => [
          name,
          name === 'alarm' ? { ...limit, value: alarm } : limit,
        ]),
      ),
    },
  ],
});

const names = Object.keys(methaneRule.limits);

function shadowed(book: RuleBook, store: ShadowStore = memoryShadowStore()) {
  const world = openWorld([registrationOf({ deviceId: 'dev-1' })]);
  const { observer, clock } = world.deps;
  const follow = followDevice({ book, rulesOf: deviceRulesOf(book), store, observer, clock });
  const ingest = ingestBatch({ ...world.deps, follow });
  let seq = 0;
  return {
    ...world,
    store,
    send: (seconds: number, value: number) => {
      world.at(seconds);
      seq += 1;
      return ingest([delivered('dev-1', pack('dev-1', seq, [[seconds, value]]), seconds)]);
    },
  };
}

test('the rule of these tests has the limit that is changed', () => {
  expect(names).toContain('alarm');
});

test('a candidate that is stricter is told where it would have raised, and nobody hears of it', async () => {
  const city = shadowed(candidate(0.5));
  await city.send(5, 0.7);
  await city.send(10, 0.7);
  expect(city.transitions).toEqual([]);
  const found = await city.store.list('alarm-0.5', 10);
  expect(found).toMatchObject([
    { kind: 'added', ruleId: methaneRule.id, sensorId: 'ch4', deviceId: 'dev-1', candidate: 'orange' },
  ]);
  expect(found[0]?.until).toBeUndefined();
  expect(city.observer.total('ShadowAdded')).toBe(1);
});

test('a candidate that is looser is told where it misses what is live, until both agree again', async () => {
  const city = shadowed(candidate(5));
  for (const [seconds, value] of [
    [5, 1.2],
    [10, 0.1],
    [25, 0.1],
    [40, 0.1],
  ] as const)
    await city.send(seconds, value);
  const [found] = await city.store.list('alarm-5', 10);
  expect(found).toMatchObject({ kind: 'removed', live: 'orange', candidate: undefined });
  expect(found?.until).toBeGreaterThan(found?.since ?? Number.POSITIVE_INFINITY);
});

test('two books that mean the same differ in nothing', async () => {
  const city = shadowed(candidate(methaneRule.limits['alarm']?.value ?? 0));
  for (const [seconds, value] of [
    [5, 1.2],
    [10, 1.6],
    [15, 0.2],
    [40, 0.2],
  ] as const)
    await city.send(seconds, value);
  expect(city.transitions.length).toBeGreaterThan(0);
  expect(await city.store.list(candidate(1).version, 10)).toEqual([]);
});

test('a store that fails costs the candidate its messages and the live book nothing', async () => {
  const broken: ShadowStore = {
    ...memoryShadowStore(),
    read: async () => {
      throw new Error('down');
    },
  };
  const city = shadowed(candidate(0.5), broken);
  const done = await city.send(5, 1.2);
  expect(done.size).toBe(1);
  expect(city.story()).toEqual(['raised orange firing']);
  expect(city.observer.total('ShadowMissed')).toBe(1);
});

test('another candidate starts anew and does not speak for the one before', async () => {
  const store = memoryShadowStore();
  const first = shadowed(candidate(0.5), store);
  await first.send(5, 0.7);
  const second = shadowed(candidate(0.6), store);
  await second.send(10, 0.2);
  expect(await store.list('alarm-0.6', 10)).toEqual([]);
  expect(await store.list('alarm-0.5', 10)).toHaveLength(1);
});
