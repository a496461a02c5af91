/** What a drain found, as figures. */
import { availableParallelism } from 'node:os';
import type { Figure, Findings } from '../figures.ts';
import { probeSensorCount } from '../latency/probe-city.ts';
import type { Timed } from '../latency/probes.ts';
import { percentile } from '../numbers.ts';
import type { Course } from './course.ts';
import { packEveryMs, waitingDeviceCount } from './hour.ts';
import type { Lost } from './lost.ts';

export interface DrainOptions {
  readonly count: number;
  /** What stood still for the hour: the functions, or the network between devices and broker. */
  readonly after: 'ingest' | 'network';
}

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
    {
      name: 'load of the machine meanwhile',
      value: course.load,
      unit: '',
      note: `mean; it has ${availableParallelism()} processors`,
    },
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

export interface Drained {
  readonly options: DrainOptions;
  readonly lost: Lost;
  readonly course: Course;
  /** Fresh messages, all the time. */
  readonly fresh: readonly Timed[];
}

export function findingsOf({ options, lost, course, fresh }: Drained): Findings {
  const { count, after } = options;
  const { startedAt, sentAt, freeAt, emptyAt } = course;
  const sentIn = (from: number, until: number) => fresh.filter(({ at }) => at >= from && at < until);
  const stood = after === 'ingest' ? 'ingest stood still' : 'the devices had no network';
  return {
    groups: [
      {
        title: `${count} messages of an hour in which ${stood}`,
        figures: [
          { name: 'not in the twins', value: lost.inTwins, unit: 'messages', goal: 0 },
          { name: 'not in the archive', value: lost.inArchive, unit: 'messages', goal: 0 },
          ...(sentAt === undefined
            ? []
            : [
                seconds(
                  'until the broker had everything',
                  startedAt,
                  sentAt,
                  'ten unacknowledged messages a device',
                ),
              ]),
          ...courseFigures(course, count),
          ...latencyFigures('nothing waits', sentIn(0, startedAt)),
          ...latencyFigures('behind old ones', sentIn(startedAt, freeAt)),
          ...latencyFigures('while the backlog empties', sentIn(freeAt, emptyAt)),
        ],
      },
    ],
    remarks: [
      `Devices: ${waitingDeviceCount}, each a pack of ${probeSensorCount} readings in ${packEveryMs / 1000} s all the time, values calm. Fresh messages: each an alert or a rise of one, from publish over MQTT to the regulator’s queue.`,
      'The emulator keeps a queue as one list in one process: each take and each delete walks through all of it.',
    ],
  };
}
