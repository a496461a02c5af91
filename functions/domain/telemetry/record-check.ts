/** What this room knows: what devices say. This file: a record held against its sensor's registration. */
import type { RawRecord } from './pack.ts';
import type { Quantity } from './quantities.ts';
import { excerpt, type Refusal, type RefusalReason, refusal } from './refusal.ts';
import type { SensorRegistration } from './registration.ts';
import { roundHalfEven } from './round.ts';
import type { Sensor, Sensors } from './sensors.ts';
import { type Assessed, assessNumber, noValueTexts, qualityOfFlag } from './value-quality.ts';

/** Places beyond the quantity's scale that a computed value keeps (semantics 4). */
export const computedPlaces = 3;

/** The value and quality of a record whose sensor, unit and kind of value are as registered. */
export function checkRecord(record: RawRecord, sensors: Sensors): Assessed | Refusal {
  const sensor = sensors.get(record.sensorId);
  if (sensor === undefined)
    return refuse(record, 'sensor-unknown', 'n', `sensor ${excerpt(record.sensorId)} is not registered`);
  const { quantity, registration } = sensor;
  if (quantity === undefined)
    return refuse(record, 'quantity-unknown', 'n', `quantity ${excerpt(registration.quantity)} is not known`);
  const unit = record.unit ?? (quantity.kind === 'number' ? record.baseUnit : undefined);
  if (unit !== undefined && unit !== registration.unit)
    return refuse(
      record,
      'unit-mismatch',
      record.unit === undefined ? 'bu' : 'u',
      `unit ${excerpt(unit)} is not ${excerpt(registration.unit)}`,
    );
  return (
    assess(record, quantity, registration) ??
    refuse(record, 'kind-mismatch', 'v', `the kind ${quantity.kind} cannot have this value`)
  );
}

/**
 * The value in the usual case, of which `checkRecord` says that it is good as it stands: a number in the registered
 * unit, within the measuring range, of which the device says nothing. `undefined` in every other.
 */
export function plainValue(record: RawRecord, sensor: Sensor | undefined): number | undefined {
  const { value, unit, flag, baseUnit, baseValue } = record;
  if (typeof value !== 'number' || flag !== undefined || baseValue !== 0) return undefined;
  if (sensor?.quantity?.kind !== 'number') return undefined;
  const { registration, quantity } = sensor;
  const named = unit ?? baseUnit;
  if (named !== undefined && named !== registration.unit) return undefined;
  const bounds = registration.range ?? quantity.physical;
  if (bounds !== undefined && !(value >= bounds.min && value <= bounds.max)) return undefined;
  // Adding zero makes a `-0` plain: a zero that was printed with a sign.
  return value + 0;
}

/** `undefined` when the value is not of the quantity's kind. */
function assess(
  record: RawRecord,
  quantity: Quantity,
  registration: SensorRegistration,
): Assessed | undefined {
  const { value, flag, baseValue } = record;
  if (value === undefined) return { value, quality: qualityOfFlag(flag), isOutOfRange: false };
  const isMissing = value === null || (quantity.kind !== 'enum' && isNoValue(value));
  if (isMissing) {
    const quality = qualityOfFlag(flag);
    return { value: undefined, quality: quality === 'good' ? 'fault' : quality, isOutOfRange: false };
  }
  switch (quantity.kind) {
    case 'number': {
      if (typeof value !== 'number') return undefined;
      // Adding zero makes a `-0` plain: a zero that was printed with a sign.
      const sum =
        baseValue === 0 ? value + 0 : roundHalfEven(value + baseValue, quantity.scale + computedPlaces);
      return assessNumber(sum, flag, registration.range, quantity);
    }
    case 'bool':
      return typeof value === 'boolean'
        ? { value, quality: qualityOfFlag(flag), isOutOfRange: false }
        : undefined;
    case 'enum':
      return typeof value === 'string' && quantity.names?.includes(value)
        ? { value, quality: qualityOfFlag(flag), isOutOfRange: false }
        : undefined;
    default:
      return quantity.kind satisfies never;
  }
}

const isNoValue = (value: number | boolean | string): boolean =>
  typeof value === 'string' && noValueTexts.has(value);

const refuse = ({ index }: RawRecord, reason: RefusalReason, field: string, found: string): Refusal =>
  refusal(reason, `record ${index}: ${found}`, { recordIndex: index, field });
