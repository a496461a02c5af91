/** What this room knows: what a rule means. This file: how the timers of one severity lie in bytes. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import { type Machine, never, newMachine, phases } from '../cell.ts';
import { type Spans, spanKinds } from '../spans.ts';
import { flag, has, phaseOf, readAt, writeAt } from './at-codec.ts';

/** It has something to count: breaches or recoveries. */
export const counts = ({ counting }: Machine): boolean => {
  const { hits, countsAll, isBorrowed, recoveries } = counting;
  return hits.length > 0 || countsAll || isBorrowed || recoveries.length > 0;
};

export const isBlank = (machine: Machine): boolean => {
  const { phase, closed, spans } = machine;
  return phase === phases.idle && closed.length === 0 && spans.length === 0 && !counts(machine);
};

/** At most `spansMax` of them, and one that stands for what was forgotten. */
const spanCountBits = 0b1111;

/**
 * @param calmTo where its newest stretch ends, whatever that says; `never` when it says so itself
 * @param blankFrom where a known-false stretch begins if it has none
 */
export function writeMachine(
  writer: ByteWriter,
  base: number,
  machine: Machine,
  calmTo: number,
  blankFrom: number,
): void {
  const { phase, closed, gaps } = machine;
  const isBlank = machine.spans.length === 0 && blankFrom !== never;
  const { forgottenTo } = machine;
  const hasForgotten = forgottenTo !== never;
  const known = isBlank ? [spanKinds.isFalse, blankFrom, calmTo] : machine.spans;
  const spans = hasForgotten ? [spanKinds.isFalse, forgottenTo, forgottenTo, ...known] : known;
  writer.uint(
    phase |
      flag(machine.isHeld, 2) |
      flag(closed.length > 0, 3) |
      flag(gaps.length > 0, 4) |
      ((spans.length / 3) << 5) |
      flag(counts(machine), 9) |
      flag(hasForgotten, 10),
  );
  if (phase !== phases.idle) {
    writeAt(writer, base, machine.since);
    writeAt(writer, base, machine.deadlineAt);
    writeAt(writer, base, machine.clearSince);
  }
  if (closed.length > 0) writeTimes(writer, base, closed);
  if (gaps.length > 0) writeTimes(writer, base, gaps);
  if (counts(machine)) {
    const { countsAll, isBorrowed, countsFrom, hits, recoveries } = machine.counting;
    writer.uint(flag(countsAll, 0) | flag(isBorrowed, 1));
    writeAt(writer, base, countsFrom);
    writeTimes(writer, base, hits);
    writeTimes(writer, base, recoveries);
  }
  let last = base;
  for (let i = 0; i + 2 < spans.length; i += 3) {
    const kind = spans[i] ?? 0;
    const from = spans[i + 1] ?? 0;
    const to = calmTo !== never && i + 3 === spans.length ? calmTo : (spans[i + 2] ?? 0);
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
  const times: number[] = [];
  for (let count = reader.uint(); count > 0; count--) {
    last += reader.int();
    times.push(last);
  }
  return times;
}

export function readMachine(reader: ByteReader, base: number): Machine {
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
    const flags = reader.uint();
    machine.counting = {
      countsAll: has(flags, 0),
      isBorrowed: has(flags, 1),
      countsFrom: readAt(reader, base),
      hits: readTimes(reader, base),
      recoveries: readTimes(reader, base),
    };
  }
  const spans: Spans = [];
  let last = base;
  for (let count = (flags >>> 5) & spanCountBits; count > 0; count--) {
    const from = last + reader.int();
    const coded = reader.uint();
    last = from + Math.floor(coded / 4);
    spans.push(coded % 4, from, last);
  }
  // Code that does not know it takes it for a known-false as any other, so the format stays the same.
  if (has(flags, 10)) machine.forgottenTo = spans.splice(0, 3)[1] ?? never;
  machine.spans = spans;
  return machine;
}
