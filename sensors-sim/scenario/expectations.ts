import type { ObservedChange } from './observed.ts';
import type { AlertPattern, ExpectedAlert, Scenario } from './schema.ts';

/** What a run found out, against what its scenario expects. */
export interface RunFacts {
  /** When the run began, milliseconds since 1970. */
  readonly startAt: number;
  readonly changes: readonly ObservedChange[];
  /** Connections and publishes that the broker refused. */
  readonly refusedCount: number;
  /** Undefined where the run cannot see the quarantine. */
  readonly quarantinedCount: number | undefined;
  /** Packs that no broker acknowledged, and packs that an outbox dropped. */
  readonly unacknowledgedCount: number;
  readonly droppedCount: number;
}

export type RunVerdict =
  | { readonly ok: true; readonly matched: readonly Match[] }
  | {
      readonly ok: false;
      readonly problem: 'expectations-not-met';
      readonly reasons: readonly string[];
      readonly matched: readonly Match[];
    };

export interface Match {
  readonly expected: ExpectedAlert;
  readonly change: ObservedChange;
}

/** Changes that are news: one that nobody expected fails a run. What calms down may come unasked. */
const news = new Set(['raised', 'occurrence', 'severity-up', 'stale']);

/**
 * Whether a run went as its scenario says: every expected change came within its time, each matched by
 * one change of its own; none came that must not; nothing else was raised.
 */
export function judgeRun(scenario: Scenario, facts: RunFacts): RunVerdict {
  const changes = changesOf(scenario, facts);
  const { matched, missing, spare } = pairUp(scenario.expect.alerts, changes, facts.startAt);
  const { never, allow, refusedMin, quarantinedMin } = scenario.expect;
  const forbidden = changes.filter((change) => never.some((pattern) => fits(pattern, change)));
  const unexpected = spare.filter(
    (change) =>
      news.has(change.change) &&
      !forbidden.includes(change) &&
      !allow.some((pattern) => fits(pattern, change)),
  );
  const told = (change: ObservedChange): string => describeChange(change, facts.startAt);
  const reasons = [
    ...missing.map(
      (expected) => `missing: ${describeExpected(expected)}${nearest(expected, changes, facts.startAt)}`,
    ),
    ...forbidden.map((change) => `must not come: ${told(change)}`),
    ...unexpected.map((change) => `not expected: ${told(change)}`),
    ...counted('refused by the broker', facts.refusedCount, refusedMin),
    ...counted('in quarantine', facts.quarantinedCount ?? quarantinedMin, quarantinedMin),
    ...(facts.unacknowledgedCount > 0 ? [`${facts.unacknowledgedCount} packs were never acknowledged`] : []),
    ...(facts.droppedCount > 0 ? [`${facts.droppedCount} packs fell out of a full outbox`] : []),
  ];
  return reasons.length === 0
    ? { ok: true, matched }
    : { ok: false, problem: 'expectations-not-met', reasons, matched };
}

const counted = (what: string, count: number, min: number): string[] =>
  count < min ? [`${count} messages ${what}, expected at least ${min}`] : [];

/** What was decided during the run, in order; notifications come at least once: one (alert, version) is one change. */
export function changesOf(scenario: Scenario, { startAt, changes }: RunFacts): ObservedChange[] {
  const byKey = new Map(changes.map((change) => [`${change.alertId}#${change.version}`, change]));
  const endAt = startAt + scenario.duration;
  return [...byKey.values()]
    .filter(({ at }) => at >= startAt && at <= endAt)
    .sort((a, b) => a.at - b.at || a.version - b.version);
}

function pairUp(expectations: readonly ExpectedAlert[], changes: readonly ObservedChange[], startAt: number) {
  const spare = [...changes];
  const matched: Match[] = [];
  const missing: ExpectedAlert[] = [];
  for (const expected of expectations) {
    const at = spare.findIndex((change) => isExpected(expected, change, startAt));
    const [change] = at < 0 ? [] : spare.splice(at, 1);
    if (change === undefined) missing.push(expected);
    else matched.push({ expected, change });
  }
  return { matched, missing, spare };
}

function isExpected(expected: ExpectedAlert, change: ObservedChange, startAt: number): boolean {
  if (!fits(expected, change)) return false;
  const within = (span: readonly [number, number] | undefined, at: number): boolean =>
    span === undefined || (startAt + span[0] <= at && at <= startAt + span[1]);
  return within(expected.between, change.at) && within(expected.phenomenon, change.phenomenonAt);
}

function fits(
  pattern: Pick<AlertPattern, 'rule' | 'subject' | 'change' | 'severity'>,
  change: ObservedChange,
): boolean {
  return (
    matches(pattern.rule, change.ruleId) &&
    matches(pattern.subject, change.subject) &&
    (pattern.change === undefined || pattern.change === meant(change.change)) &&
    (pattern.severity === undefined || pattern.severity === change.severity)
  );
}

/** A new episode of an alert that is still open is raised all the same. */
const meant = (change: string): string => (change === 'occurrence' ? 'raised' : change);

/** `*` stands for any text. */
export function matches(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  const tail = parts.pop();
  if (tail === undefined) return pattern === text;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

function nearest(expected: ExpectedAlert, changes: readonly ObservedChange[], startAt: number): string {
  const same = changes.filter(
    (change) => matches(expected.rule, change.ruleId) && matches(expected.subject, change.subject),
  );
  if (same.length === 0) return '; that rule said nothing of that subject';
  return `; it said ${same
    .map((change) => describeChange(change, startAt))
    .slice(0, 6)
    .join(', ')}`;
}

const describeExpected = (expected: ExpectedAlert): string =>
  `${expected.change}${expected.severity === undefined ? '' : ` ${expected.severity}`} of ${expected.rule} on ${expected.subject} between ${clock(expected.between[0])} and ${clock(expected.between[1])}`;

/** One change in one line: `+00:31 raised orange coal-mine.methane.coal-face mine-face-3102/ch4-t0`. */
export const describeChange = (change: ObservedChange, startAt: number): string =>
  `${clock(change.at - startAt)} ${change.change} ${change.severity} ${change.ruleId} ${change.subject}`;

/** Time since the start: `+01:05`, from an hour on `+2:03:00`, from a day on `+3d 02:03:00`. */
export function clock(ms: number): string {
  const total = Math.round(Math.abs(ms) / 1000);
  const two = (count: number): string => String(count).padStart(2, '0');
  const sign = ms < 0 ? '-' : '+';
  const [days, hours, minutes, seconds] = [
    Math.floor(total / 86_400),
    Math.floor(total / 3600) % 24,
    Math.floor(total / 60) % 60,
    total % 60,
  ];
  if (days > 0) return `${sign}${days}d ${two(hours)}:${two(minutes)}:${two(seconds)}`;
  return hours > 0
    ? `${sign}${hours}:${two(minutes)}:${two(seconds)}`
    : `${sign}${two(minutes)}:${two(seconds)}`;
}
