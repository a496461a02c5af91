/** What this room knows: what enterprises register. This file: a device, its identity and its sensors. */
import * as z from 'zod';
import { DeviceId, EnterpriseId, GatewayId, SensorId, SiteId, SourceId } from '../ids.ts';
import {
  type DeviceRegistration,
  type SensorRegistration,
  type SourceContext,
  sensorCountMax,
} from '../telemetry/registration.ts';
import { DurationMs, type Instant } from '../time.ts';
import { forgottenAfter } from './override.ts';
import { Tags } from './source.ts';
import { type Actor, firstStamp, nextStamp, stampShape } from './stamp.ts';
import { line, nameMax } from './text.ts';

/** Most sources that one device watches. */
export const deviceSourceMax = 20;
/** Characters of a certificate signing request: an RSA 4096 request with a long subject has about 3,000. */
export const csrMax = 8192;
/** Reporting period of a sensor, in milliseconds: 100 ms to 24 h. */
export const periodMinMs = 100;
export const periodMaxMs = 86_400_000;

const sensorShape = {
  sensorId: SensorId,
  quantity: z.string().min(1).max(48),
  /** UCUM code of the quantity, such as `%{vol}`. */
  unit: z.string().min(1).max(16),
  position: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, { error: 'must be 1 to 32 letters, digits, dots or hyphens' })
    .optional(),
  /** Measuring range in `unit`. */
  range: z
    .strictObject({ min: z.number(), max: z.number() })
    .refine(({ min, max }) => min < max, { error: 'min must be below max' })
    .optional(),
  /** How often it reports when all is well, in milliseconds. 100 … 86400000. */
  periodMs: z.int().min(periodMinMs).max(periodMaxMs),
  sourceId: SourceId,
  tags: Tags,
};
const SensorOfDevice = z.strictObject(sensorShape);
type SensorOfDevice = z.infer<typeof SensorOfDevice>;

export const NewSensor = z.strictObject({ deviceId: DeviceId, ...sensorShape });
export type NewSensor = z.infer<typeof NewSensor>;

export const NewDevice = z
  .strictObject({
    deviceId: DeviceId,
    siteId: SiteId,
    name: line(nameMax).optional(),
    /** The gateway or substation that it reaches us through, if it shares one with others of its enterprise. */
    gatewayId: GatewayId.optional(),
    /** PKCS #10 certificate signing request, PEM. The private key stays on the device. */
    csr: z.string().min(1).max(csrMax),
    /** Sources that it watches, beside those of its sensors. */
    sourceIds: z.array(SourceId).max(deviceSourceMax).default([]),
    sensors: z.array(SensorOfDevice).max(sensorCountMax).default([]),
  })
  .refine((one) => one.sensors.length + one.sourceIds.length > 0, {
    error: 'must name a source, here or by a sensor',
    path: ['sourceIds'],
  });
export type NewDevice = z.infer<typeof NewDevice>;

/** What the inventory keeps of a device beside the registration that ingest reads. */
export const DeviceRecord = z.strictObject({
  deviceId: DeviceId,
  siteId: SiteId,
  enterpriseId: EnterpriseId,
  name: z.string().optional(),
  certificateId: z.string().min(1).max(128),
  revokedReason: z.string().optional(),
  /** Why its limits were bound anew, when that was the last change. */
  changedReason: z.string().max(1_100).optional(),
  ...stampShape,
});
export type DeviceRecord = z.infer<typeof DeviceRecord>;

export interface Device {
  readonly record: DeviceRecord;
  readonly registration: DeviceRegistration;
}

/** The sources that a declared device names, each once. */
export const sourcesNamedBy = (declared: NewDevice): SourceId[] => [
  ...new Set([...declared.sourceIds, ...declared.sensors.map((one) => one.sourceId)]),
];

/** A declared sensor as ingest knows it. */
export function registrationOf(declared: SensorOfDevice): SensorRegistration {
  const { sensorId, quantity, unit, position, range, periodMs, sourceId, tags } = declared;
  const base = { sensorId, quantity, unit, period: DurationMs.parse(periodMs), sourceId, tags };
  return {
    ...base,
    ...(position === undefined ? {} : { position }),
    ...(range === undefined ? {} : { range }),
  };
}

