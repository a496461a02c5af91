/**
 * What this room knows: what devices say. This file: the short way of an ordinary SenML pack, in one pass over its bytes.
 *
 * The reason: `JSON.parse`, objects that are thrown away, and the proof that no key was lost take two thirds of the time
 * from bytes to readings. Nearly every message is plain ASCII with the few fields that we know, so it is read here as it
 * stands. Whatever is not ordinary (a blank, an escape, an unknown or doubled field, an exponent, a trouble of any kind)
 * is left to `senml.ts`, which refuses with a reason; a property test holds the two to the same packs.
 */
import { appended } from '../appended.ts';
import type { DecodeContext, Pack, RawRecord } from './pack.ts';
import { readingCountMax } from './pack.ts';
import { absoluteTimeMin, bootLengthMax, timeSecondsMax, toMs } from './senml-header.ts';
import {
  bootKey,
  colon,
  comma,
  isKey,
  minus,
  nine,
  odd,
  point,
  quote,
  sentKey,
  seqKey,
  textEnd,
  zero,
} from './senml-tokens.ts';
import { messageBytesMax } from './strict-json.ts';

/** Digits of which every decimal is one exact integer by one exact power of ten: their quotient is the nearest double. */
const digitsMax = 15;
const powers = Array.from({ length: digitsMax + 1 }, (_, places) => 10 ** places);

/** One bit a field: a field that comes twice in a record is not ordinary. */
const has = {
  n: 1,
  t: 2,
  v: 4,
  u: 8,
  q: 16,
  bn: 32,
  bt: 64,
  bu: 128,
  boot: 256,
  seq: 512,
  sent: 1024,
} as const;
const ofHeader = has.boot | has.seq | has.sent;
const ofBase = has.bn | has.bt | has.bu | ofHeader;

const none: readonly never[] = [];

/** What the present record and those before it said. Every reader below gives the position behind what it read, or `odd`. */
interface Scan {
  readonly bytes: Uint8Array;
  /** The same, for cutting texts out. */
  readonly text: string;
  readonly deviceId: string;
  /** The number that was read last. */
  number: number;
  /** Fields of the present record. */
  fields: number;
  name: string;
  unit: string | undefined;
  value: number | boolean | string | undefined;
  time: number;
  flag: string | undefined;
  baseTime: number;
  baseUnit: string | undefined;
  boot: string | undefined;
  seq: number | undefined;
  sentAtMs: number | undefined;
  hasBase: boolean;
}

/** The pack in `bytes`, or `undefined` when it is not ordinary: that says nothing about whether it is good. */
export function scanSenml(bytes: Uint8Array, { deviceId, receivedAt }: DecodeContext): Pack | undefined {
  if (bytes.length > messageBytesMax || bytes[0] !== 0x5b) return undefined;
  const scan = startOf(bytes, deviceId);
  let records: RawRecord[] | undefined;
  let hasClock = false;
  let at = 1;
  for (let index = 0; ; index++) {
    at = readRecord(scan, at);
    const { fields } = scan;
    if (at === odd || (index > 0 && (fields & ofHeader) !== 0)) return undefined;
    if ((fields & ~ofBase) !== 0) {
      if (!isMeasurement(scan)) return undefined;
      const seconds = scan.baseTime + scan.time;
      const isAbsolute = seconds >= absoluteTimeMin;
      hasClock ||= isAbsolute;
      const deviceAtMs = toMs(seconds) + (isAbsolute ? 0 : (scan.sentAtMs ?? receivedAt));
      records = appended(records, recordOf(scan, index, deviceAtMs));
    }
    const next = bytes[at++];
    if (next === comma) continue;
    if (next !== 0x5d || at !== bytes.length || (records?.length ?? 0) > readingCountMax) return undefined;
    const { boot, seq, sentAtMs } = scan;
    hasClock ||= sentAtMs !== undefined;
    return { boot, seq, sentAtMs, hasClock, records: records ?? none, refusals: none };
  }
}

function startOf(bytes: Uint8Array, deviceId: string): Scan {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    bytes,
    text: buffer.toString('latin1'),
    deviceId,
    number: 0,
    fields: 0,
    name: '',
    unit: undefined,
    value: undefined,
    time: 0,
    flag: undefined,
    baseTime: 0,
    baseUnit: undefined,
    boot: undefined,
    seq: undefined,
    sentAtMs: undefined,
    hasBase: false,
  };
}

const recordOf = (scan: Scan, index: number, deviceAtMs: number): RawRecord => ({
  index,
  sensorId: scan.name,
  deviceAtMs,
  value: scan.value,
  baseValue: 0,
  unit: scan.unit,
  baseUnit: scan.baseUnit,
  flag: scan.flag,
});

/** A name of this device, and a value or a word on why there is none. */
const isMeasurement = ({ name, hasBase, value, flag }: Scan): boolean =>
  name !== '' &&
  (hasBase || !name.includes('/')) &&
  (value !== undefined || (flag !== undefined && flag !== 'good'));

/** One object from its brace to behind its other brace. */
function readRecord(scan: Scan, start: number): number {
  const { bytes } = scan;
  scan.fields = 0;
  scan.name = '';
  scan.unit = scan.value = scan.flag = undefined;
  scan.time = 0;
  if (bytes[start] !== 0x7b) return odd;
  let at = start;
  do {
    at = readField(scan, at + 1);
    if (at === odd) return odd;
  } while (bytes[at] === comma);
  return bytes[at] === 0x7d ? at + 1 : odd;
}

