/** An hour of messages taken in while fresh ones go on: how long it takes, what fresh ones wait, and whether any is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { createCloser } from '../../local/platform/closer.ts';
import { startCity } from '../city.ts';
import type { Figure, Findings } from '../figures.ts';
import { listen } from '../latency/heard.ts';
import { probeDeviceCount, probeEnterprise, probeSensorCount } from '../latency/probe-city.ts';
import { openProbes, type Timed } from '../latency/probes.ts';
import { percentile } from '../numbers.ts';
import { tell } from '../report.ts';
import { comeBack } from './come-back.ts';
import { type Course, watchCourse } from './course.ts';
import { fillQueue } from './fill-queue.ts';
import { packsOfAnHour, seqsOfAnHour, waitingDeviceCount, waitingEnterprise } from './hour.ts';
import { lostOf } from './lost.ts';

export interface DrainOptions {
  readonly count: number;
  /** What stood still for the hour: the functions, or the network between devices and broker. */
  readonly after: 'ingest' | 'network';
}

const settleMs = 5_000;
/** Fresh messages before anything waits, one a second. */
const calmCount = 60;
/** Each sensor of a probe can be raised twice. */
const freshCountMax = 2 * probeDeviceCount * probeSensorCount - calmCount;
/** Time to fill the queue in, for each message: generous, for nothing may come out of it before it is full. Milliseconds. */
const fillMsEach = 10;
const fillMsLeast = 10_000;
/** SQS delays a message by at most so long. */
const delayMsMax = 900_000;
/** Longest wait for the last fresh messages, in milliseconds. */
const hearWithinMs = 180_000;

function latencyFigures(name: string, timed: readonly Timed[]): readonly Figure[] {
  const heard = timed.flatMap(({ tookMs }) => (tookMs === undefined ? [] : [tookMs / 1000]));
  const note = `${heard.length} of ${timed.length} heard, one sent a second`;
  if (heard.length === 0) return [{ name: `fresh, ${name}`, unit: 's', note }];
  return [
    { name: `fresh, ${name}, p50`, value: percentile(heard, 0.5), unit: 's', note },
    { name: `fresh, ${name}, p99`, value: percentile(heard, 0.99), unit: 's' },
  ];
}

const seconds = (name: string, from: number, until: number, note: string): Figure => ({
  name,
  value: (until - from) / 1000,
  unit: 's',
  note,
});

function courseFigures({ startedAt, freeAt, emptyAt, ...course }: Course, count: number): readonly Figure[] {
  const rate = (ms: number) => `${((count * 1000) / ms).toFixed(0)} a second`;
  return [
    seconds(
      'until fresh ones stand behind no old one',
      startedAt,
      freeAt,
      `the telemetry queue is empty; ${rate(freeAt - startedAt)}`,
    ),
    seconds(
      'until everything is taken in',
      startedAt,
      emptyAt,
      `the backlog is empty too; ${rate(emptyAt - startedAt)}`,
    ),
    { name: 'most in the telemetry queue', value: course.telemetryMost, unit: 'messages' },
    { name: 'most in the backlog queue', value: course.backlogMost, unit: 'messages' },
    {
      name: 'the emulator’s own processor time until then',
      value: course.busyShare,
      unit: 'cores',
      note: 'one process; of 1 it can have',
    },
  ];
}

export async function measureDrain({ count, after }: DrainOptions, basePython: string): Promise<Findings> {
  const closer = createCloser((error) => tell(error instanceof Error ? error.message : String(error)));
  try {
    const city = await startCity(basePython, closer, [probeEnterprise, waitingEnterprise]);
    const ear = listen(city.sqs, city.platform.outputs.LiveViewQueueUrl);
    await closer.defer(ear.stop);
    const probes = await openProbes(city.broker, ear);
    await closer.defer(probes.close);
    await delay(settleMs);
    tell(`${calmCount} fresh messages, nothing else`);
    const calm = await probes.runWhile((sent) => sent < calmCount, 1, hearWithinMs);

    const boot = `hour-${Date.now().toString(36)}`;
    let startedAt = Date.now();
    let left = () => 0;
    if (after === 'ingest') {
      startedAt += Math.min(delayMsMax, Math.max(fillMsLeast, count * fillMsEach));
      tell(`${count} messages of an hour into the queue`);
      await fillQueue(city, packsOfAnHour(count, startedAt), boot, startedAt);
      await delay(Math.max(0, startedAt - Date.now()));
    } else {
      tell(`${waitingDeviceCount} devices come back with ${count} packs of an hour`);
      const coming = comeBack(city, packsOfAnHour(count, startedAt), boot);
      await closer.defer(coming.stop);
      left = coming.left;
    }
    let isOver = false;
    const watching = watchCourse(city, startedAt, left).finally(() => {
      isOver = true;
    });
    const [course, fresh] = await Promise.all([
      watching,
      probes.runWhile((sent) => !isOver && sent < freshCountMax, 1, hearWithinMs),
    ]);
    tell('looking for every message in twins and archive');
    const lost = await lostOf(city, seqsOfAnHour(count), boot);
    const [crowded, free] = [
      fresh.filter(({ at }) => at < course.freeAt),
      fresh.filter(({ at }) => at >= course.freeAt && at < course.emptyAt),
    ];
    return {
      groups: [
        {
          title: `An hour of ${count} messages, after ${after === 'ingest' ? 'an hour in which ingest stood still' : 'an hour in which the devices had no network'}`,
          figures: [
            { name: 'not in the twins', value: lost.inTwins, unit: 'messages', goal: 0 },
            { name: 'not in the archive', value: lost.inArchive, unit: 'messages', goal: 0 },
            ...(course.sentAt === undefined
              ? []
              : [
                  seconds(
                    'until the broker had everything',
                    startedAt,
                    course.sentAt,
                    'ten unacknowledged messages a device',
                  ),
                ]),
            ...courseFigures(course, count),
            ...latencyFigures('nothing else', calm),
            ...latencyFigures('behind old ones', crowded),
            ...latencyFigures('while the backlog empties', free),
          ],
        },
      ],
      remarks: [
        `Devices: ${waitingDeviceCount}, a pack of ${probeSensorCount} readings each five seconds; values calm. Fresh messages: each an alert or a rise of one, from publish over MQTT to the regulator’s queue.`,
        'The emulator keeps a queue as one list in one process: each take and each delete walks through all of it.',
      ],
    };
  } finally {
    await closer.close();
  }
}
