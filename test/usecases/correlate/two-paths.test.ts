import type { AlertStore } from '../../../functions/usecases/ports/alerts.ts';
import { correlatedWorld } from '../../support/correlated-world.ts';
import { correlationId, countRule, gas } from '../../support/correlations.ts';

describe('each of the two paths is enough', () => {
  test('with the stream switched off the sweep correlates what has no decision', async () => {
    const world = correlatedWorld([countRule(2)]);
    await world.raise(gas, 10, 'dev-1/a');
    await world.raise(gas, 20, 'dev-1/b');
    for (const seconds of [60, 65, 100]) {
      await world.tick(seconds);
      await world.sweepUndecided();
    }
    expect(world.correlated()).toHaveLength(1);
    expect(world.published()).toEqual(['dev-1/a first', 'dev-1/b first', 'site-1 first']);
  });

  test('a transition whose correlation failed is heard at once and stays undecided until it is correlated', async () => {
    let isDown = true;
    const store = (inner: AlertStore): AlertStore => ({
      ...inner,
      matter: (...key) => {
        if (isDown) throw Object.assign(new Error('down'), { retryable: true });
        return inner.matter(...key);
      },
    });
    const world = correlatedWorld([countRule(1)], { store });
    await world.raise(gas, 10, 'dev-1/a');
    await expect(world.drain()).rejects.toThrow('down');
    expect(world.published()).toEqual(['dev-1/a first']);
    expect(world.observer.total('CorrelationFailed')).toBe(1);
    isDown = false;
    await world.tick(60);
    await world.sweepUndecided();
    expect(world.correlated()).toHaveLength(1);
    expect(world.published()).toEqual(['dev-1/a first']);
  });

  test('a correlation that can never succeed keeps no message undecided', async () => {
    const store = (inner: AlertStore): AlertStore => ({
      ...inner,
      matter: () => {
        throw new Error('broken');
      },
    });
    const world = correlatedWorld([countRule(1)], { store });
    await world.raise(gas, 10, 'dev-1/a');
    await world.drain();
    expect(world.published()).toEqual(['dev-1/a first']);
    expect(await world.log.undecided(world.at(1_000), 10)).toEqual([]);
  });

  test('a state that newer code has written is left alone and tried again later', async () => {
    const world = correlatedWorld([countRule(1)]);
    await world.raise(gas, 10, 'dev-1/a');
    const matter = { ruleId: correlationId, subjectId: 'site-1', expectedVersion: 0, alertId: undefined };
    const state = '{"format":2}';
    await world.alerts.commit({
      matter: { ...matter, alertVersion: 0, state, lastAt: world.at(1), dueAt: undefined },
      alerts: [],
    });
    await expect(world.drain()).rejects.toThrow('newer code');
    expect([...world.state.matters.values()][0]?.state).toBe(state);
  });
});
