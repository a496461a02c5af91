/** What this room knows: what devices say. This file: the fields of one SenML record, typed one by one. */
import type { RefusalReason } from './refusal.ts';
import { headerFields, timeSecondsMax } from './senml-header.ts';

/** What a record says of itself, and the bases that hold from it on. */
export interface SenmlFields {
  name: string | undefined;
  unit: string | undefined;
  value: number | boolean | string | null | undefined;
  /** How many of `v`, `vb`, `vs` there are. */
  valueCount: number;
  time: number | undefined;
  flag: string | undefined;
  /** A field of the message's header, if the record has one. */
  headerField: string | undefined;
  /** True when it only sets bases or the header, and so is no measurement. */
  isBaseOnly: boolean;
  baseName: string;
  baseUnit: string | undefined;
  baseTime: number;
  baseValue: number;
}

export interface FieldTrouble {
  readonly reason: RefusalReason;
  readonly field: string;
}

/** No bases yet: the state before the first record. */
export const noBases = (): SenmlFields => ({
  name: undefined,
  unit: undefined,
  value: undefined,
  valueCount: 0,
  time: undefined,
  flag: undefined,
  headerField: undefined,
  isBaseOnly: false,
  baseName: '',
  baseUnit: undefined,
  baseTime: 0,
  baseValue: 0,
});

/**
 * Reads `record` over `fields`: its own fields are replaced, bases are kept unless it sets them.
 *
 * Bases count even in a record that is refused, since later records rest on them.
 *
 * @returns the trouble that spoils most.
 */
export function readFields(
  record: Readonly<Record<string, unknown>>,
  fields: SenmlFields,
): FieldTrouble | undefined {
  fields.name = fields.unit = fields.value = fields.time = fields.flag = fields.headerField = undefined;
  fields.valueCount = 0;
  let trouble: FieldTrouble | undefined;
  let count = 0;
  let baseCount = 0;
  for (const field in record) {
    count++;
    if (isBase(field)) baseCount++;
    const reason = readField(field, record[field], fields);
    if (reason !== undefined) trouble = worse(trouble, { reason, field });
  }
  fields.isBaseOnly = count > 0 && count === baseCount;
  return trouble;
}

/** How far a trouble reaches: the record, it and all after it, or the message. */
export type Reach = 'record' | 'rest' | 'message';

const baseFields: ReadonlySet<string> = new Set(['bn', 'bu', 'bt', 'bv', 'bs']);

/** Of a base or of the header; by the first letters, since almost no field is. */
const isBase = (field: string): boolean =>
  (field.charCodeAt(0) === 0x62 || field.charCodeAt(0) === 0x73) &&
  (baseFields.has(field) || headerFields.has(field));

export function reachOf({ reason, field }: FieldTrouble): Reach {
  if (reason === 'must-understand') return 'message';
  if (reason === 'duplicate-key' && headerFields.has(field)) return 'message';
  return baseFields.has(field) ? 'rest' : 'record';
}

const reaches: readonly Reach[] = ['record', 'rest', 'message'];

/** The one of two troubles that reaches further; the first of equals. */
export function worse(a: FieldTrouble | undefined, b: FieldTrouble): FieldTrouble {
  return a !== undefined && reaches.indexOf(reachOf(a)) >= reaches.indexOf(reachOf(b)) ? a : b;
}

function readField(field: string, value: unknown, fields: SenmlFields): RefusalReason | undefined {
  switch (field) {
    case 'n':
      if (typeof value !== 'string') return 'field-type';
      fields.name = value;
      return undefined;
    case 'v':
      fields.valueCount++;
      if (value !== null && typeof value !== 'number') return 'field-type';
      if (value !== null && !isUsable(value)) return 'number-out-of-range';
      fields.value = value;
      return undefined;
    case 't':
      if (typeof value !== 'number') return 'field-type';
      if (!isTime(value)) return 'number-out-of-range';
      fields.time = value;
      return undefined;
    case 'u':
      if (typeof value !== 'string') return 'field-type';
      fields.unit = value;
      return undefined;
    case 'q':
      if (typeof value !== 'string') return 'field-type';
      fields.flag = value;
      return undefined;
    case 'vb':
      fields.valueCount++;
      if (typeof value !== 'boolean') return 'field-type';
      fields.value = value;
      return undefined;
    case 'vs':
      fields.valueCount++;
      if (typeof value !== 'string') return 'field-type';
      fields.value = value;
      return undefined;
    default:
      return readRareField(field, value, fields);
  }
}

function readRareField(field: string, value: unknown, fields: SenmlFields): RefusalReason | undefined {
  switch (field) {
    case 'bn':
      if (typeof value !== 'string') return 'base-field';
      fields.baseName = value;
      return undefined;
    case 'bu':
      if (typeof value !== 'string') return 'base-field';
      fields.baseUnit = value;
      return undefined;
    case 'bt':
      if (typeof value !== 'number' || !isTime(value)) return 'base-field';
      fields.baseTime = value;
      return undefined;
    case 'bv':
      if (typeof value !== 'number' || !isUsable(value)) return 'base-field';
      fields.baseValue = value;
      return undefined;
    case 'bs':
      return 'base-field';
    case 'boot':
    case 'seq':
    case 'sent':
    case 'bver':
      fields.headerField = field;
      return undefined;
    case 's':
      return 'sum-unsupported';
    case 'vd':
      return 'data-unsupported';
    case '__proto__':
    case 'constructor':
    case 'prototype':
      return 'forbidden-field';
    default:
      // Source: RFC 8428 §4.4. Fields of ours end in a letter, so do all that may be ignored.
      if (field.endsWith('_')) return 'must-understand';
      return typeof value === 'object' && value !== null ? 'field-type' : undefined;
  }
}

/** A double that stands for the decimal that was sent: finite, and no integer beyond 2^53. */
const isUsable = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER;

const isTime = (value: number): boolean => Math.abs(value) <= timeSecondsMax;
