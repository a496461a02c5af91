import type { Counted } from '../../bench/calls/batches.ts';
import { billedMs } from '../../bench/cost/billed.ts';
import { type Traffic, telemetryParts, totalOf } from '../../bench/cost/model.ts';

const traffic: Traffic = {
  readings: 1_000_000,
  readingsPerMessage: 25,
  readingsPerSecond: 200,
  deviceCount: 100,
  messagesPerBatch: 8,
  payloadBytes: 1_200,
  messageBytes: 1_900,
  archiveBytes: 1_900,
  archiveZippedBytes: 500,
  indexUnitsPerMessage: 0,
};
const batch: Counted = {
  tally: { calls: {}, readUnits: 13, writeUnits: 8, indexWriteUnits: 0 },
  cpuMs: 10,
  wallMs: 20,
  loggedBytes: 400,
};
const size = { memoryMb: 512, billedMs: 30 };

const dollars = (of: Traffic, name: string): number =>
  telemetryParts(of, batch, size).find((part) => part.name === name)?.dollars ?? Number.NaN;

test('forty thousand messages cost what the price list says for each part', () => {
  expect(dollars(traffic, 'IoT rule')).toBeCloseTo(0.006, 6);
  expect(dollars(traffic, 'SQS send')).toBeCloseTo(0.016, 6);
  expect(dollars(traffic, 'SQS receive')).toBeCloseTo(0.002, 6);
  expect(dollars(traffic, 'DynamoDB writes')).toBeCloseTo(0.025, 6);
  expect(dollars(traffic, 'DynamoDB reads')).toBeCloseTo(5_000 * 13 * 0.125e-6, 9);
  expect(dollars(traffic, 'Firehose')).toBeCloseTo((40_000 * 5_120 * 0.029) / 2 ** 30, 9);
  expect(dollars(traffic, 'Lambda')).toBeCloseTo(0.001 + 5_000 * 0.03 * 0.5 * 0.000_013_333_4, 9);
});

test('a request of the queue is 64 KB: one byte more is a second one', () => {
  const of = (messageBytes: number) => dollars({ ...traffic, messageBytes }, 'SQS send');
  expect(of(65_536)).toBeCloseTo(0.016, 6);
  expect(of(65_537)).toBeCloseTo(0.032, 6);
  // Eight messages of a batch come in one answer, which is metered by its own size.
  const received = (messageBytes: number) => dollars({ ...traffic, messageBytes }, 'SQS receive');
  expect(received(8_192)).toBeCloseTo(0.002, 6);
  expect(received(8_193)).toBeCloseTo(0.004, 6);
});

test('rule and archive are metered in steps of 5 KB a message', () => {
  const rule = (payloadBytes: number) => dollars({ ...traffic, payloadBytes }, 'IoT rule');
  expect(rule(5_121) / rule(5_120)).toBeCloseTo(2, 6);
  const archive = (archiveBytes: number) => dollars({ ...traffic, archiveBytes }, 'Firehose');
  expect(archive(5_121) / archive(5_120)).toBeCloseTo(2, 6);
});

test('a deadline that moves with every message costs as much as two writes', () => {
  const moved = telemetryParts({ ...traffic, indexUnitsPerMessage: 2 }, batch, size);
  expect(totalOf(moved) - totalOf(telemetryParts(traffic, batch, size))).toBeCloseTo(0.05, 6);
});

test('a message a batch pays for each call, receive and delete of its own', () => {
  const single = { ...traffic, messagesPerBatch: 1 };
  expect(dollars(single, 'SQS delete')).toBeCloseTo(8 * dollars(traffic, 'SQS delete'), 6);
  expect(dollars(single, 'Lambda')).toBeCloseTo(8 * dollars(traffic, 'Lambda'), 6);
});

test('Lambda bills the longer of the time here and the processor time at its share of a processor', () => {
  expect(billedMs({ ...batch, wallMs: 100, cpuMs: 10 }, 512)).toBe(100);
  expect(billedMs({ ...batch, wallMs: 20, cpuMs: 10 }, 1769)).toBe(20);
  expect(billedMs({ ...batch, wallMs: 20, cpuMs: 10 }, 442.25)).toBe(40);
});
