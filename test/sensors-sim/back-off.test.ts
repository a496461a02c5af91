import { reconnectDelay, reconnectMaxMs, reconnectMinMs } from '../../sensors-sim/device/back-off.ts';
import { createRandom } from '../../sensors-sim/random.ts';

const delays = (seed: string, failures: number): number[] => {
  const random = createRandom(seed);
  return Array.from({ length: 200 }, () => reconnectDelay(failures, random));
};

test.each([
  [1, reconnectMinMs],
  [2, 2 * reconnectMinMs],
  [6, 32 * reconnectMinMs],
  [7, reconnectMaxMs],
  [1000, reconnectMaxMs],
])('after %i failures a device waits between half of and the whole %i ms', (failures, full) => {
  const all = delays('wait', failures);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(full / 2);
  expect(Math.max(...all)).toBeLessThanOrEqual(full);
});

test('devices that fail together come back apart', () => {
  expect(
    new Set(Array.from({ length: 50 }, (_, index) => delays(`device-${index}`, 5)[0])).size,
  ).toBeGreaterThan(45);
});
