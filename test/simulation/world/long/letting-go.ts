import type { Accepted, History } from '../../history.ts';
import type { Along } from '../../oracle/along/along.ts';
import type { Platform } from '../platform.ts';
import type { Story } from '../story.ts';

export interface LettingGoParts {
  readonly story: Story;
  readonly platform: Platform;
  readonly along: Along;
  /** What has expired is removed so long after. */
  readonly expiredKeptMs: number;
}

/** What the broker took stays within reach of the world for so long after its way is over: a copy of it may still come. */
const keptMs = 2 * 3_600_000;

/** Hands what a world has written down to the oracle stretch by stretch, and keeps of it what is small. */
export function createLettingGo({ story, platform, along, expiredKeptMs }: LettingGoParts) {
  const { accepted } = story;
  const { whereabouts } = platform;
  /** Messages of devices whose way is over. */
  const old: Accepted[] = [];
  /** So many of `accepted` the oracle has seen: they come first. */
  let seen = 0;
  let messages = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let metrics: History['metrics'] = {};

  const doneSince = (all: readonly Accepted[]): readonly Accepted[] =>
    all.filter(({ doneAt }) => doneAt !== undefined && doneAt >= lastAt);
  /** What has come since it was last asked. */
  const growth = (): History['metrics'] => {
    const before = metrics;
    metrics = { ...story.metrics };
    return Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, value - (before[name] ?? 0)]),
    );
  };

  return {
    /** Everything until now; the clock stands at `at`. */
    letGo(at: number): void {
      const fresh = accepted.length - seen;
      const told = whereabouts.told(accepted);
      const { over = [], left = [] } = Object.groupBy(told, ({ doneAt = at }) =>
        doneAt < at - keptMs ? 'over' : 'left',
      );
      const { gone = [], kept = [] } = Object.groupBy(over, ({ sender }) =>
        sender === 'canary' ? 'gone' : 'kept',
      );
      along.take({
        at,
        isLast: false,
        accepted: fresh === 0 ? [] : told.slice(-fresh),
        done: doneSince(told),
        gone,
        changes: story.changes.splice(0),
        archive: story.archive.splice(0),
        logs: story.logs.splice(0),
        metrics: growth(),
        crashes: story.crashes.splice(0),
        ticks: platform.ticks(),
      });
      messages += fresh;
      whereabouts.forget(over);
      // Bytes of their own: they lie in a page with those of others, which would all stay.
      for (const one of kept) old.push({ ...one, bytes: Uint8Array.from(one.bytes) });
      // In place: whoever else knows the list goes on with it.
      accepted.length = 0;
      for (const one of left) accepted.push(one);
      seen = left.length;
      lastAt = at;
      platform.expire(expiredKeptMs);
    },
    /** The rest, and what is left of the history then. */
    letGoOfRest(history: History): History {
      const fresh = history.accepted.slice(seen);
      const waiting = ['archive', 'archive-dead'].flatMap((queue) => history.left.get(queue) ?? []);
      along.take({
        at: history.phases.end,
        isLast: true,
        accepted: fresh,
        done: doneSince(history.accepted),
        gone: [],
        changes: history.changes,
        archive: [...history.archive, ...waiting],
        logs: history.logs,
        metrics: growth(),
        crashes: history.crashes,
        ticks: platform.ticks(),
      });
      messages += fresh.length;
      return { ...history, accepted: [...old, ...history.accepted], changes: [], archive: [], logs: [] };
    },
    messages: () => messages,
  };
}
