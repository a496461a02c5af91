/** What time alone causes by the naive reference: deadlines, the end of a hold, silence. */
import {
  type Entry,
  holdOf,
  isHeldQuality,
  isHolding,
  isRed,
  isRunHeld,
  judgedOf,
  type ReferenceLevel,
  type ReferenceReading,
  type ReferenceRule,
  readingsOf,
  runOf,
  standing,
  standsLongEnough,
  truthOf,
} from './in-order-history.ts';

function deadlineOf(
  rule: ReferenceRule,
  level: ReferenceLevel,
  seen: readonly ReferenceReading[],
): number | undefined {
  const run = runOf(level, seen);
  const [first] = run;
  if (!first) return undefined;
  const plain = (t: number): number => t + level.forS + rule.graceS;
  if (!isRunHeld(rule, level, seen, [first])) return plain(first.t);
  const hold = holdOf(seen.slice(0, seen.indexOf(first) + 1));
  const held = Math.max(plain(first.t), (hold?.t ?? first.t) + rule.maxHoldS);
  const freed = run.findIndex((_, i) => !isRunHeld(rule, level, seen, run.slice(0, i + 1)));
  return freed < 0 ? held : Math.min(held, plain(run[freed]?.t ?? first.t));
}

const isLifeSign = (rule: ReferenceRule, seen: readonly ReferenceReading[], i: number): boolean => {
  const reading = seen[i];
  if (!reading) return false;
  return (
    reading.q === 'good' || (isHeldQuality(reading.q) && isHolding(rule, seen.slice(0, i + 1), reading.t))
  );
};

function silentDue(rule: ReferenceRule, log: readonly Entry[], registeredS: number): number | undefined {
  const last = log.at(-1);
  const open = standing(rule, last) !== -1;
  const seen = readingsOf(log);
  const i = seen.findLastIndex((_, at) => isLifeSign(rule, seen, at));
  const due = (seen[i]?.t ?? registeredS) + rule.silentAfterS;
  // Told already since that life sign, unless a breach has made the alert fire again.
  const isTold = log.some((entry) => entry.reading === undefined && entry.at === due && entry.silent);
  if (!last?.silent) return due;
  if (last.stale || !open) return isTold || isSilentNow(log) ? undefined : due;
  const firedAgain = log.findLast((entry, at) => !entry.stale && log[at - 1]?.stale)?.at ?? due;
  return Math.max(due, firedAgain);
}

/** The silence that stands has not begun to clear. */
function isSilentNow(log: readonly Entry[]): boolean {
  const last = log.findLast(({ again }) => again === undefined);
  if (!last?.silent) return false;
  return !(last.reading?.q === 'good');
}

/** The change of limits before `until` that the last good value was not judged by yet, and what it raises (semantics 22). */
export function nextChange(rule: ReferenceRule, log: readonly Entry[], until: number): Entry | undefined {
  const at = rule.levels.find(({ becomes }) => becomes !== undefined)?.becomes?.fromS;
  const good = readingsOf(log).findLast(({ q }) => q === 'good');
  if (at === undefined || at >= until || !good || log.some(({ again }) => again !== undefined))
    return undefined;
  const last = log.at(-1);
  const seen = judgedOf(log);
  const again = { t: at, v: good.v, q: good.q, readAt: good.t };
  const on = rule.levels.map((level, i) => {
    if (last?.on[i] || truthOf(level, again) !== true) return last?.on[i] ?? false;
    const run = runOf(level, seen);
    const [first] = run;
    return first ? isRunHeld(rule, level, seen, run) && at - first.t >= level.forS : level.forS === 0;
  });
  const top = on.findLastIndex((is, i) => is && !last?.on[i]);
  const pulled = rule.levels.map((level, i) => on[i] || (i < top && truthOf(level, again) === true));
  return { again, at, on: pulled, silent: last?.silent ?? false, stale: last?.stale ?? false };
}

/** The first thing that time alone causes before `until`. */
export function nextDue(
  rule: ReferenceRule,
  log: readonly Entry[],
  registeredS: number,
  until: number,
): Entry | undefined {
  const seen = judgedOf(log);
  const last = log.at(-1);
  const on = rule.levels.map((_, i) => last?.on[i] ?? false);
  const found: { at: number; order: number; entry: Entry }[] = [];
  const add = (at: number | undefined, order: number, change: Partial<Entry>): void => {
    if (at === undefined || at >= until) return;
    const base = { at, on, silent: last?.silent ?? false, stale: last?.stale ?? false };
    found.push({ at, order, entry: { ...base, ...change } });
  };
  rule.levels.forEach((level, i) => {
    if (on[i]) return;
    const at = deadlineOf(rule, level, seen);
    const pulled = rule.levels.map((lower, j) => on[j] || (j <= i && runOf(lower, seen).length > 0));
    add(at, rule.levels.length - i, { on: pulled });
  });
  const hold = holdOf(seen);
  if (hold) {
    const end = hold.t + rule.maxHoldS;
    const isPassed = log.some(({ at }) => at >= end);
    const raised = rule.levels.map((level, i) => on[i] || (!isRed(level) && standsLongEnough(level, seen)));
    if (!isPassed) add(end, 100, { on: raised });
  }
  add(silentDue(rule, log, registeredS), 101, { silent: true, stale: true });
  const changed = nextChange(rule, log, until);
  if (changed) found.push({ at: changed.at, order: -1, entry: changed });
  found.sort((a, b) => a.at - b.at || a.order - b.order);
  return found[0]?.entry;
}
