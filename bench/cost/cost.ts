/** Dollars for a million readings, part by part; what a day costs without any; what an alert costs. */
import { memorySizeMb, telemetryWindow } from '../../infra/limits.ts';
import { type Counts, countEverything, windowBatch } from '../calls/counts.ts';
import type { Figure, Findings, Group } from '../figures.ts';
import { readingsPerPack, sampled, wide } from '../fleet.ts';
import { billedMs } from './billed.ts';
import { dailyParts } from './fixed.ts';
import { invocationDollars, type Part, telemetryParts, totalOf } from './model.ts';
import * as prices from './prices.ts';
import { goalTraffic, readingsPerSecond } from './traffic.ts';

/** The promise (docs/figures.md). */
const dollarsPerMillionMax = 0.1;
const daysPerMonth = 30;
const readingsPerMonth = readingsPerSecond * 86_400 * daysPerMonth;

const asFigures = (parts: readonly Part[]): Figure[] =>
  parts.map(({ name, dollars, how }) => ({ name, value: dollars, unit: '$', note: how }));

async function partsAt(counts: Counts, messagesPerBatch: number, make = sampled): Promise<readonly Part[]> {
  const batch = counts.bySize.get(messagesPerBatch);
  if (batch === undefined) throw new Error(`no batch of ${messagesPerBatch} was counted`);
  const memoryMb = memorySizeMb.ingest;
  return telemetryParts(await goalTraffic(messagesPerBatch, make), batch, {
    memoryMb,
    billedMs: billedMs(batch, memoryMb),
  });
}

/** A batch window's price against the time that it holds an alarm back. */
async function windowGroup(counts: Counts): Promise<Group> {
  const withWindow = totalOf(await partsAt(counts, windowBatch));
  const without = totalOf(await partsAt(counts, 1));
  const dollarsPerMonth = ((without - withWindow) * readingsPerMonth) / 1_000_000;
  return {
    title: `Batch window (infra/limits.ts has ${telemetryWindow.toSeconds()} s)`,
    figures: [
      { name: 'window 1 s', value: withWindow, unit: '$', note: `batches of ${windowBatch}` },
      { name: 'window 0 s', value: without, unit: '$', note: 'every message a batch of its own' },
      {
        name: 'saved a month by 1 s',
        value: dollarsPerMonth,
        unit: '$',
        note: `at ${readingsPerSecond} readings/s; an alarm waits up to 1 s longer, half of it on average`,
      },
    ],
  };
}

function alertGroup({ raised, bySize, notified }: Counts): Group {
  const ingest = { memoryMb: memorySizeMb.ingest, billedMs: billedMs(raised, memorySizeMb.ingest) };
  const quiet = bySize.get(1);
  const quietDollars = quiet === undefined ? 0 : invocationDollars(quiet, ingest, 0);
  const commit = invocationDollars(raised, ingest, 0) - quietDollars;
  const notify = { memoryMb: memorySizeMb.notify, billedMs: billedMs(notified, memorySizeMb.notify) };
  const decision = invocationDollars(notified, notify, 0);
  const thousand = 1000;
  return {
    title: 'A thousand alerts raised (apart from the million readings)',
    figures: [
      { name: 'commit', value: commit * thousand, unit: '$', note: 'transaction against an ordinary write' },
      { name: 'notify', value: decision * thousand, unit: '$', note: 'function, log of decisions' },
      { name: 'stream', value: 0, unit: '$', note: 'reads by a mapping are free' },
      {
        name: 'SNS',
        value: prices.snsPublish * thousand,
        unit: '$',
        note: 'publish; queues are free, SMS not',
      },
    ],
  };
}

export async function measureCost(
  { batches }: { readonly batches: number },
  basePython: string,
): Promise<Findings> {
  const counts = await countEverything(batches, basePython);
  const parts = await partsAt(counts, windowBatch);
  const daily = dailyParts(counts);
  const traffic = await goalTraffic(windowBatch, sampled);
  const monthsKept = 24;
  const kept = ((traffic.readings / traffic.readingsPerMessage) * traffic.archiveZippedBytes) / prices.gb;
  return {
    groups: [
      {
        title: `A million readings, ${readingsPerSecond}/s, 25 a message, batches of ${windowBatch}`,
        figures: [
          ...asFigures(parts),
          { name: 'sum', value: totalOf(parts), unit: '$', goal: dollarsPerMillionMax },
          {
            name: 'sensors in turn',
            value: totalOf(await partsAt(counts, windowBatch, wide)),
            unit: '$',
            note: `the sum for ${wide.sensorCount} sensors that never report together: their deadlines move with every message`,
          },
          {
            name: 'archive kept on',
            value: kept * prices.s3GbMonth * (monthsKept - 1),
            unit: '$',
            note: `apart: the other ${monthsKept - 1} months of the archive`,
          },
        ],
      },
      await windowGroup(counts),
      {
        title: 'A day before the first device reports',
        figures: [
          ...asFigures(daily),
          { name: 'sum', value: totalOf(daily), unit: '$' },
          { name: 'a month', value: totalOf(daily) * daysPerMonth, unit: '$' },
        ],
      },
      alertGroup(counts),
    ],
    remarks: [
      `Devices of ${sampled.sensorCount} sensors, each sampled ${readingsPerPack / sampled.sensorCount} times a message, a message every ${sampled.packEveryMs / 1000} s.`,
      `List prices of us-east-1, ${prices.pricesAsOf}, first tier, no free tier; never billed. bench/cost/prices.ts has each with its source.`,
      'A batch of eight is what a window of 1 s gathers at 8 messages a second when one poll takes them all.',
      'Not in it: keys, alarms, dashboard and metrics by the month (docs/deploy.md), storage and recovery of the tables, data that leaves the region.',
    ],
  };
}
