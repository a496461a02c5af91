import { accumulated, always, during, relaxed, stepAt } from '../../sensors-sim/models/steps.ts';

test('a span returns to what was there before it', () => {
  const steps = during(always(1), 10, 20, 0);
  expect([5, 10, 19.9, 20, 100].map((at) => stepAt(steps, at))).toEqual([1, 0, 0, 1, 1]);
});

test('two spans that meet follow each other without a gap', () => {
  const steps = during(during(always(0), 10, 20, 5), 20, 30, -5);
  expect([9, 10, 20, 29, 30].map((at) => stepAt(steps, at))).toEqual([0, 5, -5, -5, 0]);
});

test('a span without an end stays', () => {
  expect(stepAt(during(always(0), 10, Number.POSITIVE_INFINITY, 5), 1e12)).toBe(5);
});

test('a lag is in balance before the first switch and has covered 63 % after its time constant', () => {
  const steps = during(always(0), 100, 200, 1);
  const balance = (value: number) => ({ target: value, tau: 10 });
  expect(relaxed(steps, 50, balance)).toBe(0);
  expect(relaxed(steps, 110, balance)).toBeCloseTo(1 - Math.exp(-1), 12);
  expect(relaxed(steps, 210, balance)).toBeCloseTo(Math.exp(-1), 4);
});

test('a sum keeps its bounds at every switch', () => {
  const steps = during(during(always(0), 0, 100, 1), 100, 150, -1);
  const bounds = { start: 0, min: 0, max: 60 };
  expect(accumulated(steps, 50, bounds)).toBe(50);
  expect(accumulated(steps, 100, bounds)).toBe(60);
  expect(accumulated(steps, 150, bounds)).toBe(10);
});
