import { createProgress, progressText } from '../../../cli/backtest/progress.ts';

test('it says how far, how fast and how much time is left', () => {
  expect(progressText(0.25, 50_000, 10_000)).toBe('25 %  50,000 readings, 5,000/s, 30 s left');
  expect(progressText(0.5, 10, 90_000)).toContain('1 min 30 s left');
});

test('without a terminal nothing is said of what is over within two seconds', () => {
  let now = 0;
  const lines: string[] = [];
  const progress = createProgress({ now: () => now, overwrite: undefined, line: (text) => lines.push(text) });
  now = 1_999;
  progress.at(0.2, 100);
  expect(lines).toEqual([]);
  now = 2_000;
  progress.at(0.5, 1_000);
  progress.at(0.6, 1_100);
  expect(lines).toEqual(['50 %  1,000 readings, 500/s, 2 s left']);
  now = 4_000;
  expect(progress.end(2_000)).toBe(500);
});

test('on a terminal one line is written over, and cleared at the end', () => {
  let now = 0;
  const shown: string[] = [];
  const progress = createProgress({
    now: () => now,
    overwrite: (text) => shown.push(text),
    line: () => undefined,
  });
  now = 200;
  progress.at(0.5, 100);
  progress.end(200);
  expect(shown).toEqual(['50 %  100 readings, 500/s, 0 s left', '']);
});
