/** Most readings in one pack; the platform refuses more. */
export const packReadingsMax = 500;

/** What a device has measured and not yet packed. */
export interface LoggedReading {
  readonly sensorId: string;
  readonly unit: string;
  /** Device clock, milliseconds since 1970. */
  readonly at: number;
  /** Absent when the sensor has only a state to tell. */
  readonly value: number | boolean | string | undefined;
  /** Absent when it is good. */
  readonly quality?: LoggedQuality;
}

export type LoggedQuality = 'calibrating' | 'maintenance' | 'fault' | 'over-range';

export interface PackHeader {
  readonly deviceId: string;
  readonly boot: string;
  readonly seq: number;
  /** Device clock when the message first left, milliseconds since 1970. */
  readonly sent: number;
}

/**
 * One SenML pack as bytes: base name and base time in the first record, everything else relative.
 *
 * The same header and readings give the same bytes, so that a repeat is a duplicate and no conflict.
 * Source: RFC 8428 §4; `boot`, `seq`, `sent` and `q` are extensions of this product.
 */
export function encodePack(header: PackHeader, readings: readonly LoggedReading[]): Uint8Array {
  const base = readings[0]?.at ?? header.sent;
  const records = readings.map((reading, index) => ({
    ...(index === 0 ? headOf(header, base) : {}),
    n: reading.sensorId,
    ...(reading.at === base ? {} : { t: (reading.at - base) / 1000 }),
    u: reading.unit,
    ...valueField(reading.value),
    ...(reading.quality === undefined ? {} : { q: reading.quality }),
  }));
  return new TextEncoder().encode(JSON.stringify(records));
}

const headOf = ({ deviceId, boot, seq, sent }: PackHeader, base: number) => ({
  bn: `${deviceId}/`,
  bt: base / 1000,
  boot,
  seq,
  sent: sent / 1000,
});

const valueField = (value: LoggedReading['value']) => {
  if (value === undefined) return {};
  if (typeof value === 'boolean') return { vb: value };
  return typeof value === 'string' ? { vs: value } : { v: value };
};
