/** What this room knows: what a rule means. This file: the stretches of time in which a condition was known (semantics 9). */

/** Of a stretch: known false; known true; known true on held readings; true on untrusted readings. */
export const spanKinds = { isFalse: 0, isTrue: 1, held: 2, untrusted: 3 } as const;
export type SpanKind = (typeof spanKinds)[keyof typeof spanKinds];

/** Stretches in phenomenon order, three numbers each: kind, first instant, last instant. */
export type Spans = number[];

/** What is known of one severity. */
export interface Known {
  /** Where `when` was known, in phenomenon order (semantics 9). Changed in place on a copy of one's own. */
  spans: Spans;
  /** End of the newest known-false that was forgotten, in epoch ms: what was true before it may not be one stretch; -1 without one. */
  forgottenTo: number;
}

/** Most stretches kept per severity: about four separate breaches. */
export const spansMax = 9;
/** Stretches that ended longer ago than any reading may be late are forgotten. 31 days in ms. */
export const spanAgeMaxMs = 31 * 24 * 3_600_000;

const { isFalse, isTrue, held, untrusted } = spanKinds;

const kindAt = (spans: Spans, i: number): number => spans[i] ?? isFalse;
const fromAt = (spans: Spans, i: number): number => spans[i + 1] ?? 0;
const toAt = (spans: Spans, i: number): number => spans[i + 2] ?? 0;

/** Joins neighbours of one kind, and two trusted true stretches with nothing but untrusted ones between. */
function normalise(spans: Spans): void {
  for (let i = 3; i < spans.length; ) {
    const kind = kindAt(spans, i);
    if (kindAt(spans, i - 3) === kind)
      spans.splice(i - 3, 6, kind, fromAt(spans, i - 3), Math.max(toAt(spans, i - 3), toAt(spans, i)));
    else if (
      i >= 6 &&
      kind !== isFalse &&
      kindAt(spans, i - 6) === kind &&
      kindAt(spans, i - 3) === untrusted
    ) {
      spans.splice(i - 6, 9, kind, fromAt(spans, i - 6), toAt(spans, i));
      i -= 3;
    } else i += 3;
  }
}

/**
 * Keeps the list within its bound by forgetting the oldest known-false: the true stretches around it grow together,
 * which may raise too early and can lose nothing (semantics 9).
 */
function bound(known: Known): void {
  const { spans } = known;
  let trusted = spans.length - 3;
  while (trusted > 0 && kindAt(spans, trusted) === untrusted) trusted -= 3;
  const newest = toAt(spans, trusted);
  while (spans.length > 3 && toAt(spans, 0) < newest - spanAgeMaxMs) spans.splice(0, 3);
  while (spans.length > spansMax * 3) {
    let i = 0;
    while (i < spans.length && kindAt(spans, i) !== isFalse) i += 3;
    if (i < spans.length) {
      known.forgottenTo = Math.max(known.forgottenTo, toAt(spans, i));
      spans.splice(i, 3);
    } else spans.splice(0, 6, isTrue, fromAt(spans, 0), toAt(spans, 3));
    normalise(spans);
  }
}

/** Index of the first stretch that ends at or after `t`. */
function find(spans: Spans, t: number): number {
  let i = spans.length;
  while (i > 0 && toAt(spans, i - 3) >= t) i -= 3;
  return i;
}

/** Notes that the condition was true at `t`; of two verdicts at one instant the graver, true, counts. */
export function addTrue(known: Known, t: number, kind: Exclude<SpanKind, 0>): void {
  const { spans } = known;
  const last = spans.length - 3;
  if (last >= 0 && kindAt(spans, last) === kind && t > toAt(spans, last)) {
    spans[last + 2] = t;
    return;
  }
  const i = find(spans, t);
  const from = fromAt(spans, i);
  const to = toAt(spans, i);
  const present = kindAt(spans, i);
  if (i === spans.length || t < from) spans.splice(i, 0, kind, t, t);
  else if (present === isFalse) {
    const parts: number[] = [];
    if (from < t) parts.push(isFalse, from, from);
    parts.push(kind, t, t);
    if (to > t) parts.push(isFalse, to, to);
    spans.splice(i, 3, ...parts);
  } else if (kind < present) {
    // A plain reading inside a held stretch, a trusted one inside an untrusted one.
    const parts: number[] = [];
    if (from < t) parts.push(present, from, t);
    parts.push(kind, t, t);
    if (to > t) parts.push(present, t, to);
    spans.splice(i, 3, ...parts);
    dropFalseAt(spans, i + parts.length, t);
  } else if (!dropFalseAt(spans, i + 3, t)) return;
  normalise(spans);
  bound(known);
}

