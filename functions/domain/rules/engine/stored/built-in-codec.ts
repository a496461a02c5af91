/** What this room knows: what a rule means. This file: how the alerts on a sensor's data lie in bytes. */
import { AssertionError } from 'node:assert';
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import { AlertId } from '../../../ids.ts';
import { type AlertHint, type BuiltInCell, newBuiltInCell, phases } from '../cell.ts';
import { flag, has, phaseOf, readAt, writeAt } from './at-codec.ts';

export function writeHint(writer: ByteWriter, hint: AlertHint): void {
  writer.text(hint.alertId);
  writer.uint(hint.alertVersion);
}

/** @throws AssertionError when that is no id of an alert */
export function readHint(reader: ByteReader): AlertHint {
  const alertId = AlertId.safeParse(reader.text());
  if (!alertId.success) throw new AssertionError({ message: 'stored state names an alert by what is no id' });
  return { alertId: alertId.data, alertVersion: reader.uint() };
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
