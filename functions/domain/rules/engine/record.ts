/** What this room knows: what a rule means. This file: the decision record, all that a verdict rested on (semantics 25). */
import { severities } from '../../severity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import { inputsOf } from '../expression.ts';
import { eraAt } from '../limits/era-at.ts';
import type { TransitionDraft } from '../transition.ts';
import type { Condition } from './bind.ts';
import { canonicalJson } from './canonical-json.ts';
import type { BuiltInCell, Cell, Machine } from './cell.ts';
import { newBuiltInCell, newCell, newMachine } from './cell.ts';
import { dampedClearForMs } from './damping.ts';
import { inForceOf } from './record-limits.ts';
import type { Outcome, StepInput } from './step-input.ts';
import type { Asked } from './surroundings.ts';
import { unknownWindows } from './unknown-windows.ts';

/** Longest decision record. Bytes of UTF-8. */
export const recordBytesMax = 8_192;
/** Grows when a record's shape changes. */
export const recordFormat = 1;

/** `of` without the fields that are as in `blank`: most timers stand still. Lists are blank when they are empty. */
function differing<T extends object>(of: T, blank: T): Partial<T> {
  const kept: Partial<T> = { ...of };
  for (const key in blank) {
    const value = of[key];
    if (value === blank[key] || (Array.isArray(value) && value.length === 0)) delete kept[key];
  }
  return kept;
}

/** Flat, as records were before what is counted was kept apart. */
const flat = ({ counting, ...machine }: Machine) => ({ ...machine, ...counting });

const blankMachine = flat(newMachine());
const { machines: _, owner: nobodys, ...blankCell } = newCell(0, -1);
const blankBuiltIn = newBuiltInCell();

/** A list of instants in a third of its length: the first, and the steps from each to the next. */
const stepsOf = (instants: readonly number[]): readonly number[] =>
  instants.map((at, i) => at - (instants[i - 1] ?? 0));

const machineJson = (machine: Machine): object =>
  differing({ ...flat(machine), hits: stepsOf(machine.counting.hits) }, blankMachine);

/** A cell as plain data; the hint belongs to the committer and decides nothing. */
export const cellJson = ({ machines, owner, ...cell }: Cell): object => ({
  ...differing({ ...cell, hint: undefined }, blankCell),
  machines: machines.map(machineJson),
});

export const builtInCellJson = (cell: BuiltInCell): object =>
  differing({ ...cell, hint: undefined }, blankBuiltIn);

function causeOfRole({ links }: Condition, role: string, asked: Asked | undefined): string | undefined {
  if (links.roles.get(role) === undefined) return 'no sensor, or more than one';
  const said = asked?.roles?.find(([name]) => name === role);
  return said === undefined || said[1] !== null ? undefined : `nothing usable, quality ${said[2] ?? 'none'}`;
}

function causeOf(
  condition: Condition,
  name: string,
  reading: Reading | undefined,
  asked: Asked | undefined,
): string | undefined {
  if (name === 'quality') return undefined;
  if (name === 'value') {
    if (reading === undefined || reading.quality !== 'good') return `quality ${reading?.quality ?? 'none'}`;
    if (reading.value === undefined) return 'missing';
    return typeof reading.value === 'number' && !Number.isFinite(reading.value) ? 'not finite' : undefined;
  }
  if (name.startsWith('peer.')) return undefined;
  if (name.startsWith('sensor.')) return causeOfRole(condition, name.split('.')[1] ?? '', asked);
  const { constants } = eraAt(condition.eras, reading?.phenomenonAt);
  if (constants(name) !== undefined) return undefined;
  return name.startsWith('limits.') ? 'unset limit' : 'unset attribute';
}

/** Why a `when` could not be answered: its inputs without a value, or what was done with them. */
export function unknownsOf(
  condition: Condition,
  index: number,
  reading: Reading | undefined,
  asked?: Asked,
): object[] {
  const severity = condition.severities[index];
  if (!severity) return [];
  if (condition.rule.unit !== '' && condition.rule.unit !== condition.sensor.unit)
    return [{ input: 'value', cause: 'unit' }];
  const named = [
    ...[...new Set(inputsOf(severity.rule.when))].flatMap((input) => {
      const cause = causeOf(condition, input, reading, asked);
      return cause === undefined ? [] : [{ input, cause }];
    }),
    ...unknownWindows(condition, severity.rule.when, asked),
  ];
  return named.length > 0 ? named : [{ input: '-', cause: 'not computable' }];
}

