import { parsed } from './items.ts';

/** One measurement as it was sent. */
export interface PackRecord {
  readonly index: number;
  readonly sensorId: string;
  /** By the device's clock, in milliseconds; relative times are counted from `sent`, else from receive time. */
  readonly deviceAt: number;
  /** `null`: the device says that there is none. */
  readonly value: number | boolean | string | null | undefined;
  readonly unit: string | undefined;
  readonly flag: string | undefined;
}

export interface Pack {
  readonly boot: string | undefined;
  readonly seq: number | undefined;
  readonly sentAt: number | undefined;
  readonly hasClock: boolean;
  readonly records: readonly PackRecord[];
  /** Records that cannot be read. */
  readonly faults: readonly { readonly index: number; readonly reason: string }[];
}

/** `odd`: nobody but the product's own decoder can say what it is; the oracle asks nothing of it. */
export type Decoded =
  | { readonly kind: 'pack'; readonly pack: Pack }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'odd' };

const bytesMax = 120 * 1024;
const recordsMax = 500;
/** Seconds below this are relative (RFC 8428 §4.5.3). */
const absoluteFrom = 2 ** 28;
const timeMax = 253_402_300_799;

const isTime = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= timeMax;
const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean =>
  typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** What each field of an ordinary record may hold; a record with other fields, or of other types, is odd. */
const fields: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ['bn', isText],
  ['bt', isTime],
  ['bu', isText],
  ['bv', isNumber],
  ['boot', (value) => typeof value === 'string' && /^[!-~]{1,32}$/.test(value)],
  ['seq', (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  ['sent', (value) => isTime(value) && Number(value) >= 0],
  ['n', isText],
  ['t', isTime],
  ['u', isText],
  ['v', (value) => value === null || isNumber(value)],
  ['vb', (value) => typeof value === 'boolean'],
  ['vs', isText],
  ['q', isText],
]);

interface Row {
  readonly bn?: string;
  readonly bt?: number;
  readonly bu?: string;
  readonly bv?: number;
  readonly boot?: string;
  readonly seq?: number;
  readonly sent?: number;
  readonly n?: string;
  readonly t?: number;
  readonly u?: string;
  readonly v?: number | null;
  readonly vb?: boolean;
  readonly vs?: string;
  readonly q?: string;
}

/** By hand, since a world has thousands of records and a schema takes longer than all the rest. */
function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const [name, one] of Object.entries(value)) if (fields.get(name)?.(one) !== true) return false;
  return true;
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** What a message says; written from RFC 8428 and design 2.1, not from the product's decoder. Never throws. */
export function decodePack(bytes: Uint8Array, deviceId: string, receivedAt: number): Decoded {
  if (bytes.length === 0) return refused('empty-payload');
  if (bytes.length > bytesMax) return refused('too-large');
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    return refused('not-utf8');
  }
  const value = parsed(text);
  if (value === undefined) return refused('not-json');
  if (!Array.isArray(value)) return refused('not-a-pack');
  if (value.length === 0) return refused('empty-pack');
  if (value.length > recordsMax) return value.length > 2 * recordsMax ? refused('too-many-readings') : odd;
  const rows: Row[] = [];
  let keys = 0;
  for (const one of value) {
    if (!isRow(one)) return odd;
    rows.push(one);
    keys += Object.keys(one).length;
  }
  // A key that is named twice leaves no trace in what is parsed, but a colon in the text; so does one in a name.
  if (text.split('":').length - 1 !== keys && text.split(':').length - 1 !== keys) return odd;
  return readRows(rows, deviceId, receivedAt);
}

const odd: Decoded = { kind: 'odd' };
const refused = (reason: string): Decoded => ({ kind: 'refused', reason });

function readRows(rows: readonly Row[], deviceId: string, receivedAt: number): Decoded {
  const [first] = rows;
  const base = { name: '', time: 0, value: 0, unit: undefined as string | undefined };
  const sentAt = first?.sent === undefined ? undefined : toMs(first.sent);
  const records: PackRecord[] = [];
  const faults: { index: number; reason: string }[] = [];
  let hasClock = sentAt !== undefined;
  for (const [index, row] of rows.entries()) {
    if (index > 0 && (row.boot ?? row.seq ?? row.sent) !== undefined) return odd;
    base.name = row.bn ?? base.name;
    base.time = row.bt ?? base.time;
    base.value = row.bv ?? base.value;
    base.unit = row.bu ?? base.unit;
    const values = [row.v, row.vb, row.vs].filter((one) => one !== undefined);
    if (row.n === undefined && values.length === 0 && row.q === undefined && row.t === undefined) continue;
    const name = base.name + (row.n ?? '');
    const sensorId = sensorOf(name, deviceId, base.name);
    if (sensorId === undefined) return refused('identity-mismatch');
    const seconds = base.time + (row.t ?? 0);
    const isAbsolute = seconds >= absoluteFrom;
    hasClock ||= isAbsolute;
    const fault =
      sensorId === ''
        ? 'no-name'
        : values.length > 1
          ? 'several-values'
          : values.length === 0 && (row.q === undefined || row.q === 'good')
            ? 'no-value'
            : undefined;
    if (fault !== undefined) faults.push({ index, reason: fault });
    else
      records.push({
        index,
        sensorId,
        deviceAt: toMs(seconds) + (isAbsolute ? 0 : (sentAt ?? receivedAt)),
        value: withBase(values[0], base.value),
        unit: row.u ?? base.unit,
        flag: row.q,
      });
  }
  return { kind: 'pack', pack: { boot: first?.boot, seq: first?.seq, sentAt, hasClock, records, faults } };
}

const toMs = (seconds: number): number => Math.round(seconds * 1000);

/** A sum of two decimals as a decimal: six places are more than any quantity has. */
const withBase = (value: PackRecord['value'], base: number): PackRecord['value'] =>
  typeof value === 'number' && base !== 0 ? Math.round((value + base) * 1e6) / 1e6 : value;

function sensorOf(name: string, deviceId: string, baseName: string): string | undefined {
  const own = `${deviceId}/`;
  if (name.startsWith(own)) return name.slice(own.length);
  return baseName === '' && !name.includes('/') ? name : undefined;
}
