import { seededRandom } from '../../../support/random.ts';
import type { Accepted } from '../../history.ts';

/** A message of a device on its way to the broker. */
export interface Spoken extends Pick<Accepted, 'topic' | 'clientId' | 'bytes' | 'sender'> {
  readonly at: number;
}

/** What devices say between two instants. */
export type DeviceStory = (from: number, to: number) => readonly Spoken[];

export interface SpokenRecord {
  readonly sensor: string;
  readonly at: number;
  readonly value: number;
  readonly flag?: string;
}

/** A pack as a device of the city writes it. */
export function spoken(
  deviceId: string,
  given: {
    readonly at: number;
    readonly seq: number;
    readonly boot?: string;
    /** Added to every time that the device tells. */
    readonly clockMs?: number;
    readonly records: readonly SpokenRecord[];
  },
): Spoken {
  const { at, seq, boot = 'b1', clockMs = 0, records } = given;
  const seconds = (ms: number): number => (ms + clockMs) / 1000;
  const rows = records.map(({ sensor, at: t, value, flag }) => ({
    n: sensor,
    t: seconds(t),
    v: value,
    ...(flag === undefined ? {} : { q: flag }),
  }));
  const header = { bn: `${deviceId}/`, boot, seq, sent: seconds(at - 20) };
  return said(deviceId, at, JSON.stringify([header, ...rows]), clockMs === 0 ? 'device' : 'skewed');
}

export const said = (
  deviceId: string,
  at: number,
  text: string,
  sender: Accepted['sender'] = 'hostile',
  topic = `tocsin/v1/${deviceId}/senml`,
): Spoken => ({ at, topic, clientId: deviceId, bytes: Buffer.from(text), sender });

const periodMs = 5_000;

/**
 * Devices that live as devices do: calm, excursions, silences, restarts, wrong clocks, now and then nonsense. Wild ones flap,
 * set their clocks, and have twins that speak under their name.
 */
export function deviceStory(seed: number, isWild = false): DeviceStory {
  return (from, to) =>
    ['dev-1', 'dev-2', 'dev-3'].flatMap((deviceId, place) =>
      oneDevice(deviceId, seed * 7 + place, from, to, isWild),
    );
}

function oneDevice(
  deviceId: string,
  seed: number,
  from: number,
  to: number,
  isWild: boolean,
): readonly Spoken[] {
  const random = seededRandom(seed);
  let clockMs = [0, 0, 0, 1_500, -40_000, 1_200_000][Math.floor(random() * 6)] ?? 0;
  const all: Spoken[] = [];
  const level = { a: 10, b: 10 };
  let boot = 1;
  let seq = 0;
  let silentUntil = 0;
  let pending: SpokenRecord[] = [];
  for (let at = from + 1_000 + Math.floor(random() * 4_000); at < to; at += periodMs) {
    if (random() < 0.012) silentUntil = at + 20_000 + random() * 80_000;
    if (random() < 0.01) {
      boot += 1;
      seq = 0;
    }
    if (isWild && random() < 0.01) clockMs = [0, 3_000, -200_000, 700_000][Math.floor(random() * 4)] ?? 0;
    if (at < silentUntil) continue;
    for (const sensor of ['a', 'b'] as const) {
      if (random() < (isWild ? 0.3 : 0.06)) level[sensor] = random() < 0.5 ? 10 : 15 + random() * 45;
      const value = Math.round((level[sensor] + random() * 4) * 10) / 10;
      const flag =
        random() < 0.015 ? ['fault', 'calibrating', 'over-range'][Math.floor(random() * 3)] : undefined;
      pending.push({
        sensor,
        at: at - 20 - Math.floor(random() * 480),
        value,
        ...(flag === undefined ? {} : { flag }),
      });
    }
    if (random() < 0.4) continue;
    seq += 1;
    const message = spoken(deviceId, { at, seq, boot: `b${boot}`, clockMs, records: pending });
    pending = [];
    all.push(message);
    if (random() < 0.04) all.push({ ...message, at: at + 3_000 });
    if (isWild && random() < 0.02)
      all.push(
        spoken(deviceId, {
          at: at + 5,
          seq,
          boot: `b${boot}`,
          clockMs,
          records: [{ sensor: 'a', at: at - 30, value: 33 }],
        }),
      );
    if (random() < 0.02) all.push(said(deviceId, at + 10, '{"not": "a pack"}'));
    if (random() < 0.01) all.push({ ...said(deviceId, at + 11, '[]'), clientId: 'dev-9' });
  }
  return all;
}