/** One field, told by the letters of its key. */
function readField(scan: Scan, at: number): number {
  const { bytes } = scan;
  if (bytes[at] !== quote) return odd;
  const first = bytes[at + 1];
  const second = bytes[at + 2];
  if (second === quote) return bytes[at + 3] === colon ? readOneLetter(scan, first, at + 4) : odd;
  if (bytes[at + 3] === quote)
    return bytes[at + 4] === colon ? readTwoLetters(scan, first, second, at + 5) : odd;
  return readHeader(scan, at + 1);
}

/** False when the record had the field before. */
function isFirst(scan: Scan, field: number): boolean {
  const before = scan.fields;
  scan.fields = before | field;
  return (before & field) === 0;
}

function readOneLetter(scan: Scan, letter: number | undefined, at: number): number {
  switch (letter) {
    case 0x6e: {
      const end = textEnd(scan.bytes, at);
      scan.name = scan.text.slice(at + 1, end - 1);
      return isFirst(scan, has.n) ? end : odd;
    }
    case 0x74: {
      const end = readNumber(scan, at);
      scan.time = scan.number;
      return isFirst(scan, has.t) && isTime(scan.number) ? end : odd;
    }
    case 0x76: {
      const end = readNumber(scan, at);
      scan.value = scan.number;
      return isFirst(scan, has.v) ? end : odd;
    }
    case 0x75: {
      const end = textEnd(scan.bytes, at);
      scan.unit = scan.text.slice(at + 1, end - 1);
      return isFirst(scan, has.u) ? end : odd;
    }
    case 0x71: {
      const end = textEnd(scan.bytes, at);
      scan.flag = scan.text.slice(at + 1, end - 1);
      return isFirst(scan, has.q) ? end : odd;
    }
    default:
      return odd;
  }
}

function readTwoLetters(
  scan: Scan,
  first: number | undefined,
  second: number | undefined,
  at: number,
): number {
  if (first === 0x62 && second === 0x6e) {
    scan.hasBase = true;
    return isFirst(scan, has.bn) ? ownNameEnd(scan, at) : odd;
  }
  if (first === 0x62 && second === 0x74) {
    const end = readNumber(scan, at);
    scan.baseTime = scan.number;
    return isFirst(scan, has.bt) && isTime(scan.number) ? end : odd;
  }
  if (first === 0x62 && second === 0x75) {
    const end = textEnd(scan.bytes, at);
    scan.baseUnit = scan.text.slice(at + 1, end - 1);
    return isFirst(scan, has.bu) ? end : odd;
  }
  if (first !== 0x76 || !isFirst(scan, has.v)) return odd;
  if (second === 0x73) {
    const end = textEnd(scan.bytes, at);
    scan.value = scan.text.slice(at + 1, end - 1);
    return end;
  }
  return second === 0x62 ? readSwitch(scan, at) : odd;
}

/** `boot`, `seq` or `sent`, from behind the first quote. */
function readHeader(scan: Scan, at: number): number {
  const { bytes } = scan;
  if (bytes[at] === 0x62) {
    const end = isKey(bytes, at, bootKey) ? textEnd(bytes, at + bootKey.length) : odd;
    const boot = scan.text.slice(at + bootKey.length + 1, end - 1);
    scan.boot = boot;
    const isUsable = boot.length > 0 && boot.length <= bootLengthMax && !boot.includes(' ');
    return isUsable && isFirst(scan, has.boot) ? end : odd;
  }
  if (isKey(bytes, at, seqKey)) {
    const end = readNumber(scan, at + seqKey.length);
    scan.seq = scan.number;
    return isFirst(scan, has.seq) && Number.isSafeInteger(scan.seq) && scan.seq >= 0 ? end : odd;
  }
  if (!isKey(bytes, at, sentKey)) return odd;
  const end = readNumber(scan, at + sentKey.length);
  scan.sentAtMs = toMs(scan.number);
  return isFirst(scan, has.sent) && isTime(scan.number) && scan.number >= 0 ? end : odd;
}

/** Behind the device's own base name, `{deviceId}/`; any other is not ordinary. */
function ownNameEnd({ bytes, text, deviceId }: Scan, at: number): number {
  const end = at + 1 + deviceId.length;
  const isOwn = bytes[at] === quote && bytes[end] === 0x2f && bytes[end + 1] === quote;
  return isOwn && text.startsWith(deviceId, at + 1) ? end + 2 : odd;
}

function readSwitch(scan: Scan, at: number): number {
  const isTrue = scan.text.startsWith('true', at);
  scan.value = isTrue;
  if (isTrue) return at + 4;
  return scan.text.startsWith('false', at) ? at + 5 : odd;
}

const isTime = (seconds: number): boolean => Math.abs(seconds) <= timeSecondsMax;

/** Reads a decimal of few digits and no exponent into `scan.number`: the nearest double. */
function readNumber(scan: Scan, start: number): number {
  const { bytes } = scan;
  const from = bytes[start] === minus ? start + 1 : start;
  let at = from;
  let digits = 0;
  let pointAt = -1;
  for (; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= nine) digits = digits * 10 + (byte - zero);
    else if (byte === point && pointAt < 0) pointAt = at;
    else break;
  }
  const places = pointAt < 0 ? 0 : at - pointAt - 1;
  const wholes = pointAt < 0 ? at - from : pointAt - from;
  if (wholes === 0 || wholes + places > digitsMax) return odd;
  if ((wholes > 1 && bytes[from] === zero) || (pointAt >= 0 && places === 0)) return odd;
  const size = places === 0 ? digits : digits / (powers[places] ?? 1);
  scan.number = from === start ? size : -size;
  return at;
}
