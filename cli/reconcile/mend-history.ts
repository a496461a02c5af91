/** An alert and its transitions brought together again. Pure. */
import type { AlertId } from '../../functions/domain/ids.ts';
import type { Instant } from '../../functions/domain/time.ts';
import { type AlertDraft, found, restored, withTransition } from './alert-draft.ts';
import type { History, KeptTransition } from './snapshot.ts';

/** Longest time that a transition may be without decision before it is told: sweep takes over after 30 s. Milliseconds. */
export const unsentAfterMs = 60_000;

/** A transition that has no decision and that sweep cannot find. */
export interface Unindexed {
  readonly alertId: AlertId;
  readonly version: number;
  readonly at: number;
}

export interface MendedHistory {
  readonly draft: AlertDraft;
  readonly unindexed: readonly Unindexed[];
}

/**
 * The alert at its last transition, with every number from 1 filled; undefined when there is neither alert nor transition.
 *
 * What is lost is not made up: a missing number gets a `restored` with the state that follows it. Only the newest one is
 * heard: whether the lost one was, nobody knows.
 */
export function mendHistory({ alert, transitions }: History, now: Instant): MendedHistory | undefined {
  const known = new Map(transitions.map((one) => [one.transition.version, one]));
  let after = alert;
  for (const { transition } of transitions)
    if (transition.version > (after?.version ?? 0)) after = withTransition(after, transition);
  if (after === undefined) return undefined;
  const opening = known.get(1)?.transition;
  const isOpening = opening !== undefined && opening.change !== 'restored';
  const openedAt = isOpening ? opening.committedAt : after.raisedAt;
  const draft: AlertDraft = { stored: alert, openedAt, after, added: [], findings: [] };
  if (alert === undefined) found(draft, 'orphan-transitions', `${transitions.length} transitions, no alert`);
  else if (alert.version < after.version)
    found(draft, 'alert-behind', `the alert is at ${alert.version}, its transitions at ${after.version}`);
  fillNumbers(draft, known, now);
  return { draft, unindexed: tellUndecided(draft, transitions, now) };
}

function fillNumbers(draft: AlertDraft, known: ReadonlyMap<number, KeptTransition>, now: Instant): void {
  const { after } = draft;
  let following = known.get(after.version)?.transition ?? restored(after, after.version, now);
  const lost: number[] = [];
  for (let version = after.version; version >= 1; version--) {
    const kept = known.get(version);
    if (kept !== undefined) {
      following = kept.transition;
      continue;
    }
    lost.push(version);
    const { by: _by, comment: _comment, value: _value, ...rest } = following;
    const transition = {
      ...rest,
      version,
      change: 'restored' as const,
      marks: [],
      committedAt: now,
      because: JSON.stringify({ kind: 'restored' }),
    };
    draft.added.unshift({ transition, isHeard: version === after.version });
  }
  if (lost.length > 0) found(draft, 'transition-lost', `${lost.length} of ${after.version}: ${someOf(lost)}`);
}

const someOf = (numbers: readonly number[]): string =>
  `${numbers.toReversed().slice(0, 5).join(', ')}${numbers.length > 5 ? ', …' : ''}`;

function tellUndecided(
  draft: AlertDraft,
  transitions: readonly KeptTransition[],
  now: Instant,
): readonly Unindexed[] {
  const unindexed: Unindexed[] = [];
  for (const { transition, isDecided, undecidedAt } of transitions) {
    if (isDecided) continue;
    const { alertId, version, committedAt } = transition;
    if (undecidedAt === undefined) {
      unindexed.push({ alertId, version, at: committedAt });
      found(draft, 'not-in-index', `transition ${version} has no decision and sweep cannot find it`);
    } else if (undecidedAt < now - unsentAfterMs)
      found(draft, 'unsent', `transition ${version} waits since ${new Date(undecidedAt).toISOString()}`);
  }
  return unindexed;
}
