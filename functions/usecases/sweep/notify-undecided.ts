import { instant, minutes, seconds } from '../../domain/time.ts';
import { inChunks } from '../in-chunks.ts';
import type { NotifyTransition } from '../notify-transition.ts';
import { isPassing } from '../passing.ts';
import type { NotificationLog, TransitionKey } from '../ports/alerts.ts';
import type { Observer } from '../ports/observer.ts';
import type { Clock } from '../ports/time.ts';

/** How long the stream has for a transition, and a deferral after its end, before the sweep takes over. */
export const undecidedAfter = seconds(30);

/** Transitions looked at in one tick; the next tick goes on. */
export const undecidedCountMax = 100;

/** Transitions published at a time. */
export const undecidedAtOnce = 10;

/** How long one that can never be published as it is steps back, so that it starves no other. */
export const unpublishableFor = minutes(5);

export interface UndecidedDeps {
  readonly log: NotificationLog;
  readonly notify: NotifyTransition;
  readonly observer: Observer;
  readonly clock: Clock;
}

/**
 * Handles the transitions that have no decision although the stream had its time: the second way of every message.
 *
 * Stops when a whole chunk fails for infrastructure: the rest would wait for the same time-outs.
 *
 * @returns how many were looked at without failure
 * @throws AggregateError of what may pass, after the others were tried
 */
export const notifyUndecided = (deps: UndecidedDeps) => async (): Promise<number> => {
  const { log, clock, observer } = deps;
  const keys = await log.undecided(instant(clock.now() - undecidedAfter), undecidedCountMax);
  if (keys.length > 0) observer.metric('TransitionsUndecided', keys.length);
  const failures = await inChunks(
    keys,
    undecidedAtOnce,
    (key) => notifyOne(deps, key),
    (failed, size) => failed.length < size,
  );
  if (failures.length > 0) {
    throw new AggregateError(
      failures.map(({ error }) => error),
      `${failures.length} of ${keys.length} transitions could not be handled`,
    );
  }
  return keys.length;
};

async function notifyOne(deps: UndecidedDeps, key: TransitionKey): Promise<void> {
  const { log, notify, observer } = deps;
  try {
    const transition = await log.transition(key);
    if (transition !== undefined) await notify(transition);
  } catch (error) {
    observer.metric('NotificationFailed', 1);
    observer.error('notification failed', error, { ...key });
    if (isPassing(error)) throw error;
    await stepBack(deps, key);
  }
}

async function stepBack({ log, clock }: UndecidedDeps, key: TransitionKey): Promise<void> {
  const at = clock.now();
  const until = instant(at + unpublishableFor);
  await log.decide(key, { outcome: 'deferred', reason: 'not-publishable', until, at });
}
