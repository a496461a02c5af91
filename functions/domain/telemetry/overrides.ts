/** What telemetry must know of a device. This file: dated changes of its limits, as its registration carries them. */
import * as z from 'zod';
import { AreaCode, DeviceId, EnterpriseId, RuleId, SensorId, SourceId } from '../ids.ts';
import { Instant } from '../time.ts';

/** Characters of the name of a limit in a rule. */
export const limitNameMax = 48;

/** Names one override for ever. */
export const OverrideId = z.string().regex(/^[0-9a-f]{24}$/, { error: 'must be 24 hexadecimal digits' });

/** What an override holds for: everything in an area, of an enterprise, of a source, or one sensor. */
export const OverrideScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('area'), area: AreaCode }),
  z.strictObject({ kind: z.literal('enterprise'), enterpriseId: EnterpriseId }),
  z.strictObject({ kind: z.literal('source'), sourceId: SourceId }),
  z.strictObject({ kind: z.literal('sensor'), deviceId: DeviceId, sensorId: SensorId }),
]);
export type OverrideScope = z.infer<typeof OverrideScope>;

/** One override, as much of it as a verdict and its record need; who wants the reason reads it by its id. */
export const RegisteredOverride = z.strictObject({
  id: OverrideId,
  ruleId: RuleId,
  limit: z.string().min(1).max(limitNameMax),
  scope: OverrideScope,
  value: z.number(),
  /** First instant at which it holds. */
  from: Instant,
  /** First instant at which it no longer holds. */
  until: z.exactOptional(Instant),
  by: z.string().min(1),
  at: Instant,
  /** A regulator has signed: it may be looser than what holds without it (design 3.2). */
  isSigned: z.boolean(),
});
export type RegisteredOverride = z.infer<typeof RegisteredOverride>;

export const Mode = z.enum(['normal', 'emergency']);
export type Mode = z.infer<typeof Mode>;

/** From when an area is in a mode; until its next entry. */
export const RegisteredMode = z.strictObject({ area: AreaCode, mode: Mode, from: Instant });
export type RegisteredMode = z.infer<typeof RegisteredMode>;

/** A scope as one text, such as `area 2201`: for keys, for records, for people. */
export function scopeText(scope: OverrideScope): string {
  switch (scope.kind) {
    case 'area':
      return `area ${scope.area}`;
    case 'enterprise':
      return `enterprise ${scope.enterpriseId}`;
    case 'source':
      return `source ${scope.sourceId}`;
    case 'sensor':
      return `sensor ${scope.deviceId}/${scope.sensorId}`;
    default:
      return scope satisfies never;
  }
}
