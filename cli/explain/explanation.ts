/** Why a transition came about, as data: what the record says, held against the rule that made it. */
import type { Rule, RuleBook, Times } from '../../functions/domain/rules/book.ts';
import { bindDevice, type Condition } from '../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../functions/domain/rules/engine/replay.ts';
import type { Lookup } from '../../functions/domain/rules/frame.ts';
import { eraAt } from '../../functions/domain/rules/limits/era-at.ts';
import type { Bilingual } from '../../functions/domain/severity.ts';
import type { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type AskedWindow, aroundAt, askedWindows } from './asked.ts';
import { type Clause, clauseOf } from './clauses.ts';
import type { DecisionRecord, Found, RecordMachine } from './record.ts';

export interface SeverityExplained {
  readonly severity: string;
  /** As recorded; `null`: unknown; absent: the record was made by time alone. */
  readonly recorded?: { readonly when: boolean | null; readonly clears: boolean } | undefined;
  /** Of the condition in the book, evaluated on the recorded inputs; absent where no reading was judged. */
  readonly when?: Clause | undefined;
  readonly clear?: Clause | undefined;
  readonly forMs?: number | undefined;
  readonly clearForMs?: number | undefined;
  /** A `clearFor` that flapping had made longer. */
  readonly dampedClearForMs?: number | undefined;
  readonly times?: Times | undefined;
  readonly unknowns: readonly { readonly input: string; readonly cause: string }[];
  readonly before: RecordMachine | undefined;
  readonly after: RecordMachine | undefined;
}

/** How the rule in the book stands to the one that decided. */
export type BookMatch = 'same' | 'other-version' | 'unknown-rule' | 'built-in';

