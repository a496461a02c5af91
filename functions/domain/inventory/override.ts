/** What this room knows: what enterprises register. This file: an override of a rule's limit, by whom and why (design 3.2). */
import * as z from 'zod';
import { AreaCode, EnterpriseId, RuleId, SourceId } from '../ids.ts';
import { Trade } from '../severity.ts';
import {
  limitNameMax,
  OverrideId,
  OverrideScope,
  type RegisteredOverride,
  scopeText,
} from '../telemetry/overrides.ts';
import { days, Instant, instant, minutes, Rfc3339 } from '../time.ts';
import { type Actor, firstStamp, nextStamp, stampShape } from './stamp.ts';
import { commentMax, line } from './text.ts';

/** Most overrides of one scope that hold, will hold, or held within `forgottenAfter`. */
export const overrideCountMax = { area: 100, enterprise: 100, source: 40, sensor: 32 } as const;
/** Most of them on one device, whatever their scope, when one is added for a source or a sensor. */
export const deviceOverrideMax = 600;
/** What has ended is kept in registrations as long as a reading of its time may come: the oldest is 31 days old. */
export const forgottenAfter = days(32);
/** A `validFrom` that lies so little in the past is now: clocks differ. */
export const fromTolerance = minutes(5);

const figures = {
  scope: OverrideScope,
  value: z.number(),
  reason: line(commentMax),
};

export const NewOverride = z.strictObject({
  ...figures,
  /** Id of the rule, and name of its limit. */
  rule: z.string().min(1).max(96),
  limit: z.string().min(1).max(limitNameMax),
  /** First instant at which it holds. @default now */
  validFrom: Rfc3339.optional(),
  /** First instant at which it no longer holds. @default until it is ended */
  validTo: Rfc3339.optional(),
  /** A regulator's, without which nothing is loosened; who and when is taken from the request. */
  signature: z.strictObject({ reason: line(commentMax) }).optional(),
});
export type NewOverride = z.infer<typeof NewOverride>;

const Said = z.strictObject({ by: z.string().min(1), at: Instant, reason: line(commentMax) });

export const LimitOverride = z.strictObject({
  ...figures,
  overrideId: OverrideId,
  ruleId: RuleId,
  limit: z.string().min(1).max(limitNameMax),
  validFrom: Instant,
  validTo: Instant.optional(),
  signature: Said.optional(),
  /** What a regulator has set, only a regulator ends. */
  setAs: z.enum(['enterprise', 'regulator']),
  ended: Said.optional(),
  /** Of the rule (`-`: of every trade), of the owner (`-`: of everybody in an area), where it counts, and the source of a sensor. */
  trade: z.union([Trade, z.literal('-')]),
  enterpriseId: z.union([EnterpriseId, z.literal('-')]),
  areas: z.array(AreaCode).min(1),
  sourceId: SourceId.optional(),
  ...stampShape,
});
export type LimitOverride = z.infer<typeof LimitOverride>;

/** Whose limit it is and where; found by the scope. */
export type OverridePlace = Pick<LimitOverride, 'trade' | 'enterpriseId' | 'areas' | 'sourceId'>;

export type Overridden =
  | { readonly ok: true; readonly override: LimitOverride }
  | {
      readonly ok: false;
      readonly problem: 'in-the-past' | 'never-in-force';
      readonly field: string;
      readonly remedy: string;
    };

/** The override that was asked for. */
export function newOverride(
  declared: NewOverride,
  of: {
    readonly overrideId: string;
    readonly ruleId: RuleId;
    readonly place: OverridePlace;
    readonly setAs: LimitOverride['setAs'];
  },
  actor: Actor,
): Overridden {
  const { scope, value, reason, limit, validTo, signature } = declared;
  const from = declared.validFrom ?? actor.at;
  if (from < actor.at - fromTolerance) {
    const remedy = 'must not lie in the past, which is judged already: leave it out for now';
    return { ok: false, problem: 'in-the-past', field: 'validFrom', remedy };
  }
  const validFrom = instant(Math.max(from, actor.at));
  if (validTo !== undefined && validTo <= validFrom)
    return { ok: false, problem: 'never-in-force', field: 'validTo', remedy: 'must lie after validFrom' };
  const { overrideId, ruleId, place, setAs } = of;
  const override: LimitOverride = {
    ...{ overrideId, scope, ruleId, limit, value, reason, validFrom, setAs },
    ...(validTo === undefined ? {} : { validTo }),
    ...(signature === undefined ? {} : { signature: { ...actor, reason: signature.reason } }),
    ...place,
    ...firstStamp(actor),
  };
  return { ok: true, override };
}

/** The override that holds no longer; one that never began never will. */
export const endedOverride = (override: LimitOverride, reason: string, actor: Actor): LimitOverride => ({
  ...override,
  validTo: instant(Math.max(override.validFrom, actor.at)),
  ended: { ...actor, reason },
  ...nextStamp(override, actor),
});

/** True while a verdict on a reading that may still come can need it. */
export const isRemembered = ({ validTo }: LimitOverride, now: Instant): boolean =>
  validTo === undefined || validTo > now - forgottenAfter;

/** The overrides that are looked up together: of one scope, and of all sensors of a device. */
export const listScopeOf = (scope: OverrideScope): string =>
  scope.kind === 'sensor' ? `device ${scope.deviceId}` : scopeText(scope);

/** As the registrations of the devices that it touches carry it. */
export function registeredOverride(override: LimitOverride): RegisteredOverride {
  const { overrideId, ruleId, limit, scope, value, validFrom, validTo, signature } = override;
  return {
    id: overrideId,
    ruleId,
    limit,
    scope,
    value,
    from: validFrom,
    ...(validTo === undefined ? {} : { until: validTo }),
    by: override.createdBy,
    at: override.createdAt,
    isSigned: signature !== undefined,
  };
}
