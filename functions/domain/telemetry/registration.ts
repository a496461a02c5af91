/** What telemetry must know of a device: its sensors, and the source, site and enterprise they stand for. */
import * as z from 'zod';
import { AreaCode, DeviceId, EnterpriseId, GatewayId, SensorId, SiteId, SourceId } from '../ids.ts';
import { Trade } from '../severity.ts';
import { DurationMs, Instant } from '../time.ts';
import { RegisteredMode, RegisteredOverride } from './overrides.ts';

/** Most sensors on one device: an idle twin must stay small and a commit must fit one item. */
export const sensorCountMax = 100;

export const SensorRegistration = z.strictObject({
  sensorId: SensorId,
  /** What is measured, from the table in `quantities.ts`. */
  quantity: z.string().min(1).max(48),
  /** UCUM code; equals the quantity's unit. */
  unit: z.string().max(16),
  /** Position class of the trade, such as `T1` at a coal face. */
  position: z.string().max(32).optional(),
  /** Measuring range in `unit`. A value outside it is `over-range` or flagged. */
  range: z.strictObject({ min: z.number(), max: z.number() }).optional(),
  /** How often it reports when all is well. 100 ms … 24 h. */
  period: DurationMs.refine((ms) => ms >= 100 && ms <= 86_400_000, { error: 'must be 100 to 86400000 ms' }),
  sourceId: SourceId,
  tags: z.array(z.string().max(32)).max(10).default([]),
});
export type SensorRegistration = z.infer<typeof SensorRegistration>;

/** The hazard source that a sensor watches, as ingest needs it: a copy kept current by the inventory. */
export const SourceContext = z.strictObject({
  sourceId: SourceId,
  kind: z.string().min(1).max(48),
  trade: Trade,
  area: AreaCode,
  siteId: SiteId,
  enterpriseId: EnterpriseId,
  /** 1 (gravest) to 4 by GB 18218-2018; absent when it is no major hazard source. */
  grade: z.int().min(1).max(4).optional(),
  /** CAS numbers of its chemicals, sorted; absent: none is known. */
  substances: z.exactOptional(z.array(z.string().max(12)).max(50)),
  tags: z.array(z.string().max(32)).max(10).default([]),
});
export type SourceContext = z.infer<typeof SourceContext>;

/** What a source was before it changed: what was measured then is judged by it (semantics 22). */
const FormerSource = z.strictObject({ until: Instant, source: SourceContext });

/** A device, its sensors and their sources in one item, so that a batch is read in one call. */
export const DeviceRegistration = z.strictObject({
  deviceId: DeviceId,
  enterpriseId: EnterpriseId,
  siteId: SiteId,
  status: z.enum(['active', 'revoked']),
  sensors: z.array(SensorRegistration).max(sensorCountMax),
  sources: z.array(SourceContext).min(1).max(20),
  registeredAt: Instant,
  /** What it reaches us through, if that is shared: when it fails, all behind it fall silent (semantics 12). */
  gatewayId: z.exactOptional(GatewayId),
  /** Earlier copies of `sources`, oldest first, as long as a reading of their time may still come. */
  former: z.exactOptional(z.array(FormerSource)),
  /** Overrides of limits that touch a sensor of the device, ended ones as long as `former`. */
  overrides: z.exactOptional(z.array(RegisteredOverride)),
  /** Modes of the areas of its sources, oldest first; of an area that was never set there is none: `normal`. */
  modes: z.exactOptional(z.array(RegisteredMode)),
  /** Grows with every change; part of the key of anything compiled from it. */
  version: z.int().positive(),
});
export type DeviceRegistration = z.infer<typeof DeviceRegistration>;
