/** What this room knows: which limit holds where and when, and why (design 3.2). This file: one limit at one instant. */

import { type RegisteredOverride, scopeText } from '../../telemetry/overrides.ts';
import type { SourceContext } from '../../telemetry/registration.ts';
import type { Limit } from '../book.ts';

/** Where the figure of a limit comes from. */
export type LimitOrigin =
  | { readonly origin: 'rule' | 'unset' }
  | { readonly origin: 'grade'; readonly grade: number }
  | { readonly origin: 'substance'; readonly substance: string }
  | {
      readonly origin: 'override';
      readonly override: string;
      readonly scope: string;
      readonly by: string;
      readonly at: number;
      readonly isSigned: boolean;
    };

/** `value` is `undefined` for a site parameter that nobody has set: unknown. */
export type EffectiveLimit = LimitOrigin & { readonly value: number | undefined };

/** What an override may be for: a sensor of a device, and the source that it watches. */
export interface Place {
  readonly deviceId: string;
  readonly sensor: { readonly sensorId: string };
  readonly source: SourceContext | undefined;
}

/** True when `a` is stricter than `b`. @example isTighter('lower', 0.8, 1) // true */
export const isTighter = (tighter: Limit['tighter'], a: number, b: number): boolean =>
  tighter === 'lower' ? a < b : a > b;

/**
 * The limit before any override: that of the source's substance or grade where the rule lists it, else `value`.
 *
 * Of several that match the tightest counts.
 */
export function baseLimit(limit: Limit, source: SourceContext | undefined): EffectiveLimit {
  const { value, byGrade, bySubstance, tighter } = limit;
  let found: EffectiveLimit | undefined;
  const take = (candidate: EffectiveLimit): void => {
    if (candidate.value === undefined) return;
    if (found?.value === undefined || isTighter(tighter, candidate.value, found.value)) found = candidate;
  };
  if (bySubstance)
    for (const substance of source?.substances ?? [])
      take({ value: bySubstance[substance], origin: 'substance', substance });
  const grade = source?.grade;
  if (byGrade && grade !== undefined) take({ value: byGrade[String(grade)], origin: 'grade', grade });
  return found ?? { value, origin: value === undefined ? 'unset' : 'rule' };
}

/** True when the override is for this place. */
export function touches({ scope }: RegisteredOverride, { deviceId, sensor, source }: Place): boolean {
  switch (scope.kind) {
    case 'area':
      return source?.area.startsWith(scope.area) === true;
    case 'enterprise':
      return source?.enterpriseId === scope.enterpriseId;
    case 'source':
      return source?.sourceId === scope.sourceId;
    case 'sensor':
      return scope.deviceId === deviceId && scope.sensorId === sensor.sensorId;
    default:
      return scope satisfies never;
  }
}

const kinds = ['area', 'enterprise', 'source', 'sensor'] as const;

/** The order in which overrides are applied: the wider first, then the older. */
export function byReach(a: RegisteredOverride, b: RegisteredOverride): number {
  const width = (scope: RegisteredOverride['scope']): number =>
    kinds.indexOf(scope.kind) * 100 + (scope.kind === 'area' ? scope.area.length : 0);
  return width(a.scope) - width(b.scope) || a.at - b.at || (a.id < b.id ? -1 : 1);
}

export const isInForce = ({ from, until }: RegisteredOverride, t: number): boolean =>
  from <= t && (until === undefined || t < until);

/**
 * The limit once `overrides`, those in force and in the order of `byReach`, are applied to `base`.
 *
 * One that is not signed only ever tightens: where it is looser than what holds it does nothing.
 */
export function overridden(
  { tighter }: Pick<Limit, 'tighter'>,
  base: EffectiveLimit,
  overrides: readonly RegisteredOverride[],
): EffectiveLimit {
  let effective = base;
  for (const { id, scope, value, by, at, isSigned } of overrides)
    if (effective.value === undefined || isSigned || isTighter(tighter, value, effective.value))
      effective = { value, origin: 'override', override: id, scope: scopeText(scope), by, at, isSigned };
  return effective;
}