/** Takes `t` out of a known-false stretch at `i` that begins there; where a true stretch was split both hold `t`. */
function dropFalseAt(spans: Spans, i: number, t: number): boolean {
  if (i >= spans.length || kindAt(spans, i) !== isFalse || fromAt(spans, i) !== t) return false;
  const to = toAt(spans, i);
  if (to === t) spans.splice(i, 3);
  else spans[i + 1] = to;
  return true;
}

/** Notes that the condition was known false at `t`. Inside a true stretch it splits it, each half as long as it can be. */
export function addFalse(known: Known, t: number): void {
  const { spans } = known;
  const last = spans.length - 3;
  if (last >= 0 && kindAt(spans, last) === isFalse && t > toAt(spans, last)) {
    spans[last + 2] = t;
    return;
  }
  const i = find(spans, t);
  const from = fromAt(spans, i);
  const to = toAt(spans, i);
  if (i === spans.length || t < from) spans.splice(i, 0, isFalse, t, t);
  else if (kindAt(spans, i) !== isFalse && from < t && t < to) {
    const kind = kindAt(spans, i);
    spans.splice(i, 3, kind, from, t, isFalse, t, t, kind, t, to);
  } else return;
  normalise(spans);
  bound(known);
}

/** First and last instant of a stretch in which the condition is known true. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The true stretch that reaches over `t`; `undefined` when there is none. */
export function trueStretchAt(spans: Spans, t: number): Stretch | undefined {
  const i = find(spans, t);
  const isInside = i < spans.length && kindAt(spans, i) !== isFalse && fromAt(spans, i) <= t;
  return isInside ? { from: fromAt(spans, i), to: toAt(spans, i) } : undefined;
}

/** True when one known-false stretch holds both `from` and `to`. */
export function isFalseThrough(spans: Spans, from: number, to: number): boolean {
  const i = find(spans, to);
  return i < spans.length && kindAt(spans, i) === isFalse && fromAt(spans, i) <= from;
}

/** A stretch of true readings that no known-false interrupts. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** Last reading of it that was not held; `undefined` when none was. */
  readonly plainAt: number | undefined;
  /** The known-false after it; `undefined` when nothing contradicts it since. */
  readonly falseAt: number | undefined;
  /** The known-false before it. */
  readonly falseBefore: number | undefined;
}

/** The run that holds a true reading at `t`; untrusted readings count only when asked for (semantics 10). */
export function runAt(spans: Spans, t: number, withUntrusted: boolean): Run {
  let start = find(spans, t);
  while (start > 0 && kindAt(spans, start - 3) !== isFalse) start -= 3;
  let from = t;
  let to = t;
  let plainAt: number | undefined;
  let i = start;
  for (; i < spans.length && kindAt(spans, i) !== isFalse; i += 3) {
    const kind = kindAt(spans, i);
    if (kind === untrusted && !withUntrusted) continue;
    from = Math.min(from, fromAt(spans, i));
    to = Math.max(to, toAt(spans, i));
    if (kind !== held) plainAt = toAt(spans, i);
  }
  return {
    from,
    to,
    plainAt,
    falseAt: i < spans.length ? fromAt(spans, i) : undefined,
    falseBefore: start > 0 ? toAt(spans, start - 3) : undefined,
  };
}

/** Where what was true at `t`, in the run that holds it, began for certain; epoch ms, `t` itself when normals were forgotten. */
export const beginningOf = ({ forgottenTo }: Known, { from }: Run, t: number): number =>
  from > forgottenTo ? from : t;

/** Last instant of the newest trusted true stretch, `undefined` when there is none. */
export function lastTrueAt(spans: Spans): number | undefined {
  for (let i = spans.length - 3; i >= 0; i -= 3) {
    const kind = kindAt(spans, i);
    if (kind === isTrue || kind === held) return toAt(spans, i);
  }
  return undefined;
}
