/** What this room knows: what a rule means. This file: the rules of one device as closures, found by sensor. */
import { rankOf } from '../../severity.ts';
import type { DeviceRegistration, SensorRegistration, SourceContext } from '../../telemetry/registration.ts';
import type { Rule, RuleBook, Selection, SeverityRule } from '../book.ts';
import { canBeKnown } from '../can-be-known.ts';
import type { CompiledCondition, Lookup } from '../frame.ts';
import { eraAt } from '../limits/era-at.ts';
import { factsOf } from '../limits/eras.ts';
import { bindLinks, type Links } from './bind-links.ts';
import { type AskedWindow, type BoundWindow, bindWindows } from './bind-windows.ts';
import { type Compiled, type Era, erasOf, throughEras } from './eras.ts';
import { hash27 } from './hash27.ts';
import { edgesOf } from './plain.ts';
import { selects } from './selects.ts';
import { shapeOf } from './shape.ts';
import { rulesWatching } from './watching.ts';

/** Least grace before a deadline raises. Milliseconds. */
export const graceMinMs = 30_000;
/** A sensor without a figure of its own is silent after so many reporting periods (semantics 12). */
export const silencePeriods = 3;
/** The grace is so many reporting periods (semantics 8). */
export const gracePeriods = 2;

/** One severity of one rule on one sensor, ready to judge. */
export interface BoundSeverity {
  readonly rule: SeverityRule;
  readonly rank: number;
  readonly when: CompiledCondition;
  /** Absent: a known-false `when` clears (semantics 2). */
  readonly clear: CompiledCondition | undefined;
  /** It asks for more than `when` and `for` before it raises: a count or a schedule (semantics 15, 16). */
  readonly isGated: boolean;
  /** The closing of its schedule ends it (semantics 16). */
  readonly endsAtClosing: boolean;
  /** Timers survive a change of the rule while this is equal (semantics 23). 27 bits of a hash. */
  readonly shape: number;
}

/** One rule on one sensor. */
export interface Condition {
  /** Its place in the state. */
  readonly slot: number;
  readonly rule: Rule;
  readonly sensor: SensorRegistration;
  /** Place of its sensor in the state. */
  readonly sensorSlot: number;
  readonly severities: readonly BoundSeverity[];
  /** Limits, mode and attributes through time, oldest first; one era unless something was changed (semantics 22). */
  readonly eras: readonly Era[];
  /** It names no other sensor: what its sensor notes of calm readings goes for it (see `SensorCell.isCalm`). */
  readonly isAlone: boolean;
  /** The numbers with which its conditions compare the value, when they do nothing else; of the newest era. */
  readonly edges: readonly number[] | undefined;
  /** Those of a `when`. */
  readonly whenEdges: readonly number[];
  /** The windows of its rule, by their number there; `undefined` where a role has no sensor; of a list its first sensor's. */
  readonly windows: readonly (AskedWindow | undefined)[];
  /** The same, of a list those of all its sensors, by their places. */
  readonly feeds: readonly (readonly AskedWindow[])[];
  /** The other sensors of the device that it names; it is judged when one of them reports, too (semantics 6). */
  readonly links: Links;
  /** Some `when` can never be answered for this sensor (semantics 3). */
  readonly isNeverKnown: boolean;
  readonly graceMs: number;
  readonly silentAfterMs: number;
  /** Rank of silence; -1: silence makes stale and raises nothing. */
  readonly silenceRank: number;
  /** Silence ends through the longest `clearFor` of the rule. */
  readonly silenceClearForMs: number;
  readonly unknownForMs: number;
}

export interface BoundSensor {
  /** Its place in the state. */
  readonly slot: number;
  readonly sensor: SensorRegistration;
  readonly conditions: readonly Condition[];
  /** Those that name no other sensor: the plain ones and the watchful ones. */
  readonly alone: readonly Condition[];
  /** The numbers with which those compare the value that do nothing else, ascending; the rest is asked every time. */
  readonly edges: readonly number[];
  /** Those of the numbers with which a `when` compares. */
  readonly whenEdges: readonly number[];
  /** The shortest silence of those that name no other sensor. */
  readonly aloneSilentMs: number;
  readonly watchful: readonly Condition[];
  /** Nothing but plain conditions: it feeds no window, and no condition names it beside others. */
  readonly isPlain: boolean;
  /** Those that name several sensors: its own, and those of other sensors that name this one; judged last in an instant. */
  readonly linked: readonly Condition[];
  /** What its good readings enter, for its own conditions and for those of others (semantics 17). */
  readonly windows: readonly BoundWindow[];
  readonly silentAfterMs: number;
  /** First 27 bits of the hash of its id: names it in the stored state. */
  readonly key: number;
}

