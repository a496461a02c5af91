import { createOutbox, sameBytesForMs } from '../../sensors-sim/device/outbox.ts';
import { type LoggedReading, packReadingsMax } from '../../sensors-sim/device/pack.ts';

const identity = { deviceId: 'd1', boot: 'b1' };
const reading = (at: number): LoggedReading => ({ sensorId: 's1', unit: 'mm', at, value: at });
const textOf = (bytes: Uint8Array | undefined): unknown => JSON.parse(new TextDecoder().decode(bytes));

test('packs leave in order of storing, numbered from 1', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(1000)]);
  outbox.store([reading(2000)]);
  expect([outbox.depart(5000)?.seq, outbox.depart(5000)?.seq, outbox.depart(5000)]).toEqual([
    1,
    2,
    undefined,
  ]);
});

test('a pack is forgotten only when it is settled', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(1000)]);
  const departure = outbox.depart(5000);
  expect([outbox.waiting, outbox.underWay]).toEqual([0, 1]);
  expect(outbox.settle(departure?.token ?? -1)).toBe(true);
  expect([outbox.waiting, outbox.underWay]).toEqual([0, 0]);
});

test('a pack whose PUBACK was lost leaves again with the same bytes and number', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(1000)]);
  const first = outbox.depart(5000);
  outbox.takeBack();
  const again = outbox.depart(5000 + sameBytesForMs);
  expect(again?.bytes).toEqual(first?.bytes);
  expect(again?.token).not.toBe(first?.token);
});

test('a pack that is older than the platform trusts a clock leaves again as a new message with the same readings', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(1000)]);
  outbox.depart(5000);
  outbox.takeBack();
  const again = outbox.depart(5000 + sameBytesForMs + 1);
  expect(again?.seq).toBe(2);
  expect(textOf(again?.bytes)).toMatchObject([
    { seq: 2, sent: (5000 + sameBytesForMs + 1) / 1000, bt: 1, v: 1000 },
  ]);
});

test('packs that come back go before those that waited', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(1000)]);
  outbox.depart(5000);
  outbox.store([reading(2000)]);
  outbox.takeBack();
  expect([outbox.depart(6000)?.seq, outbox.depart(6000)?.seq]).toEqual([1, 2]);
});

test.each([
  [packReadingsMax - 1, 1],
  [packReadingsMax, 1],
  [packReadingsMax + 1, 2],
])('%i readings make %i packs', (count, packs) => {
  const outbox = createOutbox(identity);
  outbox.store(Array.from({ length: count }, (_, index) => reading(index)));
  expect(outbox.waiting).toBe(packs);
});

test.each([
  [2, 0],
  [3, 0],
  [4, 1],
])('of %i packs in an outbox of three, %i are dropped, the oldest first', (count, dropped) => {
  const outbox = createOutbox(identity, 3);
  for (let at = 0; at < count; at++) outbox.store([reading(at * 1000)]);
  expect(outbox.dropped).toBe(dropped);
  expect(textOf(outbox.depart(9000)?.bytes)).toMatchObject([{ v: dropped * 1000 }]);
});

test('sent never lies before a record of its pack', () => {
  const outbox = createOutbox(identity);
  outbox.store([reading(5001)]);
  expect(textOf(outbox.depart(5000)?.bytes)).toMatchObject([{ sent: 5.001 }]);
});
