/** What this room knows: what a rule means. This file: what becomes of stored state when rules or sensors have changed (semantics 23). */
import type { Instant } from '../../../time.ts';
import type { BoundSensor, BoundSeverity, Condition, DeviceRules } from '../bind.ts';
import { builtInRules } from '../built-in.ts';
import {
  type Cell,
  type Machine,
  never,
  newestValueOf,
  newMachine,
  newSensorCell,
  type Owner,
  phases,
  type SensorCell,
} from '../cell.ts';
import { closingAfter, isOpen, stopClearing, toIdle } from '../machine.ts';
import { blankCell, type Orphan, type RuleState } from '../state.ts';
import { headingOf, type NamedRule, type OwnHeading } from './heading.ts';
import { placeRings, type RawRings } from './ring-store.ts';

/** A cell as it was stored, with the rule and the severities that it was made for. */
export interface RawCondition {
  readonly named: NamedRule;
  readonly cell: Cell;
}

export interface RawSensor {
  readonly name: string | undefined;
  /** First bits of the hash of its id, where it is not named. */
  readonly key: number;
  readonly cell: SensorCell;
  readonly rings: RawRings | undefined;
  readonly conditions: readonly RawCondition[];
}

export interface RawState {
  readonly seenAt: Instant;
  readonly sensors: readonly RawSensor[];
  readonly orphans: readonly Orphan[];
}

/** The stored state under `rules`: what was open on a rule or sensor that is gone is kept aside, not dropped. */
export function place(raw: RawState, rules: DeviceRules): RuleState {
  const own = headingOf(rules);
  const left = new Set(raw.sensors);
  const orphans = new Set(raw.orphans);
  const owner: Owner = {};
  const sensors: SensorCell[] = [];
  const cells: Cell[] = [];
  for (const bound of rules.sensors) {
    const there = raw.sensors[bound.slot];
    const stored = there && isOf(bound, there) ? there : raw.sensors.find((one) => isOf(bound, one));
    if (stored) left.delete(stored);
    const sensor = placeSensor(bound, stored, orphans);
    sensor.owner = owner;
    sensor.ringsOwner = owner;
    sensors.push(sensor);
    if (stored && isAsStored(bound, stored, own)) {
      for (let i = 0; i < bound.conditions.length; i++) {
        const condition = bound.conditions[i];
        const cell = stored.conditions[i]?.cell;
        if (condition && cell) cells.push(asBefore(condition, cell, raw.seenAt));
      }
      continue;
    }
    const placed = new Set<RawCondition>();
    for (const condition of bound.conditions) {
      const found = stored?.conditions.find(({ named }) => named.ruleId === condition.rule.id);
      if (found) placed.add(found);
      cells.push(
        found && stored
          ? adopt(condition, found, stored.cell, raw.seenAt)
          : arrive(condition, stored, raw.seenAt, orphans),
      );
    }
    for (const gone of stored?.conditions ?? [])
      if (!placed.has(gone)) keepCondition(orphans, gone, bound.sensor.sensorId);
  }
  for (const cell of cells) cell.owner = owner;
  for (const gone of left) keepSensor(orphans, gone);
  const kept = [...orphans].filter(isWorthKeeping(rules));
  return { owner, rules, seenAt: raw.seenAt, quietUntil: never, sensors, cells, orphans: kept };
}

const isOf = ({ key, sensor }: BoundSensor, stored: RawSensor): boolean =>
  stored.name === undefined ? stored.key === key : stored.name === sensor.sensorId;

/** The usual case: the rules are those that it was stored under, to the letter. */
function isAsStored({ conditions }: BoundSensor, stored: RawSensor, own: OwnHeading): boolean {
  if (stored.conditions.length !== conditions.length) return false;
  for (let i = 0; i < conditions.length; i++) {
    const rule = conditions[i]?.rule;
    const at = rule && own.indexOf.get(rule);
    if (at === undefined || stored.conditions[i]?.named !== own.rules[at]) return false;
  }
  return true;
}

/** A rule that was retired never comes back: of it only what is still open matters. */
const isWorthKeeping =
  ({ book }: DeviceRules) =>
  ({ ruleId, toldRank }: Orphan): boolean =>
    toldRank !== never || book.retired.every(({ id }) => id !== ruleId);

const takeOrphan = (orphans: Set<Orphan>, ruleId: string, sensorId: string): Orphan | undefined => {
  for (const orphan of orphans) {
    if (orphan.ruleId !== ruleId || orphan.sensorId !== sensorId) continue;
    orphans.delete(orphan);
    return orphan;
  }
  return undefined;
};

function keepCondition(orphans: Set<Orphan>, { named, cell }: RawCondition, sensorId: string): void {
  const { ruleId } = named;
  const { toldRank, wasToldStale, hint } = cell;
  if (toldRank === never && hint === undefined) return;
  const since = Math.max(never, ...cell.machines.filter(isOpen).map((machine) => machine.since));
  orphans.add({ ruleId, sensorId, toldRank, wasToldStale, since, hint });
}

/** A sensor that is gone; without a name nothing was open on it. */
function keepSensor(orphans: Set<Orphan>, { name, cell, conditions }: RawSensor): void {
  if (name === undefined) return;
  for (const condition of conditions) keepCondition(orphans, condition, name);
  for (const field of ['fault', 'notEvaluable'] as const) {
    const { phase, rank, since, hint } = cell[field];
    if (phase === phases.idle && hint === undefined) continue;
    const { ruleId } = builtInRules[field];
    orphans.add({ ruleId, sensorId: name, toldRank: rank, wasToldStale: false, since, hint });
  }
}

