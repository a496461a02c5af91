/**
 * What this room knows: what a rule means. This file: limits, mode and attributes that changed, so that each reading is
 * judged by those in force at its phenomenon time (semantics 22). A condition without such changes has one era.
 */
import type { Value } from '../../telemetry/reading.ts';
import type { SensorRegistration } from '../../telemetry/registration.ts';
import type { Rule, SeverityRule } from '../book.ts';
import { compileCondition } from '../evaluate-expression.ts';
import { inputsOf } from '../expression.ts';
import type { CompiledCondition, Frame, Lookup } from '../frame.ts';
import { eraAt } from '../limits/era-at.ts';
import type { Facts } from '../limits/eras.ts';
import { hash27 } from './hash27.ts';

/** The conditions of one severity. */
export interface Compiled {
  readonly when: CompiledCondition;
  /** Absent: a known-false `when` clears (semantics 2). */
  readonly clear: CompiledCondition | undefined;
}

/** What a rule goes by on one sensor from `from` on. */
export interface Era extends Facts {
  /** 27 bits that name this era and all before it; 0: the first. */
  readonly key: number;
  readonly constants: Lookup;
  /** Lightest first, as in the rule. */
  readonly compiled: readonly Compiled[];
}

const unknown: CompiledCondition = () => undefined;

/** What a condition may name beside the reading. */
function constantsOf(
  rule: Rule,
  sensor: SensorRegistration,
  { limits, mode, source }: Facts,
  recorded: Readonly<Record<string, Value>>,
): Lookup {
  const known = new Map<string, Value>([['mode', mode]]);
  for (const name of Object.keys(rule.limits)) {
    const value = limits[name]?.value;
    if (value !== undefined) known.set(`limits.${name}`, value);
  }
  if (sensor.range) {
    known.set('range.min', sensor.range.min);
    known.set('range.max', sensor.range.max);
  }
  for (const [name, value] of Object.entries(source ?? {}))
    if (typeof value === 'string' || typeof value === 'number') known.set(`source.${name}`, value);
  for (const [name, value] of Object.entries(recorded)) known.set(name, value);
  return (name) => known.get(name);
}

/**
 * The era of `facts`, compiled. Units must match (semantics 4): in another unit nothing is known.
 *
 * @param recorded what a decision record says of constants, instead of what is known now
 */
export function eraOf(
  rule: Rule,
  sensor: SensorRegistration,
  facts: Facts,
  key: number,
  recorded: Readonly<Record<string, Value>> = {},
): Era {
  const constants = constantsOf(rule, sensor, facts, recorded);
  const isComparable = rule.unit === '' || rule.unit === sensor.unit;
  return { ...facts, key, constants, compiled: compiledFor(rule, isComparable ? constants : undefined) };
}

/** What was compiled for a rule, by the values of what it names; it goes with its rule book. */
const compiledBefore = new WeakMap<Rule, Map<string, readonly Compiled[]>>();

/**
 * The rule's conditions; without `constants` nothing is known. Sensors for which it names the same values share them: a
 * fleet then asks some dozens of closures that stay in the processor's cache, not thousands that do not.
 */
function compiledFor(rule: Rule, constants: Lookup | undefined): readonly Compiled[] {
  let known = compiledBefore.get(rule);
  if (known === undefined) {
    known = new Map();
    compiledBefore.set(rule, known);
  }
  const values = constants && namesIn(rule).map((name) => constants(name) ?? null);
  const key = JSON.stringify(values) ?? '';
  const found = known.get(key);
  if (found !== undefined) return found;
  const compile = (of: SeverityRule['when']): CompiledCondition =>
    constants ? compileCondition(of, constants, rule.scale) : unknown;
  const compiled = rule.severities.map(({ when, clear }) => ({
    when: compile(when),
    clear: clear && compile(clear),
  }));
  known.set(key, compiled);
  return compiled;
}

/** All inputs of the rule's conditions, each once. */
const namesIn = ({ severities }: Rule): readonly string[] => [
  ...new Set(severities.flatMap(({ when, clear }) => [...inputsOf(when), ...(clear ? inputsOf(clear) : [])])),
];

/** The eras of `facts`, oldest first. */
export function erasOf(rule: Rule, sensor: SensorRegistration, facts: readonly Facts[]): readonly Era[] {
  let key = 0;
  return facts.map((one, i) => {
    if (i > 0) {
      const values = Object.entries(one.limits).map(([name, { value }]) => [name, value]);
      key = hash27(JSON.stringify([key, one.from, values, one.mode, one.source?.grade, one.source?.kind]));
    }
    return eraOf(rule, sensor, one, key);
  });
}

/** One severity's conditions through all eras: the frame's phenomenon time says which counts. */
export function throughEras(eras: readonly Era[], index: number): Compiled {
  const parts = eras.map(({ from, compiled }) => ({
    from,
    when: unknown,
    clear: undefined,
    ...compiled[index],
  }));
  const [only] = parts;
  if (only && parts.length === 1) return { when: only.when, clear: only.clear };
  const at = ({ phenomenonAt }: Frame) => eraAt(parts, phenomenonAt);
  return {
    when: (frame) => at(frame).when(frame),
    clear: only?.clear && ((frame) => at(frame).clear?.(frame)),
  };
}

/** A change of limits that a cell has not met yet. */
export interface EraEvent {
  readonly at: number;
  readonly key: number;
}

/**
 * The next era after the one that the cell has met (`limitsKey`), if it begins before `before`.
 *
 * Of a history that no longer knows the cell's era only the newest counts. None before `notBefore`, the receive time of
 * what the sensor said last: nothing is judged before it was known.
 */
export function nextEra(
  eras: readonly Era[],
  limitsKey: number,
  notBefore: number,
  before: number,
): EraEvent | undefined {
  if (eras.length === 1 && limitsKey === 0) return undefined;
  const met = eras.findIndex(({ key }) => key === limitsKey);
  const next =
    met >= 0 ? eras[met + 1] : eraAt(eras, before === Number.POSITIVE_INFINITY ? notBefore : before - 1);
  if (!next) return undefined;
  const at = Math.max(next.from, notBefore);
  return at < before ? { at, key: next.key } : undefined;
}

/** First instant of the era of this key; 0 for one that is not known any more. */
export const metFrom = (eras: readonly Era[], key: number): number =>
  eras.find((era) => era.key === key)?.from ?? 0;
