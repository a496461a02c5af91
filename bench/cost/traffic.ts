/** The traffic of the cost goal: 200 readings a second in packs of 25, measured from real packs. */
import { gzipSync } from 'node:zlib';
import { instant } from '../../functions/domain/time.ts';
import { archiveLine } from '../../functions/usecases/archive-messages.ts';
import { indexUnitsPerMessage } from '../calls/deadline-moves.ts';
import { envelopeOf } from '../calls/envelope.ts';
import { type Make, packSource, readingsPerPack } from '../fleet.ts';
import type { Traffic } from './model.ts';

export const readingsPerSecond = 200;
/** What the price is for. */
const readings = 1_000_000;

/** Messages whose sizes are averaged. */
const sampleCount = 400;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

export async function goalTraffic(messagesPerBatch: number, make: Make): Promise<Traffic> {
  const { packEveryMs } = make;
  const startAt = 1_800_000_000_000;
  const deviceCount = (readingsPerSecond / readingsPerPack) * (packEveryMs / 1000);
  const sample = Array.from({ length: sampleCount }, (_, number) => {
    const deviceId = `gas-corridor-${String(number % deviceCount).padStart(4, '0')}`;
    const at = startAt + number * packEveryMs;
    const payload = packSource(deviceId, startAt, make).next(at);
    const envelope = envelopeOf(deviceId, payload, at);
    return { payload, envelope, line: archiveLine({ ...envelope, receivedAt: instant(at) }) };
  });
  const lines = sample.map(({ line }) => `${line}\n`);
  return {
    readings,
    readingsPerMessage: readingsPerPack,
    readingsPerSecond,
    deviceCount,
    messagesPerBatch,
    payloadBytes: mean(sample.map(({ payload }) => payload.length)),
    messageBytes: mean(sample.map(({ envelope }) => JSON.stringify(envelope).length)),
    archiveBytes: mean(lines.map((line) => line.length)),
    archiveZippedBytes: gzipSync(lines.join('')).length / sampleCount,
    indexUnitsPerMessage: await indexUnitsPerMessage(make),
  };
}
