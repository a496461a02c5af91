/**
 * What this room knows: what devices say. This file: the short way of an ordinary SenML pack, in one pass over its bytes.
 *
 * The reason: `JSON.parse`, objects that are thrown away, and the proof that no key was lost take two thirds of the time
 * from bytes to readings. Nearly every message is plain ASCII with the few fields that we know, so it is read here as it
 * stands. Whatever is not ordinary (a blank, an escape, an unknown or doubled field, an exponent, a trouble of any kind)
 * is left to `senml.ts`, which refuses with a reason; a property test holds the two to the same packs.
 */
import type { DecodeContext, Pack, RawRecord } from './pack.ts';
import { readingCountMax } from './pack.ts';
import { absoluteTimeMin, bootLengthMax, timeSecondsMax, toMs } from './senml-header.ts';
import { messageBytesMax } from './strict-json.ts';

/** Digits of which every decimal is one exact integer by one exact power of ten, so that the quotient is the nearest double. */
const digitsMax = 15;
const powers = Array.from({ length: digitsMax + 1 }, (_, places) => 10 ** places);

const keys = {
  boot: Buffer.from('"boot":'),
  seq: Buffer.from('"seq":'),
  sent: Buffer.from('"sent":'),
} as const;

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const colon = 0x3a;
const backslash = 0x5c;

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

/** Where reading stands, and what the present record and those before it said. */
interface Scan {
  readonly bytes: Uint8Array;
  /** The same, for cutting texts out. */
  readonly text: string;
  at: number;
  /** Something is not ordinary. */
  isOdd: boolean;
  /** Fields of the present record. */
  fields: number;
  name: string;
  unit: string | undefined;
  value: number | boolean | string | undefined;
  time: number;
  flag: string | undefined;
  hasBase: boolean;
  baseTime: number;
  baseUnit: string | undefined;
  boot: string | undefined;
  seq: number | undefined;
  sentAtMs: number | undefined;
}

/** The pack in `bytes`, or `undefined` when it is not ordinary: that says nothing about whether it is good. */
export function scanSenml(bytes: Uint8Array, { deviceId, receivedAt }: DecodeContext): Pack | undefined {
  if (bytes.length > messageBytesMax || bytes[0] !== 0x5b) return undefined;
  const scan = startOf(bytes);
  const records: RawRecord[] = [];
  let hasClock = false;
  for (let index = 0; ; index++) {
    readRecord(scan, deviceId);
    const { fields } = scan;
    if (scan.isOdd || (index > 0 && (fields & ofHeader) !== 0)) return undefined;
    if ((fields & ~ofBase) !== 0) {
      if (!isMeasurement(scan)) return undefined;
      const seconds = scan.baseTime + scan.time;
      const isAbsolute = seconds >= absoluteTimeMin;
      hasClock ||= isAbsolute;
      records.push({
        index,
        sensorId: scan.name,
        deviceAtMs: toMs(seconds) + (isAbsolute ? 0 : (scan.sentAtMs ?? receivedAt)),
        value: scan.value,
        baseValue: 0,
        unit: scan.unit,
        baseUnit: scan.baseUnit,
        flag: scan.flag,
      });
    }
    const next = bytes[scan.at++];
    if (next === comma) continue;
    if (next !== 0x5d || scan.at !== bytes.length || records.length > readingCountMax) return undefined;
    const { boot, seq, sentAtMs } = scan;
    return { boot, seq, sentAtMs, hasClock: hasClock || sentAtMs !== undefined, records, refusals: [] };
  }
}

function startOf(bytes: Uint8Array): Scan {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    bytes,
    text: buffer.toString('latin1'),
    at: 1,
    isOdd: false,
    fields: 0,
    name: '',
    unit: undefined,
    value: undefined,
    time: 0,
    flag: undefined,
    hasBase: false,
    baseTime: 0,
    baseUnit: undefined,
    boot: undefined,
    seq: undefined,
    sentAtMs: undefined,
  };
}

/** A name of this device, and a value or a word on why there is none. */
const isMeasurement = ({ name, hasBase, value, flag }: Scan): boolean =>
  name !== '' &&
  (hasBase || !name.includes('/')) &&
  (value !== undefined || (flag !== undefined && flag !== 'good'));

/** One object from its brace to behind its other brace. */
function readRecord(scan: Scan, deviceId: string): void {
  const { bytes } = scan;
  scan.fields = 0;
  scan.name = '';
  scan.unit = scan.value = scan.flag = undefined;
  scan.time = 0;
  if (bytes[scan.at++] !== 0x7b) scan.isOdd = true;
  while (!scan.isOdd) {
    readField(scan, deviceId);
    const next = bytes[scan.at++];
    if (next === comma) continue;
    if (next !== 0x7d) scan.isOdd = true;
    return;
  }
}

/** One field, told by the letters of its key. */
function readField(scan: Scan, deviceId: string): void {
  const { bytes, at } = scan;
  if (bytes[at] !== quote) {
    scan.isOdd = true;
    return;
  }
  const first = bytes[at + 1];
  const second = bytes[at + 2];
  if (second === quote) {
    startValue(scan, at + 3);
    readShort(scan, first);
  } else if (bytes[at + 3] === quote) {
    startValue(scan, at + 4);
    readTwoLetters(scan, first, second, deviceId);
  } else readHeader(scan);
}

