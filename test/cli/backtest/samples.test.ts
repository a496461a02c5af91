import { createSamples, stretchesMax } from '../../../cli/backtest/samples.ts';

test('a long series keeps its extremes in at most as many stretches as a chart has pixels', () => {
  const samples = createSamples();
  const start = Date.UTC(2026, 0, 1);
  for (let i = 0; i < 100_000; i++) samples.add(start + i * 10_000, i === 77_777 ? 99 : i % 7, true);
  const stretches = samples.stretches();
  expect(stretches.length).toBeLessThanOrEqual(stretchesMax);
  expect(stretches.length).toBeGreaterThan(stretchesMax / 3);
  expect(Math.max(...stretches.map(({ greatest }) => greatest))).toBe(99);
  expect(Math.min(...stretches.map(({ least }) => least))).toBe(0);
});

test('what comes late, even before the first, finds its stretch', () => {
  const samples = createSamples();
  for (const at of [100_000, 101_000, 50_000, 10_000_000, 0]) samples.add(at, at, true);
  const stretches = samples.stretches();
  expect(stretches.map(({ at }) => at)).toEqual(stretches.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(stretches.at(0)).toMatchObject({ least: 0 });
  expect(stretches.at(-1)).toMatchObject({ greatest: 10_000_000 });
});

test('a gap is no stretch; words and switches become numbers', () => {
  const samples = createSamples();
  samples.add(0, 'open', true);
  samples.add(60_000, 'closed', false);
  samples.add(61_000, undefined, true);
  expect(samples.stretches()).toEqual([
    { at: 0, least: 0, greatest: 0, isBad: false },
    { at: 60_000, least: 1, greatest: 1, isBad: true },
  ]);
  expect(samples.names).toEqual(['open', 'closed']);
});
