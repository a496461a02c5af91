/** What this room knows: what devices say. This file: what telemetry keeps of a device, as a part of its twin. */
import type { ByteReader, ByteWriter } from '../bytes.ts';
import { instant } from '../time.ts';
import { type BootClock, type ClockState, emptyClock, type WrongClock } from './clock.ts';
import { emptyMemory, type Memory } from './memory.ts';
import { decodeMemory, encodeMemory } from './memory-bytes.ts';

export interface TelemetryState {
  readonly memory: Memory;
  readonly clock: ClockState;
}

/** Of a device that was never heard. */
export const emptyTelemetryState: TelemetryState = { memory: emptyMemory, clock: emptyClock };

/** Appends the state; it says its own length, so that more of the twin may follow. */
export function encodeTelemetryState(writer: ByteWriter, { memory, clock }: TelemetryState): void {
  encodeMemory(writer, memory);
  writer.uint(clock.boots.length);
  for (const { boot, backMs, wrong } of clock.boots) {
    writer.text(boot);
    writer.uint(backMs);
    writer.uint(wrong?.packCount ?? 0);
    if (wrong === undefined) continue;
    writer.int(wrong.offsetMs);
    writer.int(wrong.sentAtMs);
    writer.uint(wrong.receivedAt);
  }
}

/** @throws AssertionError when the bytes end early. */
export function decodeTelemetryState(reader: ByteReader): TelemetryState {
  const memory = decodeMemory(reader);
  const boots = Array.from({ length: reader.count() }, () => decodeBootClock(reader));
  return { memory, clock: { boots } };
}

function decodeBootClock(reader: ByteReader): BootClock {
  const boot = reader.text();
  const backMs = reader.uint();
  return { boot, backMs, wrong: decodeWrongClock(reader) };
}

function decodeWrongClock(reader: ByteReader): WrongClock | undefined {
  const packCount = reader.uint();
  if (packCount === 0) return undefined;
  const offsetMs = reader.int();
  return { packCount, offsetMs, sentAtMs: reader.int(), receivedAt: instant(reader.uint()) };
}
