/** What this room knows: what a rule means. This file: whether silence is that of the whole device (semantics 12). */
import { type Severity, severities } from '../../severity.ts';
import { type Instant, instant } from '../../time.ts';
import type { TransitionDraft } from '../transition.ts';
import type { DeviceRules } from './bind.ts';
import { never } from './cell.ts';
import type { RuleState } from './state.ts';
import { provenUntil } from './timers.ts';

/** A device of which nothing has been heard for as long as the silence that has fallen due. */
export interface DeviceSilence {
  readonly newestSignAt: Instant;
  /** Sensors of it whose silence some rule tells. */
  readonly sensorCount: number;
  /** The verdicts whose cause it is. */
  readonly children: readonly TransitionDraft[];
  /** The gravest that its sensors' silences are, or that stands on one of them. */
  readonly severity: Severity;
}

const newest = (instants: Iterable<number>): number => {
  let found: number = never;
  for (const at of instants) found = Math.max(found, at);
  return found;
};

/** The newest sign of life of any sensor: also of one that reports bad values, for then the device does speak. */
const newestSign = ({ sensors, cells }: RuleState): number =>
  newest([...sensors.flatMap(({ at, lifeAt }) => [at, lifeAt]), ...cells.map(({ lifeAt }) => lifeAt)]);

/**
 * The device's silence, when that is why `drafts` fell silent; undefined when another of its sensors has shown life since.
 *
 * @param state after the drafts
 * @param watermark no verdict of absence beyond it (semantics 13)
 */
export function deviceSilence(
  rules: DeviceRules,
  state: RuleState,
  drafts: readonly TransitionDraft[],
  now: Instant,
  watermark: Instant | undefined,
): DeviceSilence | undefined {
  const silences = drafts.filter(({ trigger }) => trigger === 'silence');
  if (silences.length === 0) return undefined;
  const newestSignAt = newestSign(state);
  const proven = provenUntil(now, watermark);
  const children = silences.filter(({ ruleId, sensorId }) => {
    const condition = rules.bySensor.get(sensorId)?.conditions.find(({ rule }) => rule.id === ruleId);
    return condition !== undefined && newestSignAt + condition.silentAfterMs < proven;
  });
  if (children.length === 0) return undefined;
  const rank = newest(
    rules.conditions.flatMap(({ slot, silenceRank }) => [silenceRank, state.cells[slot]?.toldRank ?? never]),
  );
  const severity = severities[rank] ?? 'yellow';
  // A rule whose silence is off tells nothing of it, so it makes no second piece of news.
  const telling = rules.conditions.filter(({ silenceRank }) => silenceRank !== never);
  const sensorCount = new Set(telling.map(({ sensorSlot }) => sensorSlot)).size;
  return { newestSignAt: instant(Math.max(0, newestSignAt)), sensorCount, children, severity };
}

/** When a device was last heard of, and how long it may be silent by its least patient rule. */
export interface LastSign {
  readonly signAt: number;
  readonly silentAfterMs: number;
}

/** The last sign of the device; undefined when no rule tells its silence. */
export function lastSign({ conditions }: DeviceRules, state: RuleState): LastSign | undefined {
  const telling = conditions.filter(({ silenceRank }) => silenceRank !== never);
  if (telling.length === 0) return undefined;
  const silentAfterMs = Math.min(...telling.map((condition) => condition.silentAfterMs));
  return { signAt: newestSign(state), silentAfterMs };
}

/**
 * Whether a sensor has shown life after `since` and is not silent again by its own most patient rule.
 *
 * @example hasLife(rules, state, silence.newestSignAt, now)
 */
export const hasLife = (rules: DeviceRules, state: RuleState, since: Instant, now: Instant): boolean =>
  rules.sensors.some(({ slot, silentAfterMs, conditions }) => {
    const own = state.sensors[slot];
    const cells = conditions.map((condition) => state.cells[condition.slot]?.lifeAt ?? never);
    const sign = newest([own?.at ?? never, own?.lifeAt ?? never, ...cells]);
    const after = Math.max(silentAfterMs, ...conditions.map((condition) => condition.silentAfterMs));
    return sign > since && sign + after >= now;
  });
