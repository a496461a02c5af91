import { memberBytesMax, memberCountMax, runBytes } from '../bounds.ts';
import type { Told } from './alerts.ts';
import type { MemberSpan } from './members.ts';

/** What a correlation on one subject can have had to forget, because it keeps so much and no more (semantics 20). */
export interface Memory {
  /** Nothing that was written before can have made it forget anything; infinite: it has room for all. */
  readonly fullFrom: number;
  /** More may have stood at once than it keeps: then it forgets some who stand, and need not be cleared for a day. */
  readonly isCrowded: boolean;
}

const never = Number.POSITIVE_INFINITY;

/** Episodes of one alert that are kept apart. */
const episodesMax = 4;

/** Most bytes that the alert of these spans takes, after all that was written of it. */
function bytesOf(spans: readonly MemberSpan[]): number {
  const told = spans.flatMap(({ told: own, closer }) => (closer === undefined ? own : [...own, closer]));
  const decided = told.map(({ decidedAt = never }) => decidedAt);
  const isInOrder = decided.every((at, place) => place === 0 || at >= (decided[place - 1] ?? 0));
  // Whether it stood, by version; versions that have come before others lie apart until those have come too.
  const runs = isInOrder ? 2 * spans.length : told.length;
  const [first] = spans;
  return first === undefined
    ? 0
    : first.opener.alertId.length + first.subjectId.length + runBytes * (runs + 1);
}

interface Step {
  readonly at: number;
  readonly count: number;
  readonly bytes: number;
}

/** When it first is more than fits; infinite when never. */
function tooMuchFrom(steps: readonly Step[]): number {
  let count = 0;
  let bytes = 0;
  for (const step of steps.toSorted((a, b) => a.at - b.at || b.count - a.count)) {
    count += step.count;
    bytes += step.bytes;
    if (count > memberCountMax || bytes > memberBytesMax) return step.at;
  }
  return never;
}

/** What the correlation can have had to forget of these, the members of one subject. */
export function memoryOf(spans: readonly MemberSpan[]): Memory {
  const alerts = [...Map.groupBy(spans, ({ opener }) => opener.alertId).values()];
  const known = alerts.map((own): Step => {
    const at = Math.min(...own.map(({ opener }) => opener.writtenAt));
    return { at, count: own.length > episodesMax ? memberCountMax + 1 : 1, bytes: bytesOf(own) };
  });
  const standing = spans.flatMap((span): Step[] => {
    const bytes = bytesOf([span]);
    return [
      { at: span.opener.writtenAt, count: 1, bytes },
      { at: knownToEndAt(span.closer), count: -1, bytes: -bytes },
    ];
  });
  return { fullFrom: tooMuchFrom(known), isCrowded: tooMuchFrom(standing) !== never };
}

/** By then the correlation knows of it: it is decided on afterwards. */
const knownToEndAt = (closer: Told | undefined): number => closer?.decidedAt ?? never;