/** The colon at `at`, and the value behind it. */
function startValue(scan: Scan, at: number): void {
  if (scan.bytes[at] !== colon) scan.isOdd = true;
  scan.at = at + 1;
}

function note(scan: Scan, field: number): void {
  if ((scan.fields & field) !== 0) scan.isOdd = true;
  scan.fields |= field;
}

function readShort(scan: Scan, letter: number | undefined): void {
  switch (letter) {
    case 0x6e:
      note(scan, has.n);
      scan.name = readText(scan);
      break;
    case 0x74:
      note(scan, has.t);
      scan.time = readTime(scan);
      break;
    case 0x76:
      note(scan, has.v);
      scan.value = readNumber(scan);
      break;
    case 0x75:
      note(scan, has.u);
      scan.unit = readText(scan);
      break;
    case 0x71:
      note(scan, has.q);
      scan.flag = readText(scan);
      break;
    default:
      scan.isOdd = true;
  }
}

function readTwoLetters(
  scan: Scan,
  first: number | undefined,
  second: number | undefined,
  deviceId: string,
): void {
  if (first === 0x62 && second === 0x6e) {
    note(scan, has.bn);
    readBaseName(scan, deviceId);
  } else if (first === 0x62 && second === 0x74) {
    note(scan, has.bt);
    scan.baseTime = readTime(scan);
  } else if (first === 0x62 && second === 0x75) {
    note(scan, has.bu);
    scan.baseUnit = readText(scan);
  } else if (first === 0x76 && second === 0x62) {
    note(scan, has.v);
    scan.value = readSwitch(scan);
  } else if (first === 0x76 && second === 0x73) {
    note(scan, has.v);
    scan.value = readText(scan);
  } else scan.isOdd = true;
}

function readHeader(scan: Scan): void {
  const { bytes, at } = scan;
  if (isKey(bytes, at, keys.boot)) {
    note(scan, has.boot);
    scan.at = at + keys.boot.length;
    scan.boot = readText(scan);
    const { length } = scan.boot;
    if (length === 0 || length > bootLengthMax || scan.boot.includes(' ')) scan.isOdd = true;
  } else if (isKey(bytes, at, keys.seq)) {
    note(scan, has.seq);
    scan.at = at + keys.seq.length;
    scan.seq = readNumber(scan);
    if (!Number.isSafeInteger(scan.seq) || scan.seq < 0) scan.isOdd = true;
  } else if (isKey(bytes, at, keys.sent)) {
    note(scan, has.sent);
    scan.at = at + keys.sent.length;
    const sent = readTime(scan);
    if (sent < 0) scan.isOdd = true;
    scan.sentAtMs = toMs(sent);
  } else scan.isOdd = true;
}

function isKey(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

/** The device's own base name, `{deviceId}/`; any other is not ordinary. */
function readBaseName(scan: Scan, deviceId: string): void {
  const { bytes, at, text } = scan;
  const end = at + 1 + deviceId.length;
  if (bytes[at] !== quote || bytes[end] !== 0x2f || bytes[end + 1] !== quote) scan.isOdd = true;
  else if (!text.startsWith(deviceId, at + 1)) scan.isOdd = true;
  scan.hasBase = true;
  scan.at = end + 2;
}

/** A text of printable ASCII without escapes. */
function readText(scan: Scan): string {
  const { bytes, at } = scan;
  let end = at + 1;
  for (;;) {
    const byte = bytes[end];
    if (byte === quote) break;
    if (byte === undefined || byte < 0x20 || byte > 0x7e || byte === backslash) {
      scan.isOdd = true;
      return '';
    }
    end++;
  }
  if (bytes[at] !== quote) scan.isOdd = true;
  scan.at = end + 1;
  return scan.text.slice(at + 1, end);
}

function readSwitch(scan: Scan): boolean {
  const { at, text } = scan;
  if (text.startsWith('true', at)) {
    scan.at = at + 4;
    return true;
  }
  if (text.startsWith('false', at)) scan.at = at + 5;
  else scan.isOdd = true;
  return false;
}

function readTime(scan: Scan): number {
  const seconds = readNumber(scan);
  if (Math.abs(seconds) > timeSecondsMax) scan.isOdd = true;
  return seconds;
}

/** A decimal of few digits and no exponent, as the nearest double. */
function readNumber(scan: Scan): number {
  const { bytes } = scan;
  const isNegative = bytes[scan.at] === minus;
  const start = isNegative ? scan.at + 1 : scan.at;
  let at = start;
  let digits = 0;
  let pointAt = -1;
  for (; ; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= zero && byte <= 0x39) digits = digits * 10 + (byte - zero);
    else if (byte === point && pointAt < 0) pointAt = at;
    else break;
  }
  const places = pointAt < 0 ? 0 : at - pointAt - 1;
  const wholes = (pointAt < 0 ? at : pointAt) - start;
  const hasLeadingZero = wholes > 1 && bytes[start] === zero;
  if (wholes === 0 || (pointAt >= 0 && places === 0) || hasLeadingZero || wholes + places > digitsMax)
    scan.isOdd = true;
  scan.at = at;
  const value = places === 0 ? digits : digits / (powers[places] ?? Number.NaN);
  return isNegative ? -value : value;
}
