import fc from 'fast-check';
import {
  forgetLowest,
  highestOf,
  highestRecentOf,
  newLife,
  oldestOf,
  recall,
  remember,
  roll,
} from '../../../functions/domain/telemetry/life.ts';

test('rolling on is remembering one message and forgetting the lowest, gaps or not', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 90 });
  const message = fc.record({
    step: fc.integer({ min: 1, max: 4 }),
    hash: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    atMs: fc.option(fc.nat(10 ** 9), { nil: undefined }),
  });
  fc.assert(
    fc.property(steps, fc.array(message, { minLength: 1, maxLength: 60 }), (before, after) => {
      let life = newLife('b');
      let seq = 0;
      for (const step of before) {
        seq += step;
        life = remember(life, seq, seq * 7919, undefined);
      }
      for (const { step, hash, atMs } of after) {
        const next = highestRecentOf(life) + step;
        const clock = atMs === undefined ? undefined : { atMs, newestMs: atMs };
        const rolled = roll(life, next, hash, clock);
        expect(rolled).toEqual(forgetLowest(remember(life, next, hash, clock)));
        life = rolled;
      }
    }),
    { numRuns: 500, seed: 4 },
  );
});

test('a life whose hashes are all forgotten still knows from where to where it counted', () => {
  const life = forgetLowest(remember(newLife('b'), 5, 7919, undefined));
  expect([highestRecentOf(life), highestOf(life), oldestOf(life)]).toEqual([-1, 5, 5]);
  expect([recall(life, 5), recall(life, 6)]).toEqual(['seen', undefined]);
});

test('a life without a message has nothing to forget, and rolling on in it is its first message', () => {
  const life = newLife('b');
  expect(forgetLowest(life)).toBe(life);
  expect(roll(life, 3, 17, undefined)).toEqual(remember(life, 3, 17, undefined));
});
