import { deviceKey } from '../../../functions/adapters/dynamo/keys.ts';
import { DeviceId } from '../../../functions/domain/ids.ts';
import { recall } from '../../../functions/domain/telemetry/life.ts';
import { lifeCountMax, type Memory, refusedCountMax } from '../../../functions/domain/telemetry/memory.ts';
import { telemetryIn } from '../../../functions/domain/twin/twin.ts';
import type { History } from '../history.ts';
import { textOf } from '../oracle/facts/items.ts';
import type { Check } from './check.ts';

/** What the twins remember of the messages that they had, by device. */
function memoriesIn({ city, tables: { twins } }: History): ReadonlyMap<string, Memory> {
  const states = new Map(twins.map((item) => [textOf(item, 'id'), item['state']?.B]));
  return new Map(
    city.devices.flatMap(({ deviceId }) => {
      const state = states.get(deviceKey(DeviceId.parse(deviceId)));
      const telemetry = state && telemetryIn(state);
      return telemetry === undefined ? [] : [[deviceId, telemetry.memory] as const];
    }),
  );
}

/** Whether `memory` has the message, or has forgotten so much that it might have had it. */
const mayKnow = ({ lives, refused }: Memory, boot: string, seq: number): boolean =>
  lives.some((life) => life.boot === boot && recall(life, seq) !== undefined) ||
  refused.some((one) => one.seq === seq) ||
  lives.length >= lifeCountMax ||
  refused.length >= refusedCountMax;

/**
 * Each numbered message that the queue let go of is known to its device's twin: whatever was written over by somebody who had
 * read the twin before it is not, and a repeat of it would be taken for new.
 */
export const messagesRemembered: Check = {
  name: 'messages-remembered',
  check: ({ history, messages }) => {
    const memories = memoriesIn(history);
    return messages.flatMap(({ id, kind, sender, pack, device, doneAt }) => {
      if (kind !== 'pack' || sender !== 'device' || doneAt === undefined) return [];
      const memory = device && memories.get(device.deviceId);
      const { boot, seq } = pack ?? {};
      if (memory === undefined || boot === undefined || seq === undefined) return [];
      if (mayKnow(memory, boot, seq)) return [];
      return [{ what: `message ${id} (${boot}/${seq}) is done, and its twin has never had it`, at: doneAt }];
    });
  },
};
