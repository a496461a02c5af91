/** An hour of messages taken in while fresh ones go on: how long it takes, what fresh ones wait, and whether any is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { createCloser } from '../../local/platform/closer.ts';
import { startCity } from '../city.ts';
import type { Findings } from '../figures.ts';
import { listen } from '../latency/heard.ts';
import { probeDeviceCount, probeEnterprise, probeSensorCount } from '../latency/probe-city.ts';
import { openProbes } from '../latency/probes.ts';
import { tell } from '../report.ts';
import { allTaken, atWork, watchCourse } from './course.ts';
import { fillQueue } from './fill-queue.ts';
import { type DrainOptions, findingsOf } from './findings.ts';
import { packsOfAnHour, seqsOfAnHour, waitingDeviceCount, waitingEnterprise } from './hour.ts';
import { lostOf } from './lost.ts';
import { startWaitingFleet } from './waiting-fleet.ts';

const settleMs = 5_000;
/** How long fresh messages, one a second, have the platform for themselves. Milliseconds. */
const calmForMs = 60_000;
/** Each sensor of a probe can be raised twice. */
const freshCountMax = 2 * probeDeviceCount * probeSensorCount;
/** Time to fill the queue in, for each message: generous, for nothing may come out of it before it is full. Milliseconds. */
const fillMsEach = 4;
const fillMsLeast = 10_000;
/** SQS delays a message by at most so long. */
const delayMsMax = 900_000;
/** Longest wait for the last fresh messages, in milliseconds. */
const hearWithinMs = 130_000;

export async function measureDrain(options: DrainOptions, basePython: string): Promise<Findings> {
  const { count, after } = options;
  const closer = createCloser((error) => tell(error instanceof Error ? error.message : String(error)));
  try {
    const city = await startCity(basePython, closer, [probeEnterprise, waitingEnterprise]);
    const ear = listen(city.sqs, city.platform.outputs.LiveViewQueueUrl);
    await closer.defer(ear.stop);
    const probes = await openProbes(city.broker, ear);
    await closer.defer(probes.close);
    const boots = { hour: `hour-${Date.now().toString(36)}`, live: `live-${Date.now().toString(36)}` };
    const fleet = startWaitingFleet(city, boots.live);
    await closer.defer(fleet.stop);
    await delay(settleMs);
    tell(`${calmForMs / 1000} s of fresh messages, nothing waits`);
    let isOver = false;
    // All the time: a probe that is not heard for half a minute is silent, and its sensors raise alerts of their own.
    const probing = probes.runWhile((sent) => !isOver && sent < freshCountMax, 1, hearWithinMs);
    probing.catch(() => undefined);
    await delay(calmForMs);

    let startedAt = Date.now();
    if (after === 'ingest') {
      startedAt += Math.min(delayMsMax, Math.max(fillMsLeast, count * fillMsEach));
      tell(`${count} messages of an hour into the queue`);
      await fillQueue(city, packsOfAnHour(count, startedAt), boots.hour, startedAt);
      await delay(Math.max(0, startedAt - Date.now()));
      await atWork(city);
      startedAt = Date.now();
    } else {
      tell(`${waitingDeviceCount} devices come back with ${count} packs of an hour`);
      fleet.comeBackWith(packsOfAnHour(count, startedAt));
    }
    const course = await watchCourse(city, startedAt, fleet.left);
    isOver = true;
    const fresh = await probing;
    tell('looking for every message in twins and archive');
    fleet.rest();
    await allTaken(city, fleet.left);
    const wanted = [
      { boot: boots.live, seqs: fleet.made() },
      ...(after === 'ingest' ? [{ boot: boots.hour, seqs: seqsOfAnHour(count) }] : []),
    ];
    const lost = await lostOf(city, wanted);
    return findingsOf({ options, lost, course, fresh });
  } finally {
    await closer.close();
  }
}
