import { askWorker } from './asked-worker.ts';
import { runCrew } from './crew.ts';

const circling = {
  module: new URL('./support/circling-worker.ts', import.meta.url),
  stuckAfterMs: 2_000,
};

test('a world that does not end fails by its seed, and the others are tried all the same', async () => {
  const told: number[] = [];
  const { seeds, failures, messages } = await runCrew({
    workers: 1,
    seeds: [1, 2, 3, 4, 5],
    told: (progress) => told.push(progress.seeds),
    open: () => askWorker({}, circling),
  });
  expect(failures.map(({ seed, violations }) => [seed, violations[0]?.law])).toEqual([
    [3, 'the-simulation-goes-on'],
  ]);
  expect({ seeds, messages, told }).toEqual({ seeds: 5, messages: 4, told: [5] });
});