function placeSensor(bound: BoundSensor, stored: RawSensor | undefined, orphans: Set<Orphan>): SensorCell {
  if (stored) {
    if (stored.rings) stored.cell.rings = placeRings(bound, stored.rings, stored.cell.at);
    return stored.cell;
  }
  const cell = newSensorCell();
  for (const field of ['fault', 'notEvaluable'] as const) {
    const orphan = takeOrphan(orphans, builtInRules[field].ruleId, bound.sensor.sensorId);
    if (!orphan) continue;
    const { toldRank, since, hint } = orphan;
    const phase = toldRank === never ? phases.idle : phases.active;
    cell[field] = { ...cell[field], phase, rank: toldRank, since, lastAt: since, hint };
  }
  return cell;
}

/**
 * A rule that is new to the sensor, or a sensor that is new to the device.
 *
 * Its silence counts from the sensor's newest sign of life under its other rules, else from the last message; an alert
 * that was kept for it while it was away stands as it stood.
 */
function arrive(
  condition: Condition,
  stored: RawSensor | undefined,
  seenAt: number,
  orphans: Set<Orphan>,
): Cell {
  const lives = stored?.conditions.map(({ cell }) => cell.lifeAt) ?? [];
  const lifeAt = lives.length === 0 ? seenAt : Math.max(...lives);
  const cell = blankCell(condition, lifeAt, seenAt);
  cell.lifeSetAt = seenAt;
  const orphan = takeOrphan(orphans, condition.rule.id, condition.sensor.sensorId);
  if (!orphan) return cell;
  cell.hint = orphan.hint;
  cell.toldRank = orphan.toldRank;
  cell.wasToldStale = orphan.wasToldStale;
  cell.isStale = orphan.wasToldStale;
  if (orphan.toldRank !== never) reopen(condition, cell, orphan.toldRank, Math.max(0, orphan.since));
  for (const [i, severity] of condition.severities.entries())
    rearm(condition, severity, cell.machines[i], seenAt);
  return cell;
}

/** A stored cell under the present form of its rule. */
function adopt(condition: Condition, raw: RawCondition, sensor: SensorCell, seenAt: number): Cell {
  const { cell } = raw;
  const { severities } = raw.named;
  const machines = condition.severities.map((severity) => {
    const at = severities.findIndex(({ rank }) => rank === severity.rank);
    const machine = at < 0 ? undefined : cell.machines[at];
    if (!machine) return newMachine();
    if (severities[at]?.shape !== severity.shape) reshape(machine, severity, sensor);
    return machine;
  });
  const adopted = { ...cell, machines };
  severities.forEach(({ rank }, at) => {
    const machine = cell.machines[at];
    const isGone = condition.severities.every((severity) => severity.rank !== rank);
    if (machine && isGone && isOpen(machine)) reopen(condition, adopted, rank, machine.since);
  });
  return asBefore(condition, adopted, seenAt);
}

/** A stored cell under a rule whose severities are those that it has; the rest of the rule may have changed. Changes `cell`. */
function asBefore(condition: Condition, cell: Cell, seenAt: number): Cell {
  if (condition.isNeverKnown && cell.unknownAt === never) {
    cell.unknownAt = seenAt;
    cell.unknownReceivedAt = seenAt;
  }
  for (let i = 0; i < condition.severities.length; i++) {
    const severity = condition.severities[i];
    if (severity) rearm(condition, severity, cell.machines[i], seenAt);
  }
  return cell;
}

/** A severity whose schedule or count has come, or gone, since it was stored: what time alone causes in it (semantics 16). */
function rearm(
  { graceMs }: Condition,
  severity: BoundSeverity,
  machine: Machine | undefined,
  seenAt: number,
): void {
  if (machine === undefined || machine.deadlineAt !== never) return;
  if (isOpen(machine)) machine.deadlineAt = closingAfter(severity, seenAt, seenAt);
  else if (machine.phase === phases.pending && !severity.isGated)
    machine.deadlineAt = seenAt + severity.rule.forMs + graceMs;
}

/** A severity whose condition has changed: what fires goes on firing, a run goes on unless the last good value ends it. */
function reshape(machine: Machine, severity: BoundSeverity, sensor: SensorCell): void {
  const { at, quality } = sensor;
  const value = newestValueOf(sensor);
  machine.spans = [];
  machine.forgottenTo = never;
  machine.closed = [];
  stopClearing(machine);
  const isContradicted =
    quality === 'good' &&
    value !== undefined &&
    severity.when({ value, quality, phenomenonAt: at }) === false;
  if (machine.phase === phases.pending && isContradicted) toIdle(machine);
}

/** An open severity that the rule has no longer goes on as the next graver one, else as the gravest. */
export function reopen(condition: Condition, cell: Cell, rank: number, since: number): void {
  const at = condition.severities.findIndex((severity) => severity.rank >= rank);
  const machine = cell.machines.at(at);
  if (!machine) return;
  // The severity that was told is another one now: the next reading must not pass as one that changes nothing.
  machine.spans = [];
  machine.forgottenTo = never;
  if (isOpen(machine)) return;
  machine.phase = phases.active;
  machine.since = since;
  machine.deadlineAt = never;
}
