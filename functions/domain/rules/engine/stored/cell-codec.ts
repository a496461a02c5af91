/** What this room knows: what a rule means. This file: how one cell lies in bytes; an idle one in about ten. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import { type Calm, type Cell, type Machine, never, newCell, newMachine, phases } from '../cell.ts';
import { blankFrom } from '../settled.ts';
import { spanKinds } from '../spans.ts';
import { flag, has, phaseOf, readAt, writeAt } from './at-codec.ts';
import { readHint, writeHint } from './built-in-codec.ts';
import { counts, isBlank, readMachine, writeMachine } from './machine-codec.ts';

/** Instants as their distance from a common one, so that recent ones are short; 0 stands for none. */
export interface InstantCodec {
  readonly base: number;
  /** The sensor's newest instant, which most of its cells share. */
  readonly sensorAt: number;
}

/** A cell as it is once it has caught up with the calm readings of its sensor, without a copy of it; see `settled`. */
export interface CaughtUp {
  readonly cell: Cell;
  /** The newest stretch of every severity reaches to `evaluatedAt`. */
  readonly isCalm: boolean;
  /** Since when the severities without a stretch are known false; see `blankFrom`. */
  readonly blankFrom: number;
  readonly evaluatedAt: number;
  readonly lifeAt: number;
  readonly lifeSetAt: number;
}

export function caughtUp(cell: Cell, calm: Calm | undefined): CaughtUp {
  const evaluatedAt = calm === undefined ? cell.evaluatedAt : calm.at;
  const { lifeAt, lifeSetAt } = calm !== undefined && calm.lifeAt > cell.lifeAt ? calm : cell;
  const from = blankFrom(cell, calm);
  return { cell, isCalm: cell.isCalm || calm !== undefined, blankFrom: from, evaluatedAt, lifeAt, lifeSetAt };
}

/** Start of the one known-false stretch that all severities share up to the newest instant; `undefined` when it is not so. */
function calmFrom({ cell: { machines }, isCalm, blankFrom, evaluatedAt }: CaughtUp): number | undefined {
  const blank = blankFrom === never ? undefined : blankFrom;
  const from = machines[0]?.spans[1] ?? blank;
  for (const machine of machines) {
    const { phase, closed, spans } = machine;
    const isOne =
      phase === phases.idle &&
      closed.length === 0 &&
      (spans.length === 0
        ? from !== undefined && blank === from
        : spans.length === 3 &&
          spans[0] === spanKinds.isFalse &&
          spans[1] === from &&
          (isCalm || spans[2] === evaluatedAt)) &&
      !counts(machine);
    if (!isOne) return undefined;
  }
  return from;
}

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
function isSame(one: CaughtUp, from: number, before: CaughtUp): boolean {
  return (
    before.evaluatedAt === one.evaluatedAt &&
    before.lifeAt === one.lifeAt &&
    before.lifeSetAt === one.lifeSetAt &&
    one.cell.hint === undefined &&
    before.cell.hint === undefined &&
    !hasExtras(one.cell) &&
    !hasExtras(before.cell) &&
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
  one: CaughtUp,
  before?: CaughtUp,
): void {
  const { cell, evaluatedAt, lifeAt, lifeSetAt } = one;
  const from = calmFrom(one);
  if (from !== undefined && before !== undefined && isSame(one, from, before)) {
    writer.uint(layouts.same);
    return;
  }
  const layout =
    from !== undefined
      ? layouts.calm
      : one.blankFrom === never && cell.machines.every(isBlank)
        ? layouts.blank
        : layouts.full;
  const isAtSensor = evaluatedAt === sensorAt;
  const isSetNow = lifeSetAt === base;
  const withExtras = hasExtras(cell);
  writer.uint(
    layout | flag(cell.hint !== undefined, 2) | flag(isAtSensor, 3) | flag(isSetNow, 4) | flag(withExtras, 5),
  );
  if (!isAtSensor) writeAt(writer, base, evaluatedAt);
  writeAt(writer, base, lifeAt);
  if (!isSetNow) writeAt(writer, base, lifeSetAt);
  if (withExtras) writeExtras(writer, base, cell);
  if (cell.hint) writeHint(writer, cell.hint);
  if (from !== undefined) writer.uint(evaluatedAt - from);
  else if (layout === layouts.full) {
    const calmTo = one.isCalm ? evaluatedAt : never;
    for (const machine of cell.machines) writeMachine(writer, base, machine, calmTo, one.blankFrom);
  }
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
