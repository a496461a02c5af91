import { registerCity } from '../../city/registered.ts';
import { slowCity } from '../../city/slow/city.ts';
import { runLongWorld } from './long-world.ts';

const hours = 2;
const devices = 10;

test('some hours of ten slow devices, with a trouble among them: messages come, ticks go on, and nothing is found', async () => {
  const registered = await registerCity(slowCity(devices));
  const told: number[] = [];
  const { history, along, injected, messages } = await runLongWorld(registered, {
    seed: 2,
    days: hours / 24,
    told: ({ simulatedMs }) => told.push(simulatedMs / 3_600_000),
  });
  expect(along.judge(history)).toEqual([]);
  expect(told).toEqual([1]);
  expect(history.phases.troubles).toHaveLength(1);
  expect(injected.size).toBeGreaterThan(3);
  const fromDevices = history.accepted.filter(({ sender }) => sender !== 'canary').length;
  expect(fromDevices).toBeGreaterThanOrEqual(hours * devices);
  expect(messages - fromDevices).toBeGreaterThan(hours * 700);
  // What was judged as it went by is not kept.
  expect([history.changes, history.archive, history.logs]).toEqual([[], [], []]);
}, 60_000);
