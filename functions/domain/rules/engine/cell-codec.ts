/** What this room knows: what a rule means. This file: how one cell lies in bytes; an idle one in about ten. */
import type { ByteReader, ByteWriter } from '../../bytes.ts';
import { AlertId } from '../../ids.ts';
import {
  type AlertHint,
  type BuiltInCell,
  type Cell,
  type Machine,
  never,
  newBuiltInCell,
  newCell,
  newMachine,
  type Phase,
  phases,
} from './cell.ts';
import { type Spans, spanKinds } from './spans.ts';

/** Instants as their distance from a common one, so that recent ones are short; 0 stands for none. */
export interface InstantCodec {
  readonly base: number;
  /** The sensor's newest instant, which most of its cells share. */
  readonly sensorAt: number;
}

export function writeAt(writer: ByteWriter, base: number, at: number): void {
  const distance = base - at;
  writer.uint(at === never ? 0 : distance < 0 ? -distance * 2 : distance * 2 + 1);
}

export function readAt(reader: ByteReader, base: number): number {
  const coded = reader.uint();
  if (coded === 0) return never;
  return coded % 2 === 1 ? base - (coded - 1) / 2 : base + coded / 2;
}

const flag = (is: boolean, bit: number): number => (is ? 1 << bit : 0);
const has = (flags: number, bit: number): boolean => (flags & (1 << bit)) !== 0;

const phaseOf = (coded: number): Phase =>
  Object.values(phases).find((phase) => phase === coded) ?? phases.idle;

export function writeHint(writer: ByteWriter, hint: AlertHint): void {
  writer.text(hint.alertId);
  writer.uint(hint.alertVersion);
}

export const readHint = (reader: ByteReader): AlertHint => ({
  alertId: AlertId.parse(reader.text()),
  alertVersion: reader.uint(),
});

/** It has something to count: breaches or recoveries. */
const counts = ({ hits, countsAll, isBorrowed, recoveries }: Machine): boolean =>
  hits.length > 0 || countsAll || isBorrowed || recoveries.length > 0;

/** Start of the one known-false stretch that all severities share up to the newest instant; `undefined` when it is not so. */
function calmFrom({ evaluatedAt, machines }: Cell): number | undefined {
  const from = machines[0]?.spans[1];
  const isCalm = (machine: Machine): boolean => {
    const { phase, closed, spans } = machine;
    return (
      phase === phases.idle &&
      closed.length === 0 &&
      spans.length === 3 &&
      spans[0] === spanKinds.isFalse &&
      spans[1] === from &&
      spans[2] === evaluatedAt &&
      !counts(machine)
    );
  };
  return machines.every(isCalm) ? from : undefined;
}

const isBlank = (machine: Machine): boolean => {
  const { phase, closed, spans } = machine;
  return phase === phases.idle && closed.length === 0 && spans.length === 0 && !counts(machine);
};

/** Of a cell's machines: all their fields; one known-false stretch; nothing yet. `same`: as the cell before. */
const layouts = { full: 0, calm: 1, blank: 2, same: 3 } as const;

const hasExtras = (cell: Cell): boolean =>
  cell.isStale ||
  cell.holdAt !== never ||
  cell.unknownAt !== never ||
  cell.silence !== phases.idle ||
  cell.toldRank !== never ||
  cell.lateCount !== 0 ||
  cell.limitsKey !== 0;

/** Both are idle since the same instant, alive at the same one, and nothing else is known of either. */
function isSame(cell: Cell, from: number, before: Cell): boolean {
  return (
    before.evaluatedAt === cell.evaluatedAt &&
    before.lifeAt === cell.lifeAt &&
    before.lifeSetAt === cell.lifeSetAt &&
    cell.hint === undefined &&
    before.hint === undefined &&
    !hasExtras(cell) &&
    !hasExtras(before) &&
    calmFrom(before) === from
  );
}

/**
 * Writes `cell`. A sensor that several rules watch is idle under all of them most of the time: the second and further
 * cells then take one byte.
 *
 * @param before the cell of the same sensor that was written last
 */
