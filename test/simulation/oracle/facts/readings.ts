import type { CitySensor } from '../../history.ts';
import { backlogAgeMaxMs, clockErrorMaxMs, offsetJitterMaxMs, stablePackCount } from '../bounds.ts';
import type { Message } from './messages.ts';
import type { PackRecord } from './pack.ts';

/**
 * What a reading says of itself. `held`: calibrating or under maintenance; `unclear`: the oracle does not know what the
 * product makes of it.
 */
export type Quality = 'good' | 'over-range' | 'held' | 'fault' | 'unknown' | 'unclear';

/** One value of one sensor that was accepted, with everything that the order of processing leaves open. */
export interface Reading {
  readonly message: Message;
  readonly index: number;
  /** `device/sensor`. */
  readonly sensor: string;
  /** Phenomenon time: earliest and latest that the correction of the device's clock can have made of it. */
  readonly from: number;
  readonly to: number;
  /** Earliest and latest sign of life. */
  readonly lifeFrom: number;
  readonly lifeTo: number;
  /** Receive times of the copies of its message that can have come first. */
  readonly receivedAts: readonly number[];
  /** Nothing can have come of it before; all that comes of it is written by `done`. */
  readonly taken: number;
  readonly done: number;
  readonly value: number | undefined;
  readonly quality: Quality;
  /** Whether it may do more than raise (semantics 10, 11). */
  readonly trust: 'yes' | 'maybe' | 'no';
}

interface Timing {
  /** Least and most that is added to the device's time. */
  readonly shiftFrom: number;
  readonly shiftTo: number;
  readonly sentAt: number;
  readonly trust: Reading['trust'];
}

/** The readings of every sensor in phenomenon order, each once however often its message was sent. */
export function readingsOf(messages: readonly Message[]): ReadonlyMap<string, readonly Reading[]> {
  const bySensor = new Map<string, Reading[]>();
  const byDevice = Map.groupBy(
    messages.filter(({ kind }) => kind === 'pack'),
    ({ device }) => device?.deviceId ?? '',
  );
  for (const own of byDevice.values()) {
    const copies = [...Map.groupBy(own, sameMessage).values()];
    const firsts = copies.flatMap(([first]) => first ?? []);
    const doubted = doubtedOf(firsts);
    const clocks = clocksOf(firsts, own);
    for (const some of copies)
      for (const reading of readingsIn(some, clocks, doubted)) {
        const series = bySensor.get(reading.sensor);
        if (series === undefined) bySensor.set(reading.sensor, [reading]);
        else series.push(reading);
      }
  }
  for (const series of bySensor.values()) series.sort((a, b) => a.from - b.from || a.to - b.to);
  return bySensor;
}

/** By what a message is known again: its place in the device's count and its bytes; else its bytes, if they show a clock. */
function sameMessage({ pack, bytes, id }: Message): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (pack?.boot !== undefined && pack.seq !== undefined) return `${pack.boot}#${pack.seq}#${text}`;
  return pack?.hasClock === true ? text : `${id}#${text}`;
}

/** Messages whose order may be refused: another shares their number, or their numbers go back while the clock goes on. */
function doubtedOf(messages: readonly Message[]): ReadonlySet<Message> {
  const doubted = new Set<Message>();
  for (const some of Map.groupBy(messages, ({ pack }) => pack?.boot).values()) {
    const counted = some
      .filter(({ pack }) => pack?.seq !== undefined)
      .toSorted((a, b) => (b.pack?.seq ?? 0) - (a.pack?.seq ?? 0));
    let earliestAbove = Number.POSITIVE_INFINITY;
    for (const [at, message] of counted.entries()) {
      const sentAt = message.pack?.sentAt ?? 0;
      const above = counted[at - 1];
      if (above !== undefined && above.pack?.seq === message.pack?.seq) doubted.add(message).add(above);
      if (earliestAbove < sentAt) doubted.add(message);
      earliestAbove = Math.min(earliestAbove, sentAt);
    }
  }
  return doubted;
}

/** How the times of a pack are corrected that was received then. */
function timingOf(message: Message, clock: Clock, receivedAt: number): Timing {
  const { pack } = message;
  const newest = Math.max(Number.NEGATIVE_INFINITY, ...(pack?.records ?? []).map((one) => one.deviceAt));
  const sentAt = pack?.sentAt ?? Math.max(receivedAt, newest);
  const offset = receivedAt - sentAt;
  if (Math.abs(offset) > clockErrorMaxMs) {
    return {
      shiftFrom: offset - offsetJitterMaxMs,
      shiftTo: offset,
      sentAt,
      trust: clock.wrongCount >= stablePackCount ? 'maybe' : 'no',
    };
  }
  const isOldWithoutClock = pack?.sentAt === undefined && sentAt - newest > clockErrorMaxMs;
  return {
    shiftFrom: Math.min(0, offset, clock.farthestAhead),
    shiftTo: Math.min(0, offset),
    sentAt,
    trust: isOldWithoutClock ? 'no' : pack?.sentAt === undefined ? 'maybe' : 'yes',
  };
}