/** The rules of one device; whatever is compiled is in here. */
export interface DeviceRules {
  readonly sensors: readonly BoundSensor[];
  readonly bySensor: ReadonlyMap<string, BoundSensor>;
  /** All conditions by slot. */
  readonly conditions: readonly Condition[];
  /** Distinct rules among them. */
  readonly rules: readonly Rule[];
  /** Where they come from; it says which rules were retired, and which select a sensor no longer (semantics 23). */
  readonly book: RuleBook;
  /** False when its right to speak was withdrawn: no rule watches it, and nothing of it was deselected. */
  readonly isWatched: boolean;
  /** Some sensor feeds a window. */
  readonly hasWindows: boolean;
  /** Some condition names several sensors. */
  readonly hasLinks: boolean;
}

/**
 * The rules of `book` that watch the device's sensors, compiled.
 *
 * Costs some microseconds a condition: keep the result as long as book and registration have the same version.
 */
export function bindDevice(book: RuleBook, registration: DeviceRegistration): DeviceRules {
  // Somebody took its right to speak and said why: that it is silent from then on is no news. What is open stays open.
  const isWatched = registration.status !== 'revoked';
  const sources = new Map(registration.sources.map((source) => [source.sourceId, source]));
  const conditions: Condition[] = [];
  const feeds: readonly BoundWindow[][] = registration.sensors.map(() => []);
  const sensors = registration.sensors.map((sensor, slot): BoundSensor => {
    const source = sources.get(sensor.sourceId);
    const isWanted = (select: Selection): boolean => isWatched && selects(select, sensor, source);
    const own = rulesWatching(book, sensor.quantity, isWanted).map((rule, i) =>
      bindCondition(rule, registration, sensor, {
        source,
        slot: conditions.length + i,
        sensorSlot: slot,
        feeds: bindWindows(rule, registration.sensors, slot, feeds),
      }),
    );
    conditions.push(...own);
    return {
      slot,
      sensor,
      conditions: own,
      alone: own.filter(({ isAlone }) => isAlone),
      aloneSilentMs: Math.min(...own.filter(({ isAlone }) => isAlone).map((one) => one.silentAfterMs)),
      edges: ascending(own.flatMap(({ edges }) => edges ?? [])),
      whenEdges: ascending(own.flatMap(({ whenEdges }) => whenEdges)),
      watchful: own.filter((condition) => !isPlain(condition) && !isLinked(condition)),
      isPlain:
        own.every((condition) => isPlain(condition) && !isLinked(condition)) && feeds[slot]?.length === 0,
      linked: own.filter(isLinked),
      windows: feeds[slot] ?? [],
      silentAfterMs: sensor.period * silencePeriods,
      key: hash27(sensor.sensorId),
    };
  });
  const linked = withLinks(sensors, conditions);
  return {
    sensors: linked,
    bySensor: new Map(linked.map((bound) => [bound.sensor.sensorId, bound])),
    conditions,
    rules: [...new Set(conditions.map(({ rule }) => rule))],
    book,
    isWatched,
    hasWindows: feeds.some((windows) => windows.length > 0),
    hasLinks: conditions.some(isLinked),
  };
}

const ascending = (numbers: readonly number[]): readonly number[] =>
  [...new Set(numbers)].toSorted((a, b) => a - b);

const isPlain = ({ edges }: Condition): boolean => edges !== undefined;
const isLinked = ({ isAlone }: Condition): boolean => !isAlone;

