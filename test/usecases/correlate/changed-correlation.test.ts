import { lookAgainEvery } from '../../../functions/usecases/correlate/step.ts';
import { correlatedWorld } from '../../support/correlated-world.ts';
import { absenceRule, correlationId, countRule, gas } from '../../support/correlations.ts';

describe('semantics 23: a correlation that changes or ends', () => {
  const tombstone = { id: correlationId, by: 'lin', reason: 'replaced', date: '2026-11-28' };

  async function opened(after: Parameters<typeof correlatedWorld>) {
    const before = correlatedWorld([countRule(2, { role: 'inhibit' })]);
    await before.raise(gas, 10, 'dev-1/a', 'yellow');
    await before.raise(gas, 20, 'dev-1/b', 'yellow');
    await before.drain();
    const world = correlatedWorld(...after);
    for (const [key, value] of before.state.alerts) world.state.alerts.set(key, value);
    for (const [key, value] of before.state.matters) world.state.matters.set(key, value);
    await world.tick(lookAgainEvery / 1000 + 30);
    await world.tick(lookAgainEvery / 1000 + 35);
    return world;
  }
  const stored = (world: Awaited<ReturnType<typeof opened>>) =>
    [...world.state.alerts.values()].find(({ matter }) => matter.ruleId === correlationId);

  test('a tombstone sets it recovered, with its reason, and releases its children', async () => {
    const world = await opened([[], { retired: [tombstone] }]);
    expect(stored(world)?.condition).toBe('recovered');
    expect(world.all.map(({ change }) => change)).toEqual([
      'recovered',
      'inhibition-ended',
      'inhibition-ended',
    ]);
    expect(world.all[0]?.because).toContain('replaced');
    expect([...world.state.matters.values()][0]?.dueAt).toBeUndefined();
  });

  test('without a tombstone nothing closes because a file is missing', async () => {
    const world = await opened([[]]);
    expect(stored(world)?.condition).toBe('firing');
    expect(world.all).toEqual([]);
  });

  test('one that has become graver says so when it is looked at', async () => {
    const rule = countRule(2, { severity: 'orange' });
    const before = correlatedWorld([rule]);
    await before.raise(gas, 10, 'dev-1/a');
    await before.raise(gas, 20, 'dev-1/b');
    await before.drain();
    const world = await opened([[countRule(2)]]);
    for (const [key, value] of before.state.matters) world.state.matters.set(key, value);
    for (const [key, value] of before.state.alerts) world.state.alerts.set(key, value);
    await world.tick(2 * (lookAgainEvery / 1000) + 90);
    expect(world.all.at(-1)).toMatchObject({ change: 'severity-up', severity: 'red' });
  });

  test('a pattern of another kind keeps its first members and forgets the second slot', async () => {
    const world = await opened([[absenceRule()]]);
    expect(stored(world)?.condition).toBe('firing');
  });
});