export function writeCell(
  writer: ByteWriter,
  { base, sensorAt }: InstantCodec,
  cell: Cell,
  before?: Cell,
): void {
  const from = calmFrom(cell);
  if (from !== undefined && before !== undefined && isSame(cell, from, before)) {
    writer.uint(layouts.same);
    return;
  }
  const layout =
    from !== undefined ? layouts.calm : cell.machines.every(isBlank) ? layouts.blank : layouts.full;
  const isAtSensor = cell.evaluatedAt === sensorAt;
  const isSetNow = cell.lifeSetAt === base;
  const withExtras = hasExtras(cell);
  writer.uint(
    layout | flag(cell.hint !== undefined, 2) | flag(isAtSensor, 3) | flag(isSetNow, 4) | flag(withExtras, 5),
  );
  if (!isAtSensor) writeAt(writer, base, cell.evaluatedAt);
  writeAt(writer, base, cell.lifeAt);
  if (!isSetNow) writeAt(writer, base, cell.lifeSetAt);
  if (withExtras) writeExtras(writer, base, cell);
  if (cell.hint) writeHint(writer, cell.hint);
  if (from !== undefined) writer.uint(cell.evaluatedAt - from);
  else if (layout === layouts.full) for (const machine of cell.machines) writeMachine(writer, base, machine);
}

/** Reads what `writeCell` wrote; `before` is the cell of the same sensor that was read last. */
export function readCell(
  reader: ByteReader,
  { base, sensorAt }: InstantCodec,
  machineCount: number,
  before?: Cell,
): Cell {
  const flags = reader.uint();
  const cell = newCell(0, never);
  if (before !== undefined && (flags & 3) === layouts.same) return sameAs(before, cell, machineCount);
  cell.evaluatedAt = has(flags, 3) ? sensorAt : readAt(reader, base);
  cell.lifeAt = readAt(reader, base);
  cell.lifeSetAt = has(flags, 4) ? base : readAt(reader, base);
  if (has(flags, 5)) readExtras(reader, base, cell);
  if (has(flags, 2)) cell.hint = readHint(reader);
  const layout = flags & 3;
  if (layout === layouts.calm) {
    const from = cell.evaluatedAt - reader.uint();
    for (let i = 0; i < machineCount; i++) cell.machines.push(calmMachine(from, cell.evaluatedAt));
  } else
    for (let i = 0; i < machineCount; i++)
      cell.machines.push(layout === layouts.full ? readMachine(reader, base) : newMachine());
  return cell;
}

function calmMachine(from: number, to: number): Machine {
  const machine = newMachine();
  machine.spans = [spanKinds.isFalse, from, to];
  return machine;
}

function sameAs({ evaluatedAt, lifeAt, lifeSetAt, machines }: Cell, cell: Cell, machineCount: number): Cell {
  const from = machines[0]?.spans[1] ?? evaluatedAt;
  for (let i = 0; i < machineCount; i++) cell.machines.push(calmMachine(from, evaluatedAt));
  cell.evaluatedAt = evaluatedAt;
  cell.lifeAt = lifeAt;
  cell.lifeSetAt = lifeSetAt;
  return cell;
}

function writeExtras(writer: ByteWriter, base: number, cell: Cell): void {
  writer.uint(
    cell.silence |
      flag(cell.isStale, 2) |
      flag(cell.isHoldOver, 3) |
      flag(cell.isUnknownOver, 4) |
      flag(cell.wasToldStale, 5) |
      flag(cell.limitsKey !== 0, 6),
  );
  if (cell.limitsKey !== 0) writer.uint(cell.limitsKey);
  writer.uint(cell.toldRank + 1);
  writer.uint(cell.lateCount);
  for (const at of [
    cell.holdAt,
    cell.holdReceivedAt,
    cell.unknownAt,
    cell.unknownReceivedAt,
    cell.silenceClearSince,
  ])
    writeAt(writer, base, at);
}

function readExtras(reader: ByteReader, base: number, cell: Cell): void {
  const flags = reader.uint();
  cell.silence = phaseOf(flags & 3);
  cell.isStale = has(flags, 2);
  cell.isHoldOver = has(flags, 3);
  cell.isUnknownOver = has(flags, 4);
  cell.wasToldStale = has(flags, 5);
  if (has(flags, 6)) cell.limitsKey = reader.uint();
  cell.toldRank = reader.uint() - 1;
  cell.lateCount = reader.uint();
  cell.holdAt = readAt(reader, base);
  cell.holdReceivedAt = readAt(reader, base);
  cell.unknownAt = readAt(reader, base);
  cell.unknownReceivedAt = readAt(reader, base);
  cell.silenceClearSince = readAt(reader, base);
}