/** The device once its certificate exists. */
export function newDevice(
  declared: NewDevice,
  of: {
    readonly enterpriseId: EnterpriseId;
    readonly sources: readonly SourceContext[];
    readonly certificateId: string;
    readonly dated?: Dated;
  },
  actor: Actor,
): Device {
  const { deviceId, siteId, name, gatewayId } = declared;
  const { enterpriseId, certificateId } = of;
  const base = { deviceId, siteId, enterpriseId, certificateId, ...firstStamp(actor) };
  return {
    record: name === undefined ? base : { ...base, name },
    registration: {
      deviceId,
      enterpriseId,
      siteId,
      status: 'active',
      sensors: declared.sensors.map(registrationOf),
      sources: [...of.sources],
      ...of.dated,
      registeredAt: actor.at,
      ...(gatewayId === undefined ? {} : { gatewayId }),
      version: 1,
    },
  };
}

/** The device with another registration; both parts carry the next version. */
const changed = (device: Device, registration: Partial<DeviceRegistration>, actor: Actor): Device => {
  const version = device.registration.version + 1;
  const { changedReason: _, ...record } = device.record;
  return {
    record: { ...record, ...nextStamp(device.record, actor), version },
    registration: { ...device.registration, ...registration, version },
  };
};

export type SensorAdded =
  | { readonly ok: true; readonly device: Device }
  | {
      readonly ok: false;
      readonly problem: 'sensor-exists' | 'too-many-sensors' | 'too-many-sources' | 'device-revoked';
    };

/** The device with one sensor more, and the sensor's source among its sources. */
export function withSensor(
  device: Device,
  declared: NewSensor,
  source: SourceContext,
  actor: Actor,
): SensorAdded {
  const { sensors, sources, status } = device.registration;
  if (status === 'revoked') return { ok: false, problem: 'device-revoked' };
  if (sensors.some((one) => one.sensorId === declared.sensorId))
    return { ok: false, problem: 'sensor-exists' };
  if (sensors.length >= sensorCountMax) return { ok: false, problem: 'too-many-sensors' };
  const others = sources.filter((one) => one.sourceId !== source.sourceId);
  if (others.length >= deviceSourceMax) return { ok: false, problem: 'too-many-sources' };
  const next = { sensors: [...sensors, registrationOf(declared)], sources: [...others, source] };
  return { ok: true, device: changed(device, next, actor) };
}

/** What a registration carries beside sensors and sources; overrides and modes of none are left out. */
export type Dated = Pick<DeviceRegistration, 'overrides' | 'modes'>;

/** A source as the inventory has it, and from when on. */
export interface DatedContext {
  readonly context: SourceContext;
  readonly from: Instant;
}

/**
 * The device with the newest copies of its sources, and with what overrides their limits; the same object when all is
 * current.
 *
 * What a source was is kept as long as a reading of that time may come: it is judged by it (semantics 22).
 */
export function withInventory(
  device: Device,
  now: { readonly contexts: readonly DatedContext[]; readonly dated: Dated },
  actor: Actor,
  reason: string,
): Device {
  const { sources, former = [], overrides, modes, ...rest } = device.registration;
  const byId = new Map(now.contexts.map((one) => [one.context.sourceId, one]));
  const next = sources.map((source) => byId.get(source.sourceId)?.context ?? source);
  const left = sources.flatMap((source, i) => {
    const from = byId.get(source.sourceId)?.from;
    return from !== undefined && !isSame(source, next[i]) ? [{ until: from, source }] : [];
  });
  const horizon = actor.at - forgottenAfter;
  const isCurrent =
    left.length === 0 &&
    isSame(
      (overrides ?? []).filter(({ until }) => until === undefined || until > horizon),
      now.dated.overrides ?? [],
    ) &&
    isSame(modes ?? [], now.dated.modes ?? []);
  if (isCurrent) return device;
  const kept = [...former, ...left].filter(({ until }) => until > horizon);
  const dated = { ...(kept.length === 0 ? {} : { former: kept }), ...now.dated };
  const version = rest.version + 1;
  return {
    record: { ...device.record, ...nextStamp(device.record, actor), version, changedReason: reason },
    registration: { ...rest, sources: next, ...dated, version },
  };
}

/** The device in the same version with these overrides and modes: for a change that is being made anyway. */
export function withDated(device: Device, dated: Dated): Device {
  const { overrides: _overrides, modes: _modes, ...registration } = device.registration;
  return { ...device, registration: { ...registration, ...dated } };
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The device that may no longer speak; the same object when it already may not. */
export function revoked(device: Device, reason: string, actor: Actor): Device {
  if (device.registration.status === 'revoked') return device;
  const next = changed(device, { status: 'revoked' }, actor);
  return { ...next, record: { ...next.record, revokedReason: reason } };
}
