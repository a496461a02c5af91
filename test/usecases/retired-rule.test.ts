import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { ingestBatch } from '../../functions/usecases/ingest/batch.ts';
import { sweepDevices } from '../../functions/usecases/sweep-devices.ts';
import { methaneBook, methaneRule } from '../support/methane-rule.ts';
import { registrationOf } from '../support/registration.ts';
import { delivered, openWorld, pack, type World } from '../support/world.ts';

const device = registrationOf({ deviceId: 'dev-1' });
const tombstone = { id: methaneRule.id, by: 'li', reason: 'replaced', date: '2026-11-28' };
const without: RuleBook = { ...methaneBook, rules: [] };
const retired: RuleBook = { ...without, retired: [tombstone] };

/** A world in which the rule fires, with the code of a later deploy that carries `book`. */
async function firing(
  book: RuleBook,
): Promise<{ world: World; send: (at: number) => Promise<unknown>; sweep: () => Promise<void> }> {
  const world = openWorld([device]);
  await world.ingest([delivered('dev-1', pack('dev-1', 1, [[0, 1.2]]), 0)]);
  const deps = { ...world.deps, book, rulesOf: deviceRulesOf(book) };
  const ingest = ingestBatch(deps);
  const send = (at: number) => {
    world.at(at);
    return ingest([delivered('dev-1', pack('dev-1', at + 2, [[at, 1.2]]), at)]);
  };
  return { world, send, sweep: sweepDevices({ ...deps, fanOut: async () => 'done' }) };
}

const alertsOf = async ({ alerts, transitions }: World) => [
  ...(await alerts.getMany([...new Set(transitions.map(({ alertId }) => alertId))])).values(),
];

test('bad input 76: a rule file that is gone while its alert fires ends nothing', async () => {
  const { world, send, sweep } = await firing(without);
  await send(5);
  world.at(10_000);
  await sweep();
  expect(world.story()).toEqual(['raised orange firing']);
});

test('bad input 76: a tombstone sets the alert recovered with the next message; handling goes on, in the words it had', async () => {
  const { world, send } = await firing(retired);
  await send(5);
  await send(10);
  expect(world.story()).toEqual(['raised orange firing', 'recovered orange recovered']);
  expect(await alertsOf(world)).toMatchObject([
    { condition: 'recovered', handling: 'open', closed: false, matter: { title: methaneRule.title } },
  ]);
  expect(JSON.parse(world.transitions[1]?.because ?? '')).toMatchObject({ trigger: 'rule-retired' });
});

test('semantics 23: a device that is merely looked at ends a retired rule too', async () => {
  const { world, sweep } = await firing(retired);
  world.at(40);
  await sweep();
  expect(world.story()).toEqual(['raised orange firing', 'recovered orange recovered']);
});
