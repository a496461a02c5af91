import { isMet } from '../../bench/figures.ts';
import { measureTwin } from '../../bench/twin/twin.ts';

test('the state of twenty idle sensors fits one write unit under the rules that are shipped', async () => {
  const { groups } = await measureTwin();
  const figures = groups.flatMap((group) => group.figures);
  expect(figures.filter(({ goal }) => goal !== undefined).map(({ name, value }) => [name, value])).toEqual([
    ['state, idle', expect.any(Number)],
    ['item in the table, idle', expect.any(Number)],
    ['write units a message', 1],
  ]);
  expect(figures.filter((figure) => isMet(figure) === false)).toEqual([]);
});
