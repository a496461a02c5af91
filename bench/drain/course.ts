/** How the two queues empty, looked at once a second, and what the emulator needs for it. */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
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
  /** Nothing old stood in the telemetry queue for the first time. */
  readonly freeAt: number;
  /** Both queues were. */
  readonly emptyAt: number;
  readonly telemetryMost: number;
  readonly backlogMost: number;
  /** Processor time of the emulator's process by time that passed until `emptyAt`. */
  readonly busyShare: number;
  /** Mean of the machine's load. */
  readonly load: number;
}

const lookEveryMs = 1_000;
const tellEveryLooks = 20;
/** Longest wait of all, in milliseconds. */
const overMsMax = 45 * 60_000;
/** A message whose device was written by others each time comes again after two minutes. Milliseconds. */
const takenMsMax = 300_000;

/** The devices go on sending: so many of their messages, and of the fresh ones, are always on their way. */
const onTheirWayMax = 10;

/** Ticks of the kernel's clock; Linux has had a hundred a second for ever. */
const tickMs = 10;

/** Milliseconds of processor time that the process has had. Linux only. */
function busyMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program, in parentheses, may hold anything: what counts begins behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Waits until the queue has more than what is always on its way: delays are whole seconds. */
export async function atWork(city: BenchCity): Promise<void> {
  const deadline = Date.now() + lookEveryMs * 5;
  while (Date.now() < deadline && (await depthOf(city)) <= onTheirWayMax) await delay(lookEveryMs / 20);
}

/** Watches until both queues are empty and `left`, what devices still have, is 0. @throws when that takes too long */
export async function watchCourse(city: BenchCity, startedAt: number, left: () => number): Promise<Course> {
  const emulator = (await readState(city.platform.folder))?.emulatorGroup;
  if (emulator === undefined) throw new Error('the platform of the bench does not run');
  const busyBefore = busyMs(emulator);
  const hadAll = left() <= onTheirWayMax;
  let [telemetryMost, backlogMost, loadSum] = [0, 0, 0];
  let [sentAt, freeAt]: (number | undefined)[] = [];
  for (let looks = 0; Date.now() - startedAt < overMsMax; looks += 1) {
    const onDevices = left();
    const [telemetry, backlog] = await Promise.all([depthOf(city), depthOf(city, 'BacklogQueueUrl')]);
    telemetryMost = Math.max(telemetryMost, telemetry);
    backlogMost = Math.max(backlogMost, backlog);
    loadSum += loadavg()[0] ?? 0;
    const now = Date.now();
    const isSent = onDevices <= onTheirWayMax;
    if (isSent) sentAt ??= now;
    if (looks % tellEveryLooks === 0)
      tell(`${onDevices} with devices, ${telemetry} in telemetry, ${backlog} in backlog`);
    const isFree = isSent && telemetry <= onTheirWayMax;
    if (isFree) freeAt ??= now;
    if (freeAt !== undefined && isFree && backlog === 0)
      return {
        startedAt,
        sentAt: hadAll ? undefined : sentAt,
        freeAt,
        emptyAt: now,
        telemetryMost,
        backlogMost,
        load: loadSum / (looks + 1),
        busyShare: (busyMs(emulator) - busyBefore) / (now - startedAt),
      };
    await delay(lookEveryMs);
  }
  throw new Error(`the queues were not empty after ${overMsMax / 60_000} min`);
}

/** Waits until nothing is anywhere on its way. @throws when that takes too long */
export async function allTaken(city: BenchCity, left: () => number): Promise<void> {
  const deadline = Date.now() + takenMsMax;
  while (Date.now() < deadline) {
    const [telemetry, backlog] = await Promise.all([depthOf(city), depthOf(city, 'BacklogQueueUrl')]);
    if (left() + telemetry + backlog === 0) return;
    await delay(lookEveryMs);
  }
  throw new Error(`messages were still on their way after ${takenMsMax / 1000} s`);
}
