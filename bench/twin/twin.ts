/** Bytes of the state of a device: each further KB costs a write unit a message. */

import { twinUpdate } from '../../functions/adapters/dynamo/twin-items.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import { instant } from '../../functions/domain/time.ts';
import type { TwinWrite } from '../../functions/usecases/ports/alerts.ts';
import { itemBytes, writeUnitBytes, writeUnits } from '../calls/units.ts';
import type { Findings } from '../figures.ts';
import { benchRegistration, packSource, readingsPerPack, wide } from '../fleet.ts';
import { openWorld } from '../world.ts';

const { packEveryMs, sensorCount } = wide;

/** Long enough for the 64 remembered messages to be full and for older ones to be a range. */
const packCount = 200;
/** 2 %LEL above the alarm: one open alert. */
const breachLel = 22;

/** Bytes of the item as `twinUpdate` leaves it in the table. */
export function storedBytes(write: TwinWrite): number {
  const { Key, ExpressionAttributeNames: names, ExpressionAttributeValues: values } = twinUpdate('t', write);
  const set = Object.entries(values).flatMap(([placeholder, value]) => {
    const name = Object.entries(names).find(([key]) => key.slice(1) === placeholder.slice(1))?.[1];
    return name === undefined ? [] : [[name, value] as const];
  });
  return itemBytes({ ...Key, ...Object.fromEntries(set) });
}

export async function measureTwin(): Promise<Findings> {
  const startAt = 1_800_000_000_000;
  const deviceId = DeviceId.parse('gas-corridor-1-0042');
  const world = openWorld([benchRegistration(deviceId, startAt)]);
  const source = packSource(deviceId, startAt);
  for (let pack = 1; pack <= packCount; pack += 1) {
    const at = startAt + pack * packEveryMs;
    await world.take(deviceId, source.next(at), at);
  }
  const idle = lastOf(world.writes);
  const at = startAt + (packCount + 1) * packEveryMs;
  const pack = source.breach(at, breachLel);
  await world.take(deviceId, pack, at);
  await world.take(deviceId, source.next(at + packEveryMs), at + packEveryMs);
  const alarmed = lastOf(world.writes);
  const how = `after ${packCount} packs of ${readingsPerPack} readings, the seed city's rule book`;
  return {
    groups: [
      {
        title: `Twin of ${sensorCount} sensors`,
        figures: [
          { name: 'state, idle', value: idle.bytes.length, unit: 'bytes', goal: writeUnitBytes, note: how },
          {
            name: 'item in the table, idle',
            value: storedBytes(idle),
            unit: 'bytes',
            goal: writeUnitBytes,
            note: 'with key, version, deadline and its shard, by the rules of DynamoDB',
          },
          { name: 'write units a message', value: writeUnits(storedBytes(idle)), unit: 'units', goal: 1 },
          {
            name: 'item with one open alert',
            value: storedBytes(alarmed),
            unit: 'bytes',
            note: `${writeUnits(storedBytes(alarmed))} write units, two in a transaction for each`,
          },
          { name: 'one pack on the wire', value: pack.length, unit: 'bytes', note: 'SenML JSON, RFC 8428' },
        ],
      },
    ],
  };
}

function lastOf(writes: readonly TwinWrite[]): TwinWrite {
  const last = writes.at(-1);
  if (last === undefined) throw new Error('ingest wrote no twin');
  return { ...last, dueAt: last.dueAt ?? instant(0) };
}
