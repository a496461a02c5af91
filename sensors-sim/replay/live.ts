import { setTimeout as sleep } from 'node:timers/promises';
import { wallTimers } from '../device/timers.ts';
import type { Transport } from '../device/transport.ts';
import type { ApiAccess } from '../live/api.ts';
import { backlogOf, type ReplaySensor, shiftOf } from './backlog.ts';
import { committedByApi } from './committed.ts';
import { sendBacklog } from './send.ts';
import type { RecordedRow } from './series.ts';

export interface LiveReplayParts {
  readonly rows: readonly RecordedRow[];
  readonly deviceId: string;
  /** Full topic, as registration returned it. */
  readonly topic: string;
  readonly sensor: ReplaySensor;
  readonly transport: Transport;
  /** Shows which packs are committed. */
  readonly access: ApiAccess;
  passed?(index: number, packs: number): void;
}

/**
 * Sends a series to a platform as a registered device's backlog; ends when the API shows that the last
 * pack is committed.
 *
 * @returns by how many milliseconds the series was moved
 * @throws SimError when the series is older than the platform takes
 */
export async function replayLive(parts: LiveReplayParts): Promise<{ readonly shift: number }> {
  const now = wallTimers.now();
  const packs = backlogOf(parts.rows, parts.sensor, now);
  const committed = committedByApi(parts.access, parts.deviceId, wallTimers.now);
  let isDone = false;
  sendBacklog(
    {
      ...parts,
      packs,
      timers: wallTimers,
      isCommitted: committed.ask,
      passed(index) {
        committed.begin();
        parts.passed?.(index, packs.length);
      },
    },
    () => {
      isDone = true;
    },
  );
  while (!isDone) await sleep(100);
  return { shift: shiftOf(parts.rows, now) };
}
