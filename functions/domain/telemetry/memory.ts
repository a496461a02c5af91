/** What this room knows: what devices say. This file: which messages a twin has had. */
import {
  forgetLowest,
  highestRecentOf,
  type Life,
  type MessageClock,
  newLife,
  recentCount,
  remember,
  roll,
} from './life.ts';

/** Most messages whose hash (or digest) is remembered, per device. */
export const keyCountMax = 64;

/** Most lives (boots, resets, wraps) that are remembered. */
export const lifeCountMax = 4;

/** Most refused messages that are known again when the queue delivers them twice. */
export const refusedCountMax = 8;

/** Messages of one boot that were refused for their order and fit each other: perhaps a device that started anew. */
export interface ResetRun {
  readonly boot: string;
  readonly count: number;
  readonly seq: number;
  readonly atMs: number;
}

/** A message that was refused for its order. */
export interface RefusedMessage {
  readonly seq: number;
  readonly hash: number;
}

export interface Memory {
  /** Newest last. */
  readonly lives: readonly Life[];
  /** Messages without boot and seq, newest last. */
  readonly digests: readonly number[];
  /** Refused for their order, newest last. */
  readonly refused: readonly RefusedMessage[];
  readonly run: ResetRun | undefined;
}

export const emptyMemory: Memory = { lives: [], digests: [], refused: [], run: undefined };

/** `life` in the place of `lives[at]`, or as the newest one, with the message remembered in it. */
export function withMessage(
  memory: Memory,
  at: number,
  boot: string,
  message: { readonly seq: number; readonly hash: number },
  clock: MessageClock | undefined,
): Memory {
  const [only] = memory.lives;
  if (at === 0 && only !== undefined && isFullOf(memory, only) && message.seq > highestRecentOf(only))
    return {
      lives: [roll(only, message.seq, message.hash, clock)],
      digests: memory.digests,
      refused: memory.refused,
      run: memory.run,
    };
  const life = remember(memory.lives[at] ?? newLife(boot), message.seq, message.hash, clock);
  const lives =
    memory.lives[at] === undefined
      ? [...memory.lives, life].slice(-lifeCountMax)
      : memory.lives.with(at, life);
  return trimmed({ ...memory, lives });
}

/** The usual case: one boot and nothing else, so that each message makes its lowest one forgotten. */
const isFullOf = ({ lives, digests }: Memory, life: Life): boolean =>
  lives.length === 1 && digests.length === 0 && recentCount(life) === keyCountMax;

export const withDigest = (memory: Memory, digest: number): Memory =>
  trimmed({ ...memory, digests: [...memory.digests, digest].slice(-keyCountMax) });

export const withRefused = (memory: Memory, entry: RefusedMessage, run: ResetRun | undefined): Memory => ({
  ...memory,
  refused: [...memory.refused, entry].slice(-refusedCountMax),
  run,
});

/** Within `keyCountMax`: of digests and counted keys the more numerous give way, each oldest first. */
function trimmed(memory: Memory): Memory {
  let { lives, digests } = memory;
  let counted = lives.reduce((sum, life) => sum + recentCount(life), 0);
  while (digests.length + counted > keyCountMax) {
    if (digests.length > counted) {
      digests = digests.slice(1);
      continue;
    }
    const oldest = lives.findIndex((life) => recentCount(life) > 0);
    lives = lives.map((life, at) => (at === oldest ? forgetLowest(life) : life));
    counted--;
  }
  return { ...memory, lives, digests };
}
