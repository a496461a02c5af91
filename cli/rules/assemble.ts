/** From the fields of a rule file and its compiled conditions to the rule of the book. */
import assert from 'node:assert/strict';
import type {
  Limit,
  QualityEffect,
  RoleSelection,
  Rule,
  Selection,
  SeverityRule,
} from '../../functions/domain/rules/book.ts';
import type { Response } from '../../functions/domain/rules/response.ts';
import type { Schedule } from '../../functions/domain/rules/schedule.ts';
import type { LimitInFile } from '../../functions/domain/rules/schema/limit.ts';
import type { ScheduleInFile } from '../../functions/domain/rules/schema/schedule.ts';
import type { ResponseInFile, SeverityInFile } from '../../functions/domain/rules/schema/severity.ts';
import type { RuleFile } from '../../functions/domain/rules/schema.ts';
import { severities } from '../../functions/domain/severity.ts';
import { duration } from '../../functions/domain/time.ts';
import { type Conditions, quantityNames } from './conditions.ts';
import { contentVersion } from './content-version.ts';

/** How long a quality state may hold an alarm back when the rule does not say. 30 min (semantics 5). */
const maxHoldDefault = duration(30 * 60_000);

/** What quality states do when the rule does not say (semantics 5). */
const qualityDefaults = {
  calibrating: 'hold',
  maintenance: 'hold',
  fault: 'stale',
  'over-range': 'raise',
  unknown: 'unknown',
} as const satisfies Record<string, QualityEffect>;

/** The fields of `given` that are there. */
function present<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> };
function present(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const selectionOf = ({ select }: RuleFile): Selection => ({
  quantities: quantityNames(select.quantity),
  ...present({
    trades: select.trade,
    positions: select.position,
    sourceKinds: select.sourceKind,
    areaPrefixes: select.area,
    grades: select.grade,
    tags: select.tag,
  }),
});

const limitOf = (limit: LimitInFile, standard: RuleFile['standard'], unit: string | undefined): Limit => ({
  ...present({
    value: limit.value,
    byGrade: limit.byGrade,
    bySubstance: limit.bySubstance,
    ask: limit.ask,
    source: limit.source,
    unit: limit.unit === unit ? undefined : limit.unit,
  }),
  tighter: limit.tighter,
  standard: limit.standard ?? standard.id,
  clause: limit.clause ?? standard.clause,
  verified: limit.verified ?? standard.verified,
});

const limitsOf = (file: RuleFile): Readonly<Record<string, Limit>> =>
  Object.fromEntries(
    Object.entries(file.limits).map(([name, limit]) => [name, limitOf(limit, file.standard, file.unit)]),
  );

const rolesOf = (file: RuleFile): Readonly<Record<string, RoleSelection>> =>
  Object.fromEntries(
    Object.entries(file.sensors).map(([name, role]) => [
      name,
      { quantity: role.quantity, ...present({ positions: role.position, tags: role.tag }) },
    ]),
  );

const scheduleOf = (given: ScheduleInFile): Schedule => ({
  zone: given.zone,
  windows: given.windows.map(({ days, from, to }) => ({ days, fromMinute: from, toMinute: to })),
  holidays: [...given.holidays].sort(),
  onHolidays: given.onHolidays ?? 'closed',
});

export const responseOf = ({ within, ...texts }: ResponseInFile): Response => ({
  ...texts,
  withinMs: within,
});

function severityOf(
  severity: SeverityRule['severity'],
  given: SeverityInFile,
  conditions: Conditions,
): SeverityRule {
  const when = conditions.of(severity, 'when');
  assert(when, `${severity}.when neither compiled nor was refused`);
  const clear = conditions.of(severity, 'clear');
  assert(clear || given.clear === undefined, `${severity}.clear neither compiled nor was refused`);
  const { times, schedule, response, advice } = given;
  return {
    severity,
    when,
    ...(clear && { clear }),
    forMs: given.for ?? duration(0),
    clearForMs: given.clearFor ?? duration(0),
    ...(times && {
      times: { count: times.count, withinMs: times.within, consecutive: times.consecutive },
    }),
    ...(schedule && { schedule: scheduleOf(schedule) }),
    ...(response && { response: responseOf(response) }),
    ...(advice && { advice }),
  };
}

const severitiesOf = (file: RuleFile, conditions: Conditions): readonly SeverityRule[] =>
  severities.flatMap((severity) => {
    const given = file.severities[severity];
    return given ? [severityOf(severity, given, conditions)] : [];
  });

function silenceOf({ silent }: RuleFile): Pick<Rule, 'silent'> {
  if (silent === 'off') return {};
  return { silent: { ...present({ afterMs: silent.after }), severity: silent.severity } };
}

/** The rule of the book; every condition of `file` has compiled. */
export function assemble(file: RuleFile, scale: number, conditions: Conditions): Rule {
  const roles = rolesOf(file);
  const rule: Omit<Rule, 'version'> = {
    id: file.id,
    title: file.title,
    kind: file.kind,
    trade: file.trade,
    select: selectionOf(file),
    unit: file.unit ?? '',
    scale,
    limits: limitsOf(file),
    ...(Object.keys(roles).length > 0 && { roles }),
    ...(conditions.windows.length > 0 && { windows: conditions.windows }),
    severities: severitiesOf(file, conditions),
    ...silenceOf(file),
    quality: { ...qualityDefaults, ...present(file.quality) },
    maxHoldMs: file.maxHold ?? maxHoldDefault,
    ...present({ unknownForMs: file.unknownFor }),
    notEvaluable: file.notEvaluable ?? 'yellow',
    advice: file.advice,
  };
  return { ...rule, version: contentVersion(rule) };
}
