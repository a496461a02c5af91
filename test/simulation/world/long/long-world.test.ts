import { registerCity } from '../../city/registered.ts';
import { slowCity } from '../../city/slow/city.ts';
import { runLongWorld } from './long-world.ts';
import { drawReturn } from './troubles.ts';

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

test('a whole city that was without network comes back at once, and nothing of what it kept is lost', async () => {
  const registered = await registerCity(slowCity(devices));
  const { history, along, injected } = await runLongWorld(registered, {
    seed: 3,
    days: hours / 24,
    reconnects: true,
  });
  expect(along.judge(history)).toEqual([]);
  const { troubles = [], faults, heal } = history.phases;
  const [away] = drawReturn(troubles, { from: faults, until: heal });
  const sentBetween = (from: number, until: number) =>
    history.accepted.filter(
      ({ sender, receivedAt }) => sender === 'device' && receivedAt >= from && receivedAt < until,
    );
  expect(away && sentBetween(away.from, away.until)).toEqual([]);
  const back = away ? sentBetween(away.until, away.until + 60_000) : [];
  expect(new Set(back.map(({ clientId }) => clientId)).size).toBe(devices);
  expect([...injected.keys()].filter((key) => key.startsWith('city-down|'))).toHaveLength(devices);
}, 60_000);