/** At most `spansMax` of them. */
const spanCountBits = 0b1111;

function writeMachine(writer: ByteWriter, base: number, machine: Machine): void {
  const { phase, spans, closed, gaps } = machine;
  writer.uint(
    phase |
      flag(machine.isHeld, 2) |
      flag(closed.length > 0, 3) |
      flag(gaps.length > 0, 4) |
      ((spans.length / 3) << 5) |
      flag(counts(machine), 9),
  );
  if (phase !== phases.idle)
    for (const at of [machine.since, machine.deadlineAt, machine.clearSince]) writeAt(writer, base, at);
  for (const list of [closed, gaps]) if (list.length > 0) writeTimes(writer, base, list);
  if (counts(machine)) {
    writer.uint(flag(machine.countsAll, 0) | flag(machine.isBorrowed, 1));
    writeAt(writer, base, machine.countsFrom);
    for (const list of [machine.hits, machine.recoveries]) writeTimes(writer, base, list);
  }
  let last = base;
  for (let i = 0; i + 2 < spans.length; i += 3) {
    const [kind = 0, from = 0, to = 0] = spans.slice(i, i + 3);
    writer.int(from - last);
    writer.uint((to - from) * 4 + kind);
    last = to;
  }
}

/** Times that follow each other, as their distances. */
function writeTimes(writer: ByteWriter, base: number, times: readonly number[]): void {
  writer.uint(times.length);
  let last = base;
  for (const time of times) {
    writer.int(time - last);
    last = time;
  }
}

function readTimes(reader: ByteReader, base: number): readonly number[] {
  let last = base;
  return Array.from({ length: reader.uint() }, () => {
    last += reader.int();
    return last;
  });
}

function readMachine(reader: ByteReader, base: number): Machine {
  const flags = reader.uint();
  const machine = newMachine();
  machine.phase = phaseOf(flags & 3);
  machine.isHeld = has(flags, 2);
  if (machine.phase !== phases.idle) {
    machine.since = readAt(reader, base);
    machine.deadlineAt = readAt(reader, base);
    machine.clearSince = readAt(reader, base);
  }
  if (has(flags, 3)) machine.closed = readTimes(reader, base);
  if (has(flags, 4)) machine.gaps = readTimes(reader, base);
  if (has(flags, 9)) {
    const counting = reader.uint();
    machine.countsAll = has(counting, 0);
    machine.isBorrowed = has(counting, 1);
    machine.countsFrom = readAt(reader, base);
    machine.hits = readTimes(reader, base);
    machine.recoveries = readTimes(reader, base);
  }
  const spans: Spans = [];
  let last = base;
  for (let count = (flags >>> 5) & spanCountBits; count > 0; count--) {
    const from = last + reader.int();
    const coded = reader.uint();
    last = from + Math.floor(coded / 4);
    spans.push(coded % 4, from, last);
  }
  machine.spans = spans;
  return machine;
}

export const isBuiltInBlank = ({ phase, hint }: BuiltInCell): boolean =>
  phase === phases.idle && hint === undefined;

export function writeBuiltIn(writer: ByteWriter, base: number, cell: BuiltInCell): void {
  writer.uint(cell.phase | flag(cell.hint !== undefined, 2) | ((cell.rank + 1) << 3));
  if (cell.phase !== phases.idle)
    for (const at of [cell.since, cell.clearSince, cell.lastAt]) writeAt(writer, base, at);
  if (cell.hint) writeHint(writer, cell.hint);
}

export function readBuiltIn(reader: ByteReader, base: number): BuiltInCell {
  const flags = reader.uint();
  const cell = newBuiltInCell();
  cell.phase = phaseOf(flags & 3);
  cell.rank = (flags >>> 3) - 1;
  if (cell.phase !== phases.idle) {
    cell.since = readAt(reader, base);
    cell.clearSince = readAt(reader, base);
    cell.lastAt = readAt(reader, base);
  }
  if (has(flags, 2)) cell.hint = readHint(reader);
  return cell;
}
