/** What this room knows: what devices say. This file: which time a reading gets from a clock that may be wrong. */
import { days, type Instant, instant, minutes, seconds } from '../time.ts';

/** Farthest that `sent` may lie from receive time for the device's clock to be believed (semantics 10). */
export const clockErrorMax = minutes(5);

/** Oldest record that is evaluated; what is older goes to quarantine (semantics 10). */
export const backlogAgeMax = days(31);

/** Packs over which a wrong clock's offset must hold still before it is trusted (semantics 10). */
export const stablePackCount = 3;

/** How far such an offset may move: the jitter of the way, not of the clock. */
export const offsetJitterMax = seconds(30);

/** Most boots whose clocks are remembered. */
export const bootClockCountMax = 4;

/** An offset outside `clockErrorMax` that is being watched. */
export interface WrongClock {
  /** Added to the device's time: the least (receive time - sent) seen. */
  readonly offsetMs: number;
  readonly packCount: number;
  /** Of the pack before, by the two clocks. */
  readonly sentAtMs: number;
  readonly receivedAt: Instant;
}

/** What is known of the clock during one boot; nothing is kept of a clock that needs no correction. */
export interface BootClock {
  /** Empty for packs without `boot`. */
  readonly boot: string;
  /** How far its times are moved back, since it runs ahead of receive time. */
  readonly backMs: number;
  readonly wrong: WrongClock | undefined;
}

export interface ClockState {
  /** Latest used last. */
  readonly boots: readonly BootClock[];
}

export const emptyClock: ClockState = { boots: [] };

/** What timing needs to know of a pack. */
export interface PackTimes {
  readonly boot: string | undefined;
  readonly sentAtMs: number | undefined;
  /** Latest time of its records, by the device's clock; absent when it has none. */
  readonly newestMs: number | undefined;
}

/** How the times of one pack's records become ours. */
export interface PackTiming {
  readonly shiftMs: number;
  /** `sent`, or what stands for it: no record is measured after it. */
  readonly sentAtMs: number;
  readonly isTrusted: boolean;
  readonly isClockSuspect: boolean;
  readonly next: ClockState;
}

/**
 * The timing of a pack that was received at `receivedAt` (semantics 10).
 *
 * Times are only ever moved so that no pack was sent after it was received, and by the same amount for a whole boot
 * as far as that allows: the spacing of packs is what `for` and windows measure.
 *
 * @returns `next === state` when nothing is to be remembered.
 */
export function timePack(state: ClockState, pack: PackTimes, receivedAt: Instant): PackTiming {
  const said = pack.sentAtMs;
  // The usual case: no clock of the device was ever wrong, and this one is not.
  if (
    state.boots.length === 0 &&
    said !== undefined &&
    said <= receivedAt &&
    receivedAt - said <= clockErrorMax
  )
    return { shiftMs: 0, sentAtMs: said, isTrusted: true, isClockSuspect: false, next: state };
  const boot = pack.boot ?? '';
  const known = state.boots.find((entry) => entry.boot === boot) ?? { boot, backMs: 0, wrong: undefined };
  const clockNow = receivedAt + known.backMs;
  const sentAtMs = pack.sentAtMs ?? Math.max(clockNow, pack.newestMs ?? clockNow);
  const offsetMs = receivedAt - sentAtMs;
  if (Math.abs(offsetMs) > clockErrorMax) return timeWrongClock(state, known, sentAtMs, receivedAt);
  // A clock without a boot has no end either, so a correction would outlive its cause: it is made pack by pack.
  const backMs = Math.max(boot === '' ? 0 : known.backMs, -offsetMs);
  const isBacklogWithoutClock =
    pack.sentAtMs === undefined && pack.newestMs !== undefined && sentAtMs - pack.newestMs > clockErrorMax;
  const kept: BootClock = { boot, backMs: boot === '' ? 0 : backMs, wrong: undefined };
  return {
    shiftMs: 0 - backMs,
    sentAtMs,
    isTrusted: !isBacklogWithoutClock,
    isClockSuspect: false,
    next: isBacklogWithoutClock ? state : withBoot(state, known, kept),
  };
}

/** The pack of a clock that is wrong by more than `clockErrorMax`: shifted as a whole, believed once it holds still. */
function timeWrongClock(
  state: ClockState,
  known: BootClock,
  sentAtMs: number,
  receivedAt: Instant,
): PackTiming {
  const offsetMs = receivedAt - sentAtMs;
  const before = known.wrong;
  const goesOn = before !== undefined && isStable(before, sentAtMs, receivedAt);
  const wrong: WrongClock = {
    offsetMs: goesOn ? Math.min(before.offsetMs, offsetMs) : offsetMs,
    packCount: goesOn ? Math.min(before.packCount + 1, stablePackCount) : 1,
    sentAtMs,
    receivedAt,
  };
  return {
    shiftMs: wrong.offsetMs,
    sentAtMs,
    isTrusted: wrong.packCount >= stablePackCount,
    isClockSuspect: true,
    next: withBoot(state, known, { ...known, wrong }),
  };
}

/**
 * True when both clocks went on alike since the pack before.
 *
 * Packs that waited together come at once although they were sent apart: that is a wrong time of arrival, not a
 * wrong clock, so until the offset is trusted receive time must have passed at least half as fast as `sent`.
 */
function isStable(before: WrongClock, sentAtMs: number, receivedAt: Instant): boolean {
  if (Math.abs(receivedAt - sentAtMs - before.offsetMs) > offsetJitterMax) return false;
  if (before.packCount >= stablePackCount) return true;
  const sentApart = sentAtMs - before.sentAtMs;
  return sentApart > 0 && (receivedAt - before.receivedAt) * 2 >= sentApart;
}

function withBoot(state: ClockState, known: BootClock, clock: BootClock): ClockState {
  if (known.backMs === clock.backMs && known.wrong === undefined && clock.wrong === undefined) return state;
  const others = state.boots.filter(({ boot }) => boot !== clock.boot);
  const isPlain = clock.backMs === 0 && clock.wrong === undefined;
  return { boots: isPlain ? others : [...others, clock].slice(-bootClockCountMax) };
}

export interface RecordTiming {
  readonly phenomenonAt: Instant;
  readonly lifeAt: Instant;
  readonly isTrusted: boolean;
}

/**
 * The times of one record of a pack, or `too-old`.
 *
 * A record after `sent` cannot be true: it counts as measured when the pack came, and is untrusted. The sign of life
 * is receive time less the record's age by one clock, so a clock that is wrong makes no sensor silent.
 */
export function timeRecord(
  timing: PackTiming,
  deviceAtMs: number,
  receivedAt: Instant,
): RecordTiming | 'too-old' {
  const ageMs = timing.sentAtMs - deviceAtMs;
  const phenomenonMs = Math.max(0, Math.min(deviceAtMs + timing.shiftMs, receivedAt));
  if (receivedAt - phenomenonMs > backlogAgeMax) return 'too-old';
  return {
    phenomenonAt: instant(phenomenonMs),
    lifeAt: instant(receivedAt - Math.max(0, Math.min(ageMs, receivedAt))),
    isTrusted: timing.isTrusted && ageMs >= 0,
  };
}
