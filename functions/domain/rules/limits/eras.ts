/** What this room knows: which limit holds where and when. This file: the stretches of time in which a rule's limits stand still. */
import type { Mode, RegisteredMode, RegisteredOverride } from '../../telemetry/overrides.ts';
import type { DeviceRegistration, SourceContext } from '../../telemetry/registration.ts';
import type { Rule } from '../book.ts';
import { inputsOf } from '../expression.ts';
import {
  baseLimit,
  byReach,
  type EffectiveLimit,
  isInForce,
  overridden,
  type Place,
  touches,
} from './effective.ts';

/** What a rule goes by on one sensor from `from` on. */
export interface Facts {
  /** First instant; 0 for the first of all. */
  readonly from: number;
  readonly limits: Readonly<Record<string, EffectiveLimit>>;
  readonly mode: Mode;
  readonly source: SourceContext | undefined;
}

/** The dated part of a registration. */
export type Dated = Pick<DeviceRegistration, 'overrides' | 'modes' | 'former'>;

/** The rule's limits at this place without any override. */
const baseLimits = (rule: Rule, source: SourceContext | undefined): Record<string, EffectiveLimit> =>
  Object.fromEntries(Object.entries(rule.limits).map(([name, limit]) => [name, baseLimit(limit, source)]));

/**
 * The mode that holds for an area at `t`: emergency when it, or an area around it, was set to it last.
 *
 * @param modes oldest first
 */
export function modeAt(modes: readonly RegisteredMode[], area: string, t: number): Mode {
  const last = new Map<string, Mode>();
  for (const { area: of, mode, from } of modes) if (area.startsWith(of) && from <= t) last.set(of, mode);
  return [...last.values()].includes('emergency') ? 'emergency' : 'normal';
}

const namesMode = (rule: Rule): boolean =>
  rule.severities.some(({ when, clear }) =>
    [when, ...(clear ? [clear] : [])].some((condition) => inputsOf(condition).includes('mode')),
  );

const isSame = (a: Facts, b: Facts): boolean => {
  const of = ({ limits, mode, source }: Facts): string =>
    JSON.stringify([Object.entries(limits), mode, source?.kind, source?.grade]);
  return of(a) === of(b);
};

/**
 * What the rule goes by at this place, oldest first and never empty: limits, mode and attributes are dated, and a reading
 * uses those in force at its phenomenon time (semantics 22). One entry, at no cost, where nothing was ever changed.
 */
export function factsOf(rule: Rule, place: Place, dated: Dated): readonly Facts[] {
  const { source } = place;
  const overrides = (dated.overrides ?? [])
    .filter((one) => one.ruleId === rule.id && one.limit in rule.limits && touches(one, place))
    .toSorted(byReach);
  const modes = (dated.modes ?? [])
    .filter(({ area }) => source?.area.startsWith(area) === true)
    .toSorted((a, b) => a.from - b.from);
  const former = (dated.former ?? []).filter((one) => one.source.sourceId === source?.sourceId);
  const isModal = modes.length > 0 && namesMode(rule);
  if (overrides.length === 0 && !isModal && former.length === 0)
    return [{ from: 0, limits: baseLimits(rule, source), mode: 'normal', source }];
  const starts = new Set([0, ...boundariesOf(overrides), ...former.map(({ until }) => until)]);
  if (isModal) for (const { from } of modes) starts.add(from);
  const eras: Facts[] = [];
  for (const from of [...starts].sort((a, b) => a - b)) {
    const then = former.find(({ until }) => from < until)?.source ?? source;
    const limits = limitsAt(
      rule,
      then,
      overrides.filter((one) => isInForce(one, from)),
    );
    const mode = isModal && source ? modeAt(modes, source.area, from) : 'normal';
    const facts = { from, limits, mode, source: then };
    const last = eras.at(-1);
    if (!last || !isSame(last, facts)) eras.push(facts);
  }
  return eras;
}

const boundariesOf = (overrides: readonly RegisteredOverride[]): number[] =>
  overrides.flatMap(({ from, until }) => (until === undefined ? [from] : [from, until]));

function limitsAt(
  rule: Rule,
  source: SourceContext | undefined,
  inForce: readonly RegisteredOverride[],
): Record<string, EffectiveLimit> {
  const limits = baseLimits(rule, source);
  for (const [name, limit] of Object.entries(rule.limits)) {
    const own = inForce.filter((one) => one.limit === name);
    const base = limits[name];
    if (base && own.length > 0) limits[name] = overridden(limit, base, own);
  }
  return limits;
}