/** What all packs of a boot say of its clock. */
interface Clock {
  /** Packs whose clock cannot be believed. */
  readonly wrongCount: number;
  /** The least offset of those that can; 0 when none is ahead. */
  readonly farthestAhead: number;
}

/** By boot. Whichever copy of a pack is handled first shows the clock, so each may be the farthest ahead. */
function clocksOf(firsts: readonly Message[], copies: readonly Message[]): ReadonlyMap<string, Clock> {
  const isRight = (offset: number): boolean => Math.abs(offset) <= clockErrorMaxMs;
  const offsets = Map.groupBy(copies, bootOf);
  return new Map(
    [...Map.groupBy(firsts, bootOf)].map(([boot, ofBoot]) => {
      const right = (offsets.get(boot) ?? []).map(offsetOf).filter(isRight);
      const farthestAhead = right.reduce((least, one) => Math.min(least, one), 0);
      return [boot, { wrongCount: ofBoot.filter((one) => !isRight(offsetOf(one))).length, farthestAhead }];
    }),
  );
}

const bootOf = ({ pack }: Message): string => pack?.boot ?? '';

const offsetOf = ({ pack, receivedAt }: Message): number =>
  pack?.sentAt === undefined ? 0 : receivedAt - pack.sentAt;

function readingsIn(
  copies: readonly Message[],
  clocks: ReadonlyMap<string, Clock>,
  doubted: ReadonlySet<Message>,
): readonly Reading[] {
  const [message] = copies;
  if (message === undefined) return [];
  const done = Math.min(...copies.map((one) => one.done));
  // Whichever copy is handled first counts, and it was taken before any of them was done with.
  const first = copies.filter((one) => one.taken <= done);
  const clock = clocks.get(bootOf(message)) ?? { wrongCount: 0, farthestAhead: 0 };
  const timings = first.map((one) => timingOf(message, clock, one.receivedAt));
  const taken = Math.min(...first.map((one) => one.taken));
  const receivedAts = first.map((one) => one.receivedAt);
  const trusts = new Set(timings.map(({ trust }) => trust));
  const trust = trusts.size > 1 || doubted.has(message) ? 'maybe' : (timings[0]?.trust ?? 'no');
  return message.records.flatMap((record): Reading[] => {
    const times = timings.map((timing, i) => timed(record, timing, receivedAts[i] ?? 0));
    const from = Math.min(...times.map((one) => one.from));
    const to = Math.max(...times.map((one) => one.to));
    if (Math.max(...receivedAts) - from > backlogAgeMaxMs) return [];
    const isAhead = timings.some(({ sentAt }) => record.deviceAt > sentAt);
    return [
      {
        message,
        index: record.index,
        sensor: `${message.device?.deviceId}/${record.sensorId}`,
        from,
        to,
        lifeFrom: Math.min(...times.map((one) => one.life)),
        lifeTo: Math.max(...times.map((one) => one.life)),
        receivedAts,
        taken,
        done,
        ...assessed(record, sensorOf(message, record)),
        trust: isAhead ? 'no' : trust,
      },
    ];
  });
}

/** A record that is as registered belongs to a sensor of the device. */
const sensorOf = ({ device }: Message, { sensorId }: PackRecord): CitySensor | undefined =>
  device?.sensors.find((one) => one.sensorId === sensorId);

function timed({ deviceAt }: PackRecord, { shiftFrom, shiftTo, sentAt }: Timing, receivedAt: number) {
  const age = Math.max(0, sentAt - deviceAt);
  return {
    from: Math.max(0, Math.min(deviceAt + shiftFrom, receivedAt)),
    to: Math.max(0, Math.min(deviceAt + shiftTo, receivedAt)),
    life: receivedAt - Math.min(age, receivedAt),
  };
}

/** Semantics 5. */
function assessed(
  { value, flag }: PackRecord,
  sensor: CitySensor | undefined,
): Pick<Reading, 'value' | 'quality'> {
  if (typeof value !== 'number') return { value: undefined, quality: flagged(flag, 'fault') };
  const { range } = sensor ?? {};
  if (range === undefined || (value >= range.min && value <= range.max))
    return { value, quality: flagged(flag, 'good') };
  return { value, quality: flagged(flag, value > range.max ? 'over-range' : 'unclear') };
}

/** The device's own word stands, except that a value called good is not believed against what is `found`. */
function flagged(flag: string | undefined, found: Quality): Quality {
  if (flag === undefined || flag === 'good') return found;
  if (flag === 'calibrating' || flag === 'maintenance') return 'held';
  return flag === 'fault' || flag === 'over-range' ? flag : 'unknown';
}

/** Its instant is sure. */
export const isExact = ({ from, to }: Reading): boolean => from === to;

/** All that comes of the one was written before anything of the other could be. */
export const isCertainlyBefore = (a: Reading, b: Reading): boolean =>
  a.message === b.message ? a.to < b.from : a.done < b.taken;
