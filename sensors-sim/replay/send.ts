import { createLink, type LinkWatch } from '../device/link.ts';
import { createOutbox } from '../device/outbox.ts';
import type { LoggedReading } from '../device/pack.ts';
import type { Timers } from '../device/timers.ts';
import type { Transport } from '../device/transport.ts';
import { createRandom } from '../random.ts';

export interface ReplayParts {
  readonly deviceId: string;
  readonly topic: string;
  readonly packs: readonly (readonly LoggedReading[])[];
  readonly transport: Transport;
  readonly timers: Timers;
  /** True once the platform has committed pack number `index` (from 0); false when it cannot tell. @throws never */
  isCommitted(index: number): Promise<boolean>;
  /** A pack is with the platform for good. */
  passed?(index: number): void;
  readonly watch?: LinkWatch;
}

/** How often the platform is asked whether a pack is committed. */
export const askEveryMs = 1_000;

/**
 * Sends a backlog pack by pack: the next one leaves when the one before is committed, so that no queue of
 * the platform can turn their order round.
 *
 * @returns stops it; `done` is called once after the last pack
 */
export function sendBacklog(parts: ReplayParts, done: () => void): () => void {
  const { deviceId, timers, packs } = parts;
  const startedAt = timers.now();
  const random = createRandom(`replay/${deviceId}`);
  const boot = `replay-${startedAt.toString(36)}`;
  const outbox = createOutbox({ deviceId, boot });
  const link = createLink({ ...parts, outbox, random, watch: parts.watch ?? {} });
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    link.stop();
  };
  const ask = async (index: number): Promise<void> => {
    if (isStopped) return;
    const isPassed = outbox.waiting + outbox.underWay === 0 && (await parts.isCommitted(index));
    if (isPassed) {
      parts.passed?.(index);
      send(index + 1);
    } else timers.at(timers.now() + askEveryMs, () => ask(index));
  };
  const send = (index: number): void => {
    const pack = packs[index];
    if (pack === undefined) {
      stop();
      done();
      return;
    }
    outbox.store(pack);
    link.drain();
    timers.at(timers.now() + askEveryMs, () => ask(index));
  };
  link.start();
  send(0);
  return stop;
}
