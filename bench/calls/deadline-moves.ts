/** How often a device's deadline moves in its index: counted on the device's own clock, which a platform cannot hurry. */
import { DeviceId } from '../../functions/domain/ids.ts';
import { benchRegistration, type Make, packSource } from '../fleet.ts';
import { openWorld } from '../world.ts';

/** Messages looked at: about an hour of the device. */
const messageCount = 288;

/** An entry that moves is taken out and put in: two write units of the index. */
const unitsPerMove = 2;

/** Index write units a message while nothing changes. */
export async function indexUnitsPerMessage(make: Make): Promise<number> {
  const startAt = 1_800_000_000_000;
  const deviceId = DeviceId.parse('gas-corridor-1-0001');
  const world = openWorld([benchRegistration(deviceId, startAt, make)]);
  const source = packSource(deviceId, startAt, make);
  for (let message = 1; message <= messageCount; message += 1) {
    const at = startAt + message * make.packEveryMs;
    await world.take(deviceId, source.next(at), at);
  }
  let moves = 0;
  for (const [position, { dueAt }] of world.writes.entries())
    if (position > 0 && dueAt !== world.writes[position - 1]?.dueAt) moves += 1;
  return (moves * unitsPerMove) / (world.writes.length - 1);
}
