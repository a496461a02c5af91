/** What this room knows: which limit holds where and when. This file: what is wrong with an override that somebody wants to set. */
import { AreaCode, EnterpriseId, SiteId, SourceId } from '../../ids.ts';
import type { RegisteredOverride } from '../../telemetry/overrides.ts';
import { quantityOf } from '../../telemetry/quantities.ts';
import type { SourceContext } from '../../telemetry/registration.ts';
import type { Rule, SeverityRule } from '../book.ts';
import { inputsOf } from '../expression.ts';
import { type ZoneConflict, zoneConflicts } from '../zones.ts';
import { type EffectiveLimit, isTighter, type Place } from './effective.ts';
import { eraAt } from './era-at.ts';
import { type Facts, factsOf } from './eras.ts';

/** Where an override counts, as far as its scope tells. */
export interface Reach {
  readonly areas: readonly string[];
  readonly enterpriseId: string;
  readonly sourceId?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly sensorId?: string | undefined;
  /** Of one source: what it is. */
  readonly source?: SourceContext | undefined;
}

export interface OverrideCheck {
  readonly rule: Rule;
  readonly candidate: RegisteredOverride;
  /** What it was before, when it is changed. */
  readonly replaces?: RegisteredOverride;
  readonly reach: Reach;
  /** Every other override of the rule that may meet it, with where it counts. */
  readonly others: readonly { readonly override: RegisteredOverride; readonly reach: Reach }[];
}

export type OverrideProblem =
  | { readonly problem: 'limit-loosened'; readonly remedy: string }
  | { readonly problem: 'zones-conflict'; readonly remedy: string };

/** What is wrong with the override: it loosens without a signature, or some limits that it leads to contradict each other. */
export const overrideProblem = (check: OverrideCheck): OverrideProblem | undefined =>
  loosening(check) ?? zoneProblem(check);

/** Every place of `reach`: of an unknown source one for each grade and substance that the rule lists, and for none. */
function placesOf(rule: Rule, reach: Reach): readonly Place[] {
  const { deviceId = '', sensorId = '', source } = reach;
  const at = (of: SourceContext): Place => ({ deviceId, sensor: { sensorId }, source: of });
  if (source) return [at(source)];
  const listed = Object.values(rule.limits);
  const grades = new Set(listed.flatMap(({ byGrade }) => Object.keys(byGrade ?? {}).map(Number)));
  const substances = new Set(listed.flatMap(({ bySubstance }) => Object.keys(bySubstance ?? {})));
  return reach.areas.flatMap((area) =>
    [undefined, ...grades].flatMap((grade) =>
      [undefined, ...substances].map((substance) => {
        const one = {
          ...nowhere,
          area: AreaCode.parse(area),
          trade: rule.trade === 'any' ? nowhere.trade : rule.trade,
        };
        return at({
          ...one,
          enterpriseId:
            reach.enterpriseId === '-' ? nowhere.enterpriseId : EnterpriseId.parse(reach.enterpriseId),
          sourceId: reach.sourceId === undefined ? nowhere.sourceId : SourceId.parse(reach.sourceId),
          ...(grade === undefined ? {} : { grade }),
          ...(substance === undefined ? {} : { substances: [substance] }),
        });
      }),
    ),
  );
}

const nowhere = {
  sourceId: SourceId.parse('none'),
  siteId: SiteId.parse('none'),
  enterpriseId: EnterpriseId.parse('none'),
  kind: 'none',
  trade: 'chemical' as const,
  tags: [],
};

/** Without a signature an override must be as strict as the loosest limit that holds without it. */
function loosening({ rule, candidate, reach, others }: OverrideCheck): OverrideProblem | undefined {
  const limit = rule.limits[candidate.limit];
  if (limit === undefined || candidate.isSigned) return undefined;
  const overrides = others.map(({ override }) => override);
  let loosest: EffectiveLimit | undefined;
  for (const place of placesOf(rule, reach)) {
    const held = eraAt(factsOf(rule, place, { overrides }), candidate.from).limits[candidate.limit];
    if (held?.value === undefined) return undefined;
    if (loosest?.value === undefined || isTighter(limit.tighter, loosest.value, held.value)) loosest = held;
  }
  if (loosest?.value === undefined || !isTighter(limit.tighter, loosest.value, candidate.value))
    return undefined;
  const side = limit.tighter === 'lower' ? 'at most' : 'at least';
  const remedy = `must be ${side} ${loosest.value}, which holds without it (${loosest.origin}): looser only with a regulator's signature`;
  return { problem: 'limit-loosened', remedy };
}

/** Limit sets are told apart by their figures. */
const figuresOf = ({ limits }: Facts): Record<string, number> =>
  Object.fromEntries(
    Object.entries(limits).flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])),
  );

/** A severity whose limits are not all set cannot raise: it is compared once they are. */
const isSet = ({ when, clear }: SeverityRule, figures: Readonly<Record<string, number>>): boolean =>
  [...inputsOf(when), ...(clear ? inputsOf(clear) : [])].every(
    (name) => !name.startsWith('limits.') || name.slice('limits.'.length) in figures,
  );

/** Every set of limits that the override leads to from its first instant on, here and at narrower places (semantics 2). */
function zoneProblem({
  rule,
  candidate,
  replaces,
  reach,
  others,
}: OverrideCheck): OverrideProblem | undefined {
  const quantity = quantityOf(rule.select.quantities[0] ?? '');
  if (quantity === undefined) return undefined;
  const beside = others.map(({ override }) => override);
  const before = replaces ? [...beside, replaces] : beside;
  const conflictsIn = (facts: Facts): readonly ZoneConflict[] => {
    const limits = figuresOf(facts);
    const severities = rule.severities.filter((severity) => isSet(severity, limits));
    return zoneConflicts({ severities, limits, quantity }).filter(({ kind }) => kind !== 'undecidable');
  };
  const known = new Map<string, readonly ZoneConflict[]>();
  const reaches = [reach, ...others.map((other) => other.reach)];
  for (const place of reaches.flatMap((one) => placesOf(rule, one))) {
    const eras = factsOf(rule, place, { overrides: [...beside, candidate] });
    for (const facts of eras.filter(
      (_, i) => (eras[i + 1]?.from ?? Number.POSITIVE_INFINITY) > candidate.from,
    )) {
      const key = JSON.stringify(figuresOf(facts));
      const found = known.get(key) ?? conflictsIn(facts);
      known.set(key, found);
      const was = eraAt(factsOf(rule, place, { overrides: before }), facts.from);
      const old = found.length === 0 ? [] : conflictsIn(was).map(nameOf);
      const [conflict] = found.filter((one) => !old.includes(nameOf(one)));
      if (conflict) return { problem: 'zones-conflict', remedy: remedyOf(conflict, figuresOf(facts)) };
    }
  }
  return undefined;
}

const nameOf = ({ kind, severity }: ZoneConflict): string => `${kind} ${severity.severity}`;

function remedyOf(conflict: ZoneConflict, limits: Readonly<Record<string, number>>): string {
  const { severity } = conflict.severity;
  const figures = Object.entries(limits)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  const what = {
    overlap: `${severity} would raise and clear at the same value`,
    'never-raises': `${severity} could never raise`,
    'always-raises': `${severity} would always be raised`,
    'never-clears': `${severity} could never clear`,
    'out-of-order': `${severity} would be raised before a lighter severity`,
    undecidable: `${severity} cannot be compared`,
  }[conflict.kind];
  const where = conflict.kind === 'overlap' ? ` (${String(conflict.at.value)})` : '';
  return `with ${figures} ${what}${where}: change the other limit first`;
}