/** Parts of a record that may go, the most dispensable first, when it would be too long; replay needs none of them. */
const dispensable = ['limits', 'unknowns', 'timing', 'after', 'verdicts'] as const;

/** The canonical text of a record; parts that replay does not need are dropped, by name, if it is too long; of the limits the figures stay. */
export function recordText(record: Readonly<Record<string, unknown>>): string {
  let kept = record;
  const dropped: string[] = [];
  let text = canonicalJson(kept);
  for (const part of dispensable) {
    if (Buffer.byteLength(text) <= recordBytesMax) break;
    const { [part]: gone, ...rest } = kept;
    if (gone === undefined) continue;
    dropped.push(part);
    kept = { ...rest, ...(part === 'limits' ? figuresOf(gone) : {}), dropped };
    text = canonicalJson(kept);
  }
  return text;
}

/** A verdict can be reached again only with the figures that it used. */
const figuresOf = (limits: unknown): { readonly limits?: object } =>
  typeof limits === 'object' && limits !== null
    ? {
        limits: Object.fromEntries(
          Object.entries(limits).flatMap(([name, { value }]) =>
            value === undefined ? [] : [[name, { value }]],
          ),
        ),
      }
    : {};
/** The draft with its decision record, written on first use. */
export function withRecord(draft: Omit<TransitionDraft, 'because'>, write: () => string): TransitionDraft {
  let text: string | undefined;
  return {
    ruleId: draft.ruleId,
    ruleVersion: draft.ruleVersion,
    sensorId: draft.sensorId,
    change: draft.change,
    condition: draft.condition,
    severity: draft.severity,
    phenomenonAt: draft.phenomenonAt,
    at: draft.at,
    trigger: draft.trigger,
    marks: draft.marks,
    value: draft.value,
    quality: draft.quality,
    get because() {
      text ??= write();
      return text;
    },
  };
}

/** The timing of a severity as it was at `t`: what its file says, and a `clearFor` that flapping had made longer. */
function timingOf(
  { severities: bound, sensor }: Condition,
  index: number,
  { machines }: Cell,
  t: number,
): object {
  const rule = bound[index]?.rule;
  if (!rule) return {};
  const { severity, forMs, clearForMs, times, schedule } = rule;
  const damped = dampedClearForMs(clearForMs, sensor.period, machines[index]?.counting.recoveries ?? [], t);
  const dampedClearFor = damped === clearForMs ? undefined : damped;
  return { severity, forMs, clearForMs, dampedClearForMs: dampedClearFor, times, schedule };
}

/** The decision record of one step; the same condition, cell before and input give the same bytes. */
export function recordOf(
  condition: Condition,
  before: Cell,
  after: Cell,
  input: StepInput,
  { draft, verdict, asked }: Outcome,
): string {
  const { rule } = condition;
  const said = verdict?.severities ?? [];
  const askedAtShown = verdict && asked?.[verdict.readings.indexOf(verdict.shown)];
  return recordText({
    format: recordFormat,
    rule: draft.ruleId,
    ruleVersion: draft.ruleVersion,
    sensor: draft.sensorId,
    change: draft.change,
    condition: draft.condition,
    severity: draft.severity,
    trigger: draft.trigger,
    marks: draft.marks,
    phenomenonAt: draft.phenomenonAt,
    now: draft.at,
    input: verdict && input.kind === 'readings' ? { ...input, readings: verdict.readings } : input,
    asked,
    verdicts: said.map(({ when, clears }, i) => ({
      severity: severities[condition.severities[i]?.rank ?? 0],
      when: when ?? null,
      clears,
    })),
    unknowns: said.flatMap(({ when }, i) =>
      when === undefined
        ? [
            {
              severity: rule.severities[i]?.severity,
              inputs: unknownsOf(condition, i, verdict?.shown, askedAtShown),
            },
          ]
        : [],
    ),
    ...inForceOf(condition, before, input),
    timing: {
      severities: condition.severities.map((_, i) => timingOf(condition, i, before, draft.phenomenonAt)),
      silentAfterMs: condition.silentAfterMs,
      graceMs: condition.graceMs,
      maxHoldMs: rule.maxHoldMs,
    },
    before: cellJson(before),
    after: cellJson(after),
  });
}
