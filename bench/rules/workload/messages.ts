/** The samples as SenML messages: one record each, or packs of 25; late and repeated ones where that is asked. */
import { createRandom } from '../../../sensors-sim/random.ts';
import { deviceIdOf, kindIndexOf, sensorIdOf } from './fleet.ts';
import { kindOf } from './kinds.ts';
import { instantOf, type Sample, samplesOf } from './samples.ts';
import { type BookSize, deviceCount, period, seed, stepsPerPack, travelMs } from './size.ts';

export interface SentMessage {
  readonly device: number;
  readonly receivedAt: number;
  /** SenML JSON. */
  readonly text: string;
  readonly recordCount: number;
}

/** What the network does to messages: part of them that comes late or twice, and by how much. */
const lateShare = 0.01;
const repeatShare = 0.01;
const repeatMs = 1_000;

type Gather = (samples: readonly Sample[]) => readonly (readonly Sample[])[];

const alone: Gather = (samples) => samples.map((sample) => [sample]);

const inPacks: Gather = (samples) => {
  const packs = new Map<number, Sample[]>();
  for (const sample of samples) {
    const key = Math.floor(sample.step / stepsPerPack) * deviceCount + sample.device;
    const pack = packs.get(key);
    if (pack) pack.push(sample);
    else packs.set(key, [sample]);
  }
  return [...packs.values()];
};

export type Shape = 'one a message' | 'packs of 25';

/** Messages by receive time. `hasTrouble`: bad quality, pauses, late and repeated messages among them. */
export function messagesOf(size: BookSize, shape: Shape, hasTrouble: boolean): readonly SentMessage[] {
  const isAlone = shape === 'one a message';
  const random = createRandom(seed).split(`way-${shape}`);
  const lateMs = (isAlone ? 2.5 : stepsPerPack + 0.5) * period;
  const seqs = new Array<number>(deviceCount).fill(0);
  const messages: SentMessage[] = [];
  for (const samples of (isAlone ? alone : inPacks)(samplesOf(size, hasTrouble))) {
    const last = samples.at(-1);
    if (last === undefined) continue;
    const { device } = last;
    const sentAt = instantOf(device, last.step);
    const seq = (seqs[device] ?? 0) + 1;
    seqs[device] = seq;
    const isLate = hasTrouble && random.next() < lateShare;
    const isRepeated = hasTrouble && random.next() < repeatShare;
    const receivedAt = sentAt + travelMs + (isAlone ? last.place : 0) + (isLate ? lateMs : 0);
    const text = JSON.stringify(recordsOf(samples, seq, sentAt, size));
    const message = { device, receivedAt, text, recordCount: samples.length };
    messages.push(message);
    if (isRepeated) messages.push({ ...message, receivedAt: receivedAt + repeatMs });
  }
  return messages.toSorted((a, b) => a.receivedAt - b.receivedAt);
}

function recordsOf(
  samples: readonly Sample[],
  seq: number,
  sentAt: number,
  size: BookSize,
): readonly object[] {
  return samples.map(({ device, place, step, value, quality }, index) => ({
    ...(index === 0
      ? { bn: `${deviceIdOf(device)}/`, boot: 'b-2027-01-15T08', seq, sent: sentAt / 1000 }
      : {}),
    n: sensorIdOf(place),
    t: instantOf(device, step) / 1000,
    v: value,
    u: kindOf(kindIndexOf(device, place, size)).unit,
    ...(quality === 'good' ? {} : { q: quality }),
  }));
}