export interface Explanation {
  readonly record: DecisionRecord;
  readonly version: number | undefined;
  readonly versions: readonly number[];
  readonly title: Bilingual | undefined;
  /** What the rule does with a quality that is not good, such as `hold`. */
  readonly effect: string | undefined;
  readonly unit: string;
  /** Of the limits whose figures are of another unit: a rate, a number, another sensor. */
  readonly limitUnits: Readonly<Record<string, string | undefined>>;
  readonly book: BookMatch;
  readonly bookVersion: string | undefined;
  readonly severities: readonly SeverityExplained[];
  /** What there was in the windows that the conditions asked. */
  readonly windows: readonly AskedWindow[];
  /** Fields of the record that this version has no words for. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly replay: 'same' | 'differs' | 'impossible' | 'not-tried';
}

const known = new Set([
  'format',
  'rule',
  'ruleVersion',
  'sensor',
  'change',
  'condition',
  'severity',
  'trigger',
  'marks',
  'phenomenonAt',
  'now',
  'input',
  'verdicts',
  'unknowns',
  'limits',
  'timing',
  'before',
  'after',
  'dropped',
  'asked',
]);

const knownOfInput = new Set([
  'kind',
  'isLate',
  'at',
  'readings',
  'event',
  'index',
  'value',
  'quality',
  'causes',
  'trigger',
  'phenomenonAt',
  'rank',
  'silentAfterMs',
]);

/** Place of the reading on which the clauses are shown, the newest good one; -1: time decided. */
function shownIndex({ input }: DecisionRecord): number {
  const good = input.readings.findLastIndex(({ quality }) => quality === 'good');
  return good >= 0 ? good : input.readings.length - 1;
}

/** That reading; where time decided, the sensor's newest. */
function shownReading(record: DecisionRecord) {
  const { value, quality, readings } = record.input;
  return readings[shownIndex(record)] ?? (quality === undefined ? undefined : { value, quality });
}

const effects = new Set<string>(['calibrating', 'maintenance', 'fault', 'over-range', 'unknown'] as const);
const isBad = (quality: string): quality is keyof Rule['quality'] => effects.has(quality);

/** What the rule does with readings of this quality; `good` for good ones. */
const effectOf = (rule: Rule, quality: string): string => (isBad(quality) ? rule.quality[quality] : quality);

/** Limits as recorded, then what the registration says, then what the book says. */
function constantsOf(record: DecisionRecord, rule: Rule, bound: Condition | undefined): Lookup {
  return (name) => {
    const limit = name.startsWith('limits.') ? name.slice('limits.'.length) : undefined;
    if (limit !== undefined && limit in record.limits) return record.limits[limit]?.value;
    const recorded = record.constants?.[name];
    if (recorded !== undefined) return recorded;
    if (bound !== undefined) return eraAt(bound.eras, record.phenomenonAt).constants(name);
    if (limit !== undefined) return rule.limits[limit]?.value;
    return name === 'mode' ? 'normal' : undefined;
  };
}

function severitiesOf(
  { record, json }: Found,
  rule: Rule,
  bound: Condition | undefined,
): readonly SeverityExplained[] {
  const reading = shownReading(record);
  const constants = constantsOf(record, rule, bound);
  const effect = reading && effectOf(rule, reading.quality);
  const around = aroundAt(json, shownIndex(record));
  const isHeard = effect === 'good' || effect === 'hold';
  return rule.severities.map((severity, i): SeverityExplained => {
    const context = reading && {
      rule,
      constants,
      frame: { value: isHeard ? reading.value : undefined, quality: reading.quality, around },
    };
    const verdict = record.verdicts.find((one) => one.severity === severity.severity);
    return {
      severity: severity.severity,
      recorded: verdict && { when: verdict.when, clears: verdict.clears },
      when: context && clauseOf(severity.when, context),
      clear: context && severity.clear && clauseOf(severity.clear, context),
      forMs: severity.forMs,
      clearForMs: severity.clearForMs,
      dampedClearForMs: record.timing?.severities[i]?.dampedClearForMs,
      times: severity.times,
      unknowns: record.unknowns.find((one) => one.severity === severity.severity)?.inputs ?? [],
      before: record.before?.machines[i],
      after: record.after?.machines[i],
    };
  });
}

/** Without the rule only what was recorded can be told. */
const recordedOnly = (record: DecisionRecord): readonly SeverityExplained[] =>
  record.verdicts.map(({ severity = '-', when, clears }, i) => ({
    severity,
    recorded: { when, clears },
    unknowns: record.unknowns.find((one) => one.severity === severity)?.inputs ?? [],
    before: record.before?.machines[i],
    after: record.after?.machines[i],
  }));

function replayed(
  text: string,
  book: RuleBook,
  device: DeviceRegistration | undefined,
): Explanation['replay'] {
  if (device === undefined) return 'not-tried';
  try {
    return replay(text, bindDevice(book, device)) === text ? 'same' : 'differs';
  } catch {
    // A record of another format, or a rule that does not watch the sensor any more: there is nothing to replay.
    return 'impossible';
  }
}

/** Why `found` came about. `devices`: registrations, as far as there are any. */
export function explain(found: Found, book: RuleBook, devices: readonly DeviceRegistration[]): Explanation {
  const { record, json, text, version, versions, deviceId } = found;
  const rule = book.rules.find(({ id }) => id === record.rule);
  const device = devices.find((one) =>
    deviceId === undefined
      ? one.sensors.some(({ sensorId }) => sensorId === record.sensor)
      : one.deviceId === deviceId,
  );
  const bound =
    device &&
    bindDevice(book, device)
      .bySensor.get(record.sensor)
      ?.conditions.find((one) => one.rule.id === record.rule);
  const isBuiltIn = record.ruleVersion === 'built-in';
  return {
    record,
    version,
    versions,
    title: rule?.title,
    effect: rule && shownReading(record) && effectOf(rule, shownReading(record)?.quality ?? 'good'),
    unit: rule?.unit ?? '',
    limitUnits: Object.fromEntries(
      Object.entries(rule?.limits ?? {}).map(([name, { unit }]) => [name, unit]),
    ),
    book: isBuiltIn
      ? 'built-in'
      : rule === undefined
        ? 'unknown-rule'
        : rule.version === record.ruleVersion
          ? 'same'
          : 'other-version',
    bookVersion: rule?.version,
    severities: rule === undefined ? recordedOnly(record) : severitiesOf(found, rule, bound),
    windows: rule === undefined ? [] : askedWindows(json, shownIndex(record), rule),
    inputs: Object.fromEntries([
      ...Object.entries(record.input).filter(([name]) => !knownOfInput.has(name)),
      ...Object.entries(record).filter(
        ([name]) => !known.has(name) || (name === 'asked' && rule === undefined),
      ),
    ]),
    replay: replayed(text, book, device),
  };
}
