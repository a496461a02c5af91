/** What this room knows: what devices say. This file: a SenML pack in JSON to records. Source: RFC 8428. */
import { type DecodeContext, type DecodedPack, type RawRecord, readingCountMax } from './pack.ts';
import { excerpt, type Refusal, refusal } from './refusal.ts';
import { type FieldTrouble, noBases, reachOf, readFields, type SenmlFields, worse } from './senml-fields.ts';
import { absoluteTimeMin, senmlHeader, toMs } from './senml-header.ts';
import { scanSenml } from './senml-scan.ts';
import { strictItems } from './strict-json.ts';

/** What reading goes by and gathers, record by record. */
interface Progress {
  readonly deviceId: string;
  /** What every full name starts with. */
  readonly prefix: string;
  readonly relativeToMs: number;
  readonly doubled: ReadonlyMap<number, string>;
  readonly fields: SenmlFields;
  readonly records: RawRecord[];
  readonly refusals: Refusal[];
  hasClock: boolean;
}

/**
 * The records of a SenML JSON pack, with `boot`, `seq` and `sent` of its first record.
 *
 * What a record says of itself spoils that record; a bad base spoils it and all after it, since they rest on it; a
 * bad header, a foreign base name or a field that must be understood spoils the message.
 *
 * @throws never
 */
export function decodeSenml(bytes: Uint8Array, context: DecodeContext): DecodedPack {
  const ordinary = scanSenml(bytes, context);
  return ordinary === undefined ? readSenml(bytes, context) : { ok: true, pack: ordinary };
}

/** `decodeSenml` for every pack, ordinary or not. */
export function readSenml(bytes: Uint8Array, context: DecodeContext): DecodedPack {
  const strict = strictItems(bytes);
  if (!strict.ok) return strict;
  const [first] = strict.items;
  if (first === undefined) return whole(refusal('empty-pack', 'the pack has no records'));
  const read = senmlHeader(isObject(first) ? first : {});
  if (!read.ok) return read;
  const { header } = read;
  const progress: Progress = {
    deviceId: context.deviceId,
    prefix: `${context.deviceId}/`,
    relativeToMs: header.sentAtMs ?? context.receivedAt,
    doubled: strict.doubled,
    fields: noBases(),
    records: [],
    refusals: [],
    hasClock: header.sentAtMs !== undefined,
  };
  const spoiled = readItems(strict.items, progress);
  if (spoiled !== undefined) return whole(spoiled);
  const { records, refusals, hasClock } = progress;
  return { ok: true, pack: { ...header, hasClock, records, refusals } };
}

/** Reads all items into `progress`; @returns what spoils the whole message. */
function readItems(items: readonly unknown[], progress: Progress): Refusal | undefined {
  let spoiledFrom: FieldTrouble | undefined;
  for (let index = 0; index < items.length; index++) {
    const trouble = spoiledFrom ?? readItem(items[index], index, progress);
    if (trouble !== undefined) {
      const reach = reachOf(trouble);
      const found = refusalOf(trouble, index, spoiledFrom !== undefined);
      if (reach === 'message' || trouble.reason === 'identity-mismatch') return found;
      if (reach === 'rest') spoiledFrom = trouble;
      progress.refusals.push(found);
    }
    if (progress.records.length + progress.refusals.length > readingCountMax)
      return refusal('too-many-readings', `the pack has more than ${readingCountMax} readings`);
  }
  return undefined;
}

/** Reads one item: it adds a record, sets bases, or is in trouble. */
function readItem(item: unknown, index: number, progress: Progress): FieldTrouble | undefined {
  if (!isObject(item)) return { reason: 'record-not-object', field: '' };
  const { fields, prefix } = progress;
  let trouble = readFields(item, fields);
  const doubled = progress.doubled.get(index);
  if (doubled !== undefined) trouble = worse(trouble, { reason: 'duplicate-key', field: doubled });
  const { baseName, name, value, flag, headerField, isBaseOnly } = fields;
  if (index > 0 && headerField !== undefined)
    trouble = worse(trouble, { reason: 'field-misplaced', field: headerField });
  const sensorId = isBaseOnly ? ownBase(baseName, prefix) : sensorIdOf(baseName, name ?? '', prefix);
  if (sensorId === undefined) return { reason: 'identity-mismatch', field: baseName === '' ? 'n' : 'bn' };
  if (trouble !== undefined) return trouble;
  if (isBaseOnly) return undefined;
  if (sensorId === '') return { reason: 'no-name', field: 'n' };
  if (fields.valueCount > 1) return { reason: 'several-values', field: 'v' };
  if (value === undefined && (flag === undefined || flag === 'good'))
    return { reason: 'no-value', field: 'v' };
  const seconds = fields.baseTime + (fields.time ?? 0);
  const isAbsolute = seconds >= absoluteTimeMin;
  if (isAbsolute) progress.hasClock = true;
  progress.records.push({
    index,
    sensorId,
    deviceAtMs: toMs(seconds) + (isAbsolute ? 0 : progress.relativeToMs),
    value,
    baseValue: fields.baseValue,
    unit: fields.unit,
    baseUnit: fields.baseUnit,
    flag,
  });
  return undefined;
}

/** The sensor that a full name means; `undefined` when it names another device. Source: RFC 8428 §4.5.1. */
function sensorIdOf(baseName: string, name: string, prefix: string): string | undefined {
  if (baseName === prefix) return name;
  const full = baseName + name;
  if (full.startsWith(prefix)) return full.slice(prefix.length);
  // A pack without a base name claims nothing: the broker has said whose it is.
  return baseName === '' && !name.includes('/') ? name : undefined;
}

const ownBase = (baseName: string, prefix: string): string | undefined =>
  baseName.startsWith(prefix) || prefix.startsWith(baseName) ? '' : undefined;

function refusalOf({ reason, field }: FieldTrouble, recordIndex: number, isInherited: boolean): Refusal {
  if (reason === 'identity-mismatch')
    return refusal(reason, 'the pack names another device', { recordIndex, field });
  const found = isInherited
    ? `it rests on an unusable field ${excerpt(field)} of a record before it`
    : field === ''
      ? 'the record is not an object'
      : `field ${excerpt(field)} is unusable`;
  return refusal(reason, `record ${recordIndex}: ${found}`, { recordIndex, field });
}

const whole = (found: Refusal): DecodedPack => {
  const { recordIndex, ...rest } = found;
  return { ok: false, refusal: rest };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
