import { byteReader, byteWriter } from '../../domain/bytes.ts';
import type { RuleBook } from '../../domain/rules/book.ts';
import type { DeviceRules } from '../../domain/rules/engine/bind.ts';
import { emptyRuleState, type RuleState } from '../../domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../domain/rules/engine/stored/codec.ts';
import { judgeInPlace, type Message } from '../../domain/rules/engine.ts';
import { differencesOf } from '../../domain/rules/shadow.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { Instant } from '../../domain/time.ts';
import type { Observer } from '../ports/observer.ts';
import type { ShadowStore, ShadowTwin, StoredDifference } from '../ports/shadow.ts';
import type { Clock } from '../ports/time.ts';

export interface ShadowDeps {
  /** The candidate. */
  readonly book: RuleBook;
  readonly rulesOf: (registration: DeviceRegistration) => DeviceRules;
  readonly store: ShadowStore;
  readonly observer: Observer;
  readonly clock: Clock;
}

/** What was judged by the live book in one pass over a device. */
export interface Followed {
  readonly registration: DeviceRegistration;
  /** As it stands after `messages`. */
  readonly live: RuleState;
  readonly messages: readonly Message[];
  readonly watermark: Instant | undefined;
}

export type FollowDevice = (followed: Followed) => Promise<void>;

/**
 * Judges by the candidate book what the live one has just judged, and notes where the two do not agree.
 *
 * Nobody is notified and no alert is written. Costs one read and one write a device and pass. A message that the candidate
 * misses, because somebody else wrote its state first, is a message less to compare: it is not tried again.
 *
 * @throws AdapterError: the caller's work is done already and must not fail for it
 */
export const followDevice =
  (deps: ShadowDeps): FollowDevice =>
  async ({ registration, live, messages, watermark }) => {
    const { deviceId } = registration;
    const rules = deps.rulesOf(registration);
    const stored = await deps.store.read(deviceId);
    let state = stateOf(deps.book, rules, registration, stored);
    for (const message of messages) ({ state } = judgeInPlace(rules, state, message, watermark));
    const now = deps.clock.now();
    const known = stored?.book === deps.book.version ? stored.open : [];
    const { open, changed } = compare(known, differencesOf(live, state), deviceId, now);
    for (const difference of changed) await deps.store.note(deps.book.version, difference, now);
    const outcome = await deps.store.write({
      deviceId,
      expectedVersion: stored?.version ?? 0,
      book: deps.book.version,
      bytes: bytesOf(rules, state),
      open,
      now,
    });
    if (outcome === 'conflict') deps.observer.metric('ShadowMissed', messages.length);
    for (const { kind, until } of changed) if (until === undefined) deps.observer.metric(metrics[kind], 1);
  };

const metrics = {
  added: 'ShadowAdded',
  removed: 'ShadowRemoved',
  graver: 'ShadowGraver',
  milder: 'ShadowMilder',
} as const;

/** A candidate that is new to the device starts as the live book stood at its registration: with nothing open. */
function stateOf(
  book: RuleBook,
  rules: DeviceRules,
  { registeredAt }: DeviceRegistration,
  stored: ShadowTwin | undefined,
): RuleState {
  if (stored?.book !== book.version) return emptyRuleState(rules, registeredAt);
  return decodeRules(byteReader(stored.bytes), rules);
}

function bytesOf(rules: DeviceRules, state: RuleState): Uint8Array {
  const writer = byteWriter();
  encodeRules(writer, rules, state);
  return writer.finish();
}

/** What stands now, and what of it began or ended. */
function compare(
  known: readonly StoredDifference[],
  found: ReturnType<typeof differencesOf>,
  deviceId: StoredDifference['deviceId'],
  now: Instant,
): { readonly open: readonly StoredDifference[]; readonly changed: readonly StoredDifference[] } {
  const isSame = (a: StoredDifference, b: (typeof found)[number]): boolean =>
    a.ruleId === b.ruleId && a.sensorId === b.sensorId && a.live === b.live && a.candidate === b.candidate;
  const ended = known
    .filter((one) => !found.some((other) => isSame(one, other)))
    .map((one) => ({ ...one, until: now }));
  const begun = found
    .filter((one) => !known.some((other) => isSame(other, one)))
    .map((one) => ({ ...one, deviceId, since: now, until: undefined }));
  const lasting = known.filter((one) => found.some((other) => isSame(one, other)));
  return { open: [...lasting, ...begun], changed: [...ended, ...begun] };
}
