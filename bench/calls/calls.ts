/** Calls and units for a batch of ten messages, and for everything beside it. */
import type { Figure, Findings, Group } from '../figures.ts';
import { readingsPerPack, wide } from '../fleet.ts';
import { shown } from '../numbers.ts';
import type { Counted } from './batches.ts';
import { type Counts, countEverything, fullBatch } from './counts.ts';
import { allCalls, readCalls, writeCalls } from './tally.ts';

const listed = ({ tally }: Counted): string =>
  Object.entries(tally.calls)
    .map(([name, count]) => `${shown(count)} ${name}`)
    .join(', ');

const units = ({ tally }: Counted): readonly Figure[] => [
  { name: 'read units', value: tally.readUnits, unit: 'units', note: 'by DynamoDB’s rules from item sizes' },
  { name: 'write units', value: tally.writeUnits, unit: 'units', note: 'as the emulator bills them' },
  {
    name: 'index write units',
    value: tally.indexWriteUnits,
    unit: 'units',
    note: 'as the emulator bills them',
  },
];

function batchGroup(title: string, counted: Counted, writesMax: number): Group {
  return {
    title,
    figures: [
      { name: 'read calls', value: readCalls(counted.tally), unit: 'calls', goal: 1 },
      { name: 'write calls', value: writeCalls(counted.tally), unit: 'calls', goal: writesMax },
      { name: 'all calls', value: allCalls(counted.tally), unit: 'calls', note: listed(counted) },
      ...units(counted),
      { name: 'CPU time', value: counted.cpuMs, unit: 'ms', note: 'of this machine' },
      { name: 'log', value: counted.loggedBytes, unit: 'bytes', note: 'metrics included' },
    ],
  };
}

const otherGroup = (title: string, counted: Counted): Group => ({
  title,
  figures: [
    { name: 'all calls', value: allCalls(counted.tally), unit: 'calls', note: listed(counted) },
    ...units(counted),
  ],
});

export function callGroups(counts: Counts): readonly Group[] {
  return [
    batchGroup('A batch of ten messages of ten devices, nothing changes', counts.full, fullBatch),
    batchGroup('A batch of ten messages of one device, nothing changes', counts.ofOneDevice, 1),
    otherGroup('A message that raises an alert', counts.raised),
    otherGroup('A transition in notify', counts.notified),
    otherGroup('A tick of sweep with nothing due', counts.tick),
    otherGroup('A tick that finds its work done', counts.spareTick),
    otherGroup('A plan of ticks', counts.plan),
    otherGroup('A canary in ingest', counts.canary),
  ];
}

export async function measureCalls(
  { batches }: { readonly batches: number },
  basePython: string,
): Promise<Findings> {
  return {
    groups: callGroups(await countEverything(batches, basePython)),
    remarks: [
      `Counted by a middleware on the SDK's clients in the real entries; means of ${batches} after a warm-up.`,
      `Devices of ${wide.sensorCount} sensors, ${readingsPerPack} readings a message; on a device's clock a message comes every ${wide.packEveryMs / 1000} s, here at once, so that the deadline's index hardly moves: cost counts that apart.`,
    ],
  };
}
