import { type ApiAccess, listAlerts } from '../live/api.ts';

/** How long an alert must have stood still: a pack with many transitions is committed in several steps. */
export const stillForMs = 5_000;
/** A pack that changes no alert shows nothing; after so long it counts as committed. */
export const nothingForMs = 30_000;

/**
 * Whether the API shows that a pack is committed: the alerts of the device changed since it left and have
 * stood still since, or nothing changed for long.
 *
 * @returns asks again each call; false when the API does not answer
 */
export function committedByApi(
  access: ApiAccess,
  deviceId: string,
  now: () => number,
): { ask(): Promise<boolean>; begin(): void } {
  let beganAt = now();
  let seenAt: number | undefined;
  let stand = '';
  const look = async (): Promise<string> => {
    const alerts = await listAlerts(access);
    const own = alerts.filter(({ subject }) => subject.id.startsWith(`${deviceId}/`));
    return own
      .map(({ alertId, version }) => `${alertId}#${version}`)
      .sort()
      .join();
  };
  return {
    begin() {
      beganAt = now();
      seenAt = undefined;
    },
    async ask() {
      const next = await look().catch(() => undefined);
      if (next === undefined) return false;
      if (next !== stand) {
        stand = next;
        seenAt = now();
      }
      return seenAt === undefined ? now() - beganAt >= nothingForMs : now() - seenAt >= stillForMs;
    },
  };
}
