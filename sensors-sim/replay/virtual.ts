import { DeviceId } from '../../functions/domain/ids.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import type { PlacedDevice } from '../city.ts';
import type { ObservedChange } from '../scenario/observed.ts';
import { SimError } from '../sim-error.ts';
import { registrationOf } from '../virtual/registrations.ts';
import { createVirtualWorld } from '../virtual/world.ts';
import { backlogOf, shiftOf } from './backlog.ts';
import { sendBacklog } from './send.ts';
import type { RecordedRow } from './series.ts';

export interface ReplayReport {
  readonly changes: readonly ObservedChange[];
  /** Milliseconds by which the series was moved: recorded time = phenomenon time − shift. */
  readonly shift: number;
  readonly packs: number;
  readonly errors: readonly string[];
}

/** Longest a virtual replay takes in its own time. */
const replayForMs = 3_600_000;

/** Replays a series into a platform in this process whose clock stands at `now`. */
export async function replayVirtually(
  rows: readonly RecordedRow[],
  placed: PlacedDevice,
  book: RuleBook,
  now: number,
): Promise<ReplayReport> {
  const { device } = placed;
  const [sensor] = device.sensors;
  if (sensor === undefined) throw new SimError('a replayed device has one sensor');
  const world = createVirtualWorld(book, now, now + replayForMs);
  world.platform.register(registrationOf(placed, now));
  const deviceId = DeviceId.parse(device.deviceId);
  const packs = backlogOf(rows, { sensorId: sensor.sensorId, unit: sensor.instrument.unit }, now);
  let before = world.platform.versionOf(deviceId);
  let isDone = false;
  sendBacklog(
    {
      deviceId,
      topic: world.broker.topicOf(deviceId),
      packs,
      transport: world.broker.transportOf(deviceId, deviceId),
      timers: world.loop,
      isCommitted: async () => world.platform.versionOf(deviceId) > before && world.isIdle(),
      passed: () => {
        before = world.platform.versionOf(deviceId);
      },
    },
    () => {
      isDone = true;
    },
  );
  while (!isDone && world.loop.now() < now + replayForMs) await world.loop.run(world.loop.now() + 10_000);
  return {
    changes: world.changes,
    shift: shiftOf(rows, now),
    packs: packs.length,
    errors: world.platform.errors,
  };
}
