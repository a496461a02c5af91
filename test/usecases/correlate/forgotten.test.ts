import { memberCountMax } from '../../../functions/domain/rules/correlate/state.ts';
import { correlatedWorld } from '../../support/correlated-world.ts';
import { countRule, gas } from '../../support/correlations.ts';

const over = { change: 'recovered', condition: 'recovered' } as const;

test('who was forgotten after its end does not stand for ever when its beginning is delivered again', async () => {
  const world = correlatedWorld([countRule(1)]);
  for (let nth = 0; nth <= memberCountMax; nth += 1) {
    const alert = await world.raise(gas, 10 + nth, `dev-1/s${nth}`);
    await world.happen(alert, 11 + nth, over);
  }
  const [beginning] = world.stream;
  if (beginning === undefined) throw new Error('nothing was raised');
  await world.drain();
  await world.tick(1_000);
  expect(world.correlated().at(-1)?.condition).toBe('recovered');

  await world.correlate(beginning);
  await world.drain();
  await world.tick(100_000);
  expect(world.correlated().map(({ condition }) => condition)).toEqual(['recovered']);
});