/** Each sensor with the conditions of other sensors that name it. */
const withLinks = (
  sensors: readonly BoundSensor[],
  conditions: readonly Condition[],
): readonly BoundSensor[] =>
  conditions.some(isLinked)
    ? sensors.map((bound) => ({
        ...bound,
        linked: [...bound.linked, ...conditions.filter(({ links }) => links.others.includes(bound.slot))],
        isPlain: bound.isPlain && conditions.every(({ links }) => !links.others.includes(bound.slot)),
      }))
    : sensors;

function bindCondition(
  rule: Rule,
  registration: DeviceRegistration,
  sensor: SensorRegistration,
  of: Pick<Condition, 'slot' | 'sensorSlot' | 'feeds'> & { readonly source: SourceContext | undefined },
): Condition {
  const { source, slot, sensorSlot, feeds } = of;
  const windows = feeds.map(([first]) => first);
  const place = { deviceId: registration.deviceId, sensor, source };
  const eras = erasOf(rule, sensor, factsOf(rule, place, registration));
  const isComparable = rule.unit === '' || rule.unit === sensor.unit;
  const silentAfterMs = rule.silent?.afterMs ?? sensor.period * silencePeriods;
  const links = bindLinks(rule, registration.sensors, sensorSlot, feeds.flat());
  const present = {
    hasWindow: (number: number): boolean => windows[number] !== undefined,
    hasRole: (name: string): boolean => links.roles.get(name) !== undefined,
    hasPeers: (quantity: string): boolean => (links.peers.get(quantity)?.length ?? 0) > 0,
  };
  return {
    slot,
    rule,
    sensor,
    sensorSlot,
    severities: bindSeverities(rule, eras),
    eras,
    ...edgesOfRule(rule, eraAt(eras, undefined).constants),
    windows,
    feeds,
    links,
    // What a list of sensors says is looked up as that of others, its own sensor's word too, even when there is no other.
    isAlone: links.others.length === 0 && links.peers.size === 0,
    isNeverKnown:
      !isComparable ||
      [...links.roles.values(), ...windows].includes(undefined) ||
      eras.every(({ constants }) =>
        rule.severities.some(({ when }) => !canBeKnown(when, constants, present)),
      ),
    graceMs: Math.max(sensor.period * gracePeriods, graceMinMs),
    silentAfterMs,
    silenceRank: rule.silent === undefined ? -1 : rankOf(rule.silent.severity),
    silenceClearForMs: Math.max(0, ...rule.severities.map(({ clearForMs }) => clearForMs)),
    unknownForMs: rule.unknownForMs ?? silentAfterMs,
  };
}

/** The numbers with which the rule's conditions compare the value; `undefined` when one does more. */
function edgesOfRule(
  { severities }: Rule,
  constants: Lookup,
): { readonly edges: readonly number[] | undefined; readonly whenEdges: readonly number[] } {
  const whens = severities.map(({ when }) => edgesOf(when, constants));
  const clears = severities.map(({ clear }) => (clear ? edgesOf(clear, constants) : []));
  const all = [...whens, ...clears];
  if (!all.every((edges) => edges !== undefined)) return { edges: undefined, whenEdges: [] };
  return { edges: all.flat(), whenEdges: whens.flatMap((edges) => edges ?? []) };
}

/** The severities of sensors that share their conditions, shared too. */
const severitiesBefore = new WeakMap<readonly Compiled[], readonly BoundSeverity[]>();

/** The severities of `rule` as `eras` have them. */
export function bindSeverities(rule: Rule, eras: readonly Era[]): readonly BoundSeverity[] {
  const [only] = eras;
  if (only === undefined || eras.length > 1) return severitiesOf(rule, eras);
  const known = severitiesBefore.get(only.compiled) ?? severitiesOf(rule, eras);
  severitiesBefore.set(only.compiled, known);
  return known;
}

const severitiesOf = (rule: Rule, eras: readonly Era[]): readonly BoundSeverity[] =>
  rule.severities.map((severity, i) => {
    const { times, schedule } = severity;
    const rank = rankOf(severity.severity);
    return {
      rule: severity,
      rank,
      ...throughEras(eras, i),
      // The limits in it are those of the book: what somebody overrides is dated, and timers go on (semantics 22).
      shape: shapeOf(rule, severity),
      isGated: times !== undefined || schedule !== undefined,
      endsAtClosing: schedule !== undefined && rank <= rankOf('yellow'),
    };
  });
