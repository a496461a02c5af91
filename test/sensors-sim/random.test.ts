import { createRandom, normalAt, uniformAt, wander } from '../../sensors-sim/random.ts';

const draw = (seed: string, count: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed gives the same numbers and another seed others', () => {
  expect(draw('a', 50)).toEqual(draw('a', 50));
  expect(draw('a', 50)).not.toEqual(draw('b', 50));
});

test('drawing from a split never shifts what its parent gives', () => {
  const random = createRandom('a');
  random.split('x').next();
  expect(random.next()).toBe(draw('a', 1)[0]);
});

test('splits of different names are different streams', () => {
  const random = createRandom('a');
  expect(random.split('x').next()).not.toBe(random.split('y').next());
});

test('uniform numbers lie from 0 to below 1 and fill that span evenly', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => uniformAt(7, index));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  const tenths = Array.from(
    { length: 10 },
    (_, tenth) => numbers.filter((x) => Math.floor(x * 10) === tenth).length,
  );
  for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});

test('normal numbers have mean 0 and standard deviation 1', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => normalAt(7, index));
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(Math.sqrt(variance) - 1)).toBeLessThan(0.03);
});

test('a wander stays between -1 and 1 and never jumps', () => {
  const steps = Array.from({ length: 5_000 }, (_, second) => wander(3, second, 600));
  expect(Math.max(...steps.map(Math.abs))).toBeLessThanOrEqual(1);
  const jumps = steps.slice(1).map((x, index) => Math.abs(x - (steps[index] ?? 0)));
  expect(Math.max(...jumps)).toBeLessThan(0.01);
});
