/** How the two queues empty, looked at once a second, and what the emulator needs for it. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readState } from '../../local/platform/state.ts';
import type { BenchCity } from '../city.ts';
import { depthOf } from '../latency/sustained.ts';
import { tell } from '../report.ts';

/** Instants in milliseconds. */
export interface Course {
  readonly startedAt: number;
  /** The broker has everything; absent when it had from the beginning. */
  readonly sentAt: number | undefined;
  /** The telemetry queue was empty for the first time. */
  readonly freeAt: number;
  /** Both queues were. */
  readonly emptyAt: number;
  readonly telemetryMost: number;
  readonly backlogMost: number;
  /** Processor time of the emulator's process by time that passed until `emptyAt`. */
  readonly busyShare: number;
}

const lookEveryMs = 1_000;
const tellEveryLooks = 20;
/** Longest wait of all, in milliseconds. */
const overMsMax = 45 * 60_000;

/** Ticks of the kernel's clock; Linux has had a hundred a second for ever. */
const tickMs = 10;

/** Milliseconds of processor time that the process has had. Linux only. */
function busyMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything: what counts begins behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Watches until both queues are empty and `left`, what devices still have, is 0. @throws when that takes too long */
export async function watchCourse(city: BenchCity, startedAt: number, left: () => number): Promise<Course> {
  const emulator = (await readState(city.platform.folder))?.emulatorGroup ?? process.pid;
  const busyBefore = busyMs(emulator);
  const hadAll = left() === 0;
  let [telemetryMost, backlogMost] = [0, 0];
  let [sentAt, freeAt]: (number | undefined)[] = [];
  for (let looks = 0; Date.now() - startedAt < overMsMax; looks += 1) {
    const onDevices = left();
    const [telemetry, backlog] = await Promise.all([depthOf(city), depthOf(city, 'BacklogQueueUrl')]);
    telemetryMost = Math.max(telemetryMost, telemetry);
    backlogMost = Math.max(backlogMost, backlog);
    const now = Date.now();
    if (onDevices === 0) sentAt ??= now;
    if (looks % tellEveryLooks === 0)
      tell(`${onDevices} with devices, ${telemetry} in telemetry, ${backlog} in backlog`);
    if (onDevices === 0 && telemetry === 0) freeAt ??= now;
    // Between two looks a message can be on its way from one queue to the other: fresh ones in flight do not matter.
    if (freeAt !== undefined && backlog === 0 && onDevices === 0 && telemetry === 0)
      return {
        startedAt,
        sentAt: hadAll ? undefined : sentAt,
        freeAt,
        emptyAt: now,
        telemetryMost,
        backlogMost,
        busyShare: (busyMs(emulator) - busyBefore) / (now - startedAt),
      };
    await delay(lookEveryMs);
  }
  throw new Error(`the queues were not empty after ${overMsMax / 60_000} min`);
}
