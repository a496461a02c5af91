import { inTurn } from '../../functions/usecases/in-turn.ts';

test('works of one key run one after the other, those of another key beside them, and a failure stops no one', async () => {
  const turn = inTurn();
  const told: string[] = [];
  const work = (name: string, steps: number) => async (): Promise<string> => {
    for (let step = 0; step < steps; step += 1) {
      told.push(name);
      await Promise.resolve();
    }
    if (name === 'bad') throw new Error(name);
    return name;
  };
  const all = [turn('a', work('bad', 3)), turn('a', work('second', 2)), turn('b', work('other', 1))];
  const done = await Promise.allSettled(all);
  expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  const ofA = told.filter((name) => name !== 'other');
  expect(ofA).toEqual(['bad', 'bad', 'bad', 'second', 'second']);
  expect(told.indexOf('other')).toBeLessThan(3);
});
