import type { Accepted, History } from '../../history.ts';
import { createAlong } from '../along/along.ts';
import type { Violation } from '../law.ts';

/** Stretches that a history is cut into. */
const stretchCount = 7;

/**
 * What is found of a history that is judged in stretches as it goes by. What has no time of its own, lines and counts, comes
 * with the last stretch, and so does what the broker took but canaries: counts are held against it.
 */
export function judgeAlong(history: History): Violation[] {
  const { phases, accepted, changes, ticks, left } = history;
  const along = createAlong(history.city, history.personal ?? []);
  const lengthMs = (phases.end - phases.warmUp) / stretchCount;
  const isEarly = ({ sender, doneAt = phases.end }: Accepted): boolean =>
    sender === 'canary' && doneAt < phases.warmUp + lengthMs * (stretchCount - 1);
  const planned = new Set(ticks.planned);
  const doneAt = new Map(ticks.doneAt);
  let from = Number.NEGATIVE_INFINITY;
  for (let place = 1; place < stretchCount; place += 1) {
    const at = phases.warmUp + place * lengthMs;
    const is = (then: number): boolean => then >= from && then < at;
    along.take({
      at,
      isLast: false,
      accepted: accepted.filter((one) => isEarly(one) && is(one.receivedAt)),
      done: [],
      gone: accepted.filter((one) => isEarly(one) && is(one.doneAt ?? 0)),
      changes: changes.filter((one) => is(one.at)),
      archive: [],
      logs: [],
      metrics: {},
      crashes: [],
      ticks: { planned, left: new Set([...ticks.left, ...[...planned].filter((one) => one >= at)]), doneAt },
    });
    from = at;
  }
  along.take({
    at: phases.end,
    isLast: true,
    accepted: accepted.filter((one) => !isEarly(one)),
    done: accepted.filter(({ doneAt }) => doneAt !== undefined),
    gone: [],
    changes: changes.filter(({ at }) => at >= from),
    archive: [...history.archive, ...(left.get('archive') ?? []), ...(left.get('archive-dead') ?? [])],
    logs: history.logs,
    metrics: history.metrics,
    crashes: history.crashes,
    ticks: { planned, left: ticks.left, doneAt },
  });
  return along.judge({
    ...history,
    accepted: accepted.filter((one) => !isEarly(one)),
    changes: [],
    archive: [],
    logs: [],
  });
}
