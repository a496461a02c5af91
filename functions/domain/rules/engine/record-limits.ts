/** What this room knows: what a rule means. This file: which limits a decision record says were in force, and the way back from it. */

import { Mode } from '../../telemetry/overrides.ts';
import type { Value } from '../../telemetry/reading.ts';
import { inputsOf } from '../expression.ts';
import type { EffectiveLimit } from '../limits/effective.ts';
import { eraAt } from '../limits/era-at.ts';
import { bindSeverities, type Condition } from './bind.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Cell } from './cell.ts';
import { type Era, eraOf, metFrom } from './eras.ts';
import type { StepInput } from './step-input.ts';

/** What a record holds of limits, and of whatever else does not come with a reading. */
export interface InForce {
  readonly limits: Readonly<Record<string, { readonly value?: number | undefined }>>;
  /** Mode, attributes of the source, measuring range: those that the conditions name. */
  readonly constants?: Readonly<Record<string, Value>>;
  /** First instant and key of the era, and first instant of the one that the cell had met. */
  readonly era?: { readonly from: number; readonly key: number; readonly met: number };
}

/** The era whose limits the step used. */
function eraOfStep({ eras }: Condition, input: StepInput): Era {
  if (eras.length > 1 && input.kind === 'time' && input.event === 'limit-changed')
    return eras.find(({ key }) => key === input.index) ?? eraAt(eras, input.at);
  return eraAt(eras, input.kind === 'time' ? input.at : input.readings[0]?.phenomenonAt);
}

const namesIn = ({ rule }: Condition): ReadonlySet<string> =>
  new Set(
    rule.severities.flatMap(({ when, clear }) => [...inputsOf(when), ...(clear ? inputsOf(clear) : [])]),
  );

const isConstant = (name: string): boolean => name === 'mode' || /^(source|range)\./.test(name);

/** What of the limits the rule's conditions name, with where each comes from (semantics 25). */
export function inForceOf(condition: Condition, before: Cell, input: StepInput): InForce {
  const { rule, eras } = condition;
  const { limits, constants, from, key } = eraOfStep(condition, input);
  const names = namesIn(condition);
  const named = [...names].filter(isConstant).flatMap((name): [string, Value][] => {
    const value = constants(name);
    return value === undefined ? [] : [[name, value]];
  });
  const met = metFrom(eras, before.limitsKey);
  return {
    limits: Object.fromEntries(
      Object.entries(rule.limits)
        .filter(([name]) => names.has(`limits.${name}`))
        .map(([name, { standard, clause, verified }]) => [
          name,
          { value: undefined, ...limits[name], standard, clause, verified },
        ]),
    ),
    ...(named.length === 0 ? {} : { constants: Object.fromEntries(named) }),
    ...(from === 0 && key === 0 && met === 0 ? {} : { era: { from, key, met } }),
  };
}

/** What a record was read back as; see `StepRecord`. */
interface Recorded {
  readonly ruleVersion?: unknown;
  readonly limits: Readonly<Record<string, EffectiveLimit>>;
  readonly constants: Readonly<Record<string, Value>>;
  readonly era: { readonly from: number; readonly key: number; readonly met: number };
}

/**
 * The condition with the limits that the record names, where the registration has moved on; else the condition itself.
 *
 * Ended overrides and former attributes are forgotten with the readings of their time; records stay.
 */
export function asRecorded(
  condition: Condition,
  before: Cell,
  input: StepInput,
  recorded: Recorded,
): Condition {
  const { rule, sensor } = condition;
  const { limits, constants, era } = recorded;
  // Another version of the rule was asked what it would have said, with its own limits.
  if (recorded.ruleVersion !== rule.version) return condition;
  if (isAsRecorded(inForceOf(condition, before, input), recorded)) return condition;
  const mode = Mode.catch('normal').parse(constants['mode']);
  const facts = { limits, mode, source: undefined, from: era.from };
  const own = eraOf(rule, sensor, facts, era.key, constants);
  const eras = era.met > era.from ? [own, { ...own, from: era.met, key: before.limitsKey }] : [own];
  return { ...condition, eras, severities: bindSeverities(rule, eras) };
}

function isAsRecorded(present: InForce, { limits, constants, era }: Recorded): boolean {
  const values = (of: InForce['limits']) =>
    Object.entries(of).map(([name, { value }]) => [name, value ?? null]);
  const blank = { from: 0, key: 0, met: 0 };
  const text = (...parts: unknown[]): string => canonicalJson(parts);
  return (
    text(Object.fromEntries(values(present.limits)), present.constants ?? {}, present.era ?? blank) ===
    text(Object.fromEntries(values(limits)), constants, era)
  );
}
