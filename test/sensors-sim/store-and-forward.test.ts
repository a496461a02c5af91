import type { BrokerMessage } from '../../functions/usecases/ports/archive.ts';
import { createDevice } from '../../sensors-sim/device/device.ts';
import { goodNetwork, type NetworkState, throughNetwork } from '../../sensors-sim/device/network.ts';
import { createRandom } from '../../sensors-sim/random.ts';
import { createBroker } from '../../sensors-sim/virtual/broker.ts';
import { createLoop } from '../../sensors-sim/virtual/loop.ts';

const startAt = Date.parse('2026-03-02T00:00:00Z');
const second = 1000;

interface SentRecord {
  readonly bt?: number;
  readonly t?: number;
  readonly seq?: number;
}

/** Runs one device that reads a counter every second and packs two readings, over a network. */
async function runDevice(
  seconds: number,
  stateAt: (atSecond: number) => Partial<NetworkState>,
  seed = 'net',
  runForSeconds = seconds + 300,
) {
  const loop = createLoop(startAt);
  const messages: BrokerMessage[] = [];
  const broker = createBroker(loop, (message) => messages.push(message));
  const random = createRandom(seed);
  let reads = 0;
  const network = throughNetwork(
    broker.transportOf('d1', 'd1'),
    (atMs) => ({ ...goodNetwork, ...stateAt((atMs - startAt) / second) }),
    loop,
    random.split('network'),
  );
  const device = createDevice({
    deviceId: 'd1',
    topic: broker.topicOf('d1'),
    cadence: { readEveryMs: second, packEveryMs: 2 * second },
    sampler: (at) => {
      reads++;
      return [{ sensorId: 's1', unit: 'mm', at, value: 1 }];
    },
    transport: network,
    timers: loop,
    random,
    watch: {},
    startAt,
    endAt: startAt + seconds * second,
  });
  device.start();
  await loop.run(startAt + runForSeconds * second);
  const packs = messages.map(
    ({ data }) => JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as SentRecord[],
  );
  const times = packs.flatMap((pack) =>
    pack.map(({ t = 0 }) => Math.round((pack[0]?.bt ?? 0) * 1000 + t * 1000)),
  );
  return {
    messages,
    packs,
    times,
    reads,
    unacknowledged: device.unacknowledged,
    isFilling: device.isFilling,
    seqs: packs.map(([head]) => head?.seq),
  };
}

const everySecond = (seconds: number): number[] =>
  Array.from({ length: seconds }, (_, at) => startAt + at * second);

test('over a good network every reading arrives once, in order, with sequence numbers from 1', async () => {
  const { times, seqs, unacknowledged } = await runDevice(60, () => ({}));
  expect(times).toEqual(everySecond(60));
  expect(seqs).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  expect(unacknowledged).toBe(0);
});

test('a run that ends while a pack is being filled still sends it, at its end', async () => {
  const before = await runDevice(60.5, () => ({}), 'net', 60.4);
  expect([before.times.length, before.isFilling]).toEqual([60, true]);
  const after = await runDevice(60.5, () => ({}), 'net', 60.9);
  expect(after.times).toEqual(everySecond(61));
  expect([after.unacknowledged, after.isFilling]).toEqual([0, false]);
});

test('an outage loses nothing: the backlog leaves in order after it', async () => {
  const { times, messages } = await runDevice(300, (at) => ({ isDown: at >= 60 && at < 200 }));
  expect(times).toEqual(everySecond(300));
  const during = messages.filter(
    ({ receivedAt }) => receivedAt > startAt + 61 * second && receivedAt < startAt + 200 * second,
  );
  expect(during).toEqual([]);
});

test('lost PUBACKs lose nothing: what comes twice has the same number and the same bytes', async () => {
  const { times, messages, seqs } = await runDevice(300, () => ({ loseAck: 0.3 }));
  expect([...new Set(times)].sort()).toEqual(everySecond(300));
  expect(messages.length).toBeGreaterThan(150);
  const bytesOf = new Map<number | undefined, Set<string>>();
  for (const [index, { data }] of messages.entries()) {
    bytesOf.set(seqs[index], (bytesOf.get(seqs[index]) ?? new Set()).add(data));
  }
  expect([...bytesOf.values()].filter((bytes) => bytes.size > 1)).toEqual([]);
});

test('repeats and overtaking lose nothing and do happen', async () => {
  const { times, seqs, messages } = await runDevice(600, () => ({ duplicate: 0.3, reorder: 0.3 }));
  expect([...new Set(times)].sort()).toEqual(everySecond(600));
  expect(messages.length).toBeGreaterThan(330);
  const overtaken = seqs.filter((seq, index) => (seq ?? 0) < (seqs[index - 1] ?? 0));
  expect(overtaken.length).toBeGreaterThan(20);
});

test('everything at once, with any seed, loses nothing', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const { times, reads, unacknowledged } = await runDevice(
      200,
      (at) => ({ isDown: at % 50 > 35, duplicate: 0.2, reorder: 0.2, loseAck: 0.2 }),
      `all-${seed}`,
    );
    expect([...new Set(times)].sort()).toEqual(everySecond(200));
    expect([reads, unacknowledged]).toEqual([200, 0]);
  }
});

test('the same seed gives the same messages, byte for byte and at the same time', async () => {
  const faulty = { duplicate: 0.3, reorder: 0.2, loseAck: 0.1 };
  const first = await runDevice(200, () => faulty);
  const second = await runDevice(200, () => faulty);
  expect(second.messages).toEqual(first.messages);
  const other = await runDevice(200, () => faulty, 'other');
  expect(other.messages).not.toEqual(first.messages);
});

test('a message that nothing follows is held back for three seconds at most', async () => {
  const { times, messages } = await runDevice(2, () => ({ reorder: 1 }));
  expect(times).toEqual(everySecond(2));
  expect(messages[0]?.receivedAt).toBeLessThanOrEqual(startAt + 2 * second + 3 * second + 100);
});
