/** What this room knows: what a rule means. This file: what a condition asks beyond the reading, and what it was told (semantics 25). */
import type { Reading } from '../../telemetry/reading.ts';
import type { Around } from '../around.ts';
import type { Verdict, WindowFunction } from '../expression.ts';
import type { Frame } from '../frame.ts';
import { figureAt } from '../windows/figure.ts';
import { ringAt } from '../windows/merged.ts';
import { newRing, type Ring, scaledIfKnown } from '../windows/ring.ts';
import { reachesAt } from '../windows/slope.ts';
import { survey } from '../windows/survey.ts';
import { aroundFrom } from './around-frame.ts';
import {
  type AskedOthers,
  byText,
  type Others,
  othersAt,
  othersOf,
  recordedOthers,
  type SeenAt,
} from './around-others.ts';
import type { Condition } from './bind.ts';
import type { AskedWindow } from './bind-windows.ts';

/** What a condition was told at one reading; `null` is unknown. Windows by their number in the rule. */
export interface Asked extends AskedOthers {
  readonly figures: readonly (readonly [window: number, fn: WindowFunction, value: number | null])[];
  /** Of windows that each sensor of a list has, by its place; absent where none was asked. */
  readonly each?: readonly (readonly [
    window: number,
    place: number,
    fn: WindowFunction,
    value: number | null,
  ])[];
  readonly reaches: readonly (readonly [
    window: number,
    limit: number,
    withinMs: number,
    said: boolean | null,
  ])[];
  /** What there was in each window that was asked: readings, time of the first and of the last. */
  readonly windows: readonly (readonly [window: number, count: number, oldestAt: number, newestAt: number])[];
}

/** What one condition may ask at the readings of one instant. */
export interface Surroundings {
  aroundAt(reading: Reading): Around;
  /** What was asked at `reading` so far. */
  askedAt(reading: Reading): Asked;
}

/** What a condition looks at when it is asked about `reading`. */
export const frameOf = (reading: Reading, around: Surroundings | undefined): Frame =>
  around === undefined
    ? reading
    : {
        value: reading.value,
        quality: reading.quality,
        phenomenonAt: reading.phenomenonAt,
        around: around.aroundAt(reading),
      };

/** The rings of a sensor of the device, by its place. */
export type RingsOf = (sensorSlot: number) => readonly Ring[];

interface Notes extends Others {
  readonly around: Around;
  readonly figures: [number, WindowFunction, number | undefined][];
  readonly each: [number, number, WindowFunction, number | undefined][];
  readonly reaches: [number, number, number, Verdict][];
}

/**
 * What `condition` may ask now, answered from the rings as they stand; `undefined` when it asks nothing.
 *
 * Every answer is given once for a reading, however many severities ask, and noted for the decision record.
 */
export function surroundingsOf(
  condition: Condition,
  ringsOf: RingsOf,
  seenAt: SeenAt,
): Surroundings | undefined {
  const { windows, links } = condition;
  if (windows.length === 0 && links.roles.size === 0 && links.peers.size === 0) return undefined;
  const noted: { readonly reading: Reading; readonly notes: Notes }[] = [];
  const notesAt = (reading: Reading): Notes => {
    for (const one of noted) if (one.reading === reading) return one.notes;
    const notes = takeNotes(condition, ringsOf, seenAt, reading);
    noted.push({ reading, notes });
    return notes;
  };
  return {
    aroundAt: (reading) => notesAt(reading).around,
    askedAt: (reading) => askedOf(condition, ringsOf, reading, notesAt(reading)),
  };
}

const empty = newRing();

const ringOf = (ringsOf: RingsOf, asked: AskedWindow | undefined): Ring | undefined =>
  asked && (ringsOf(asked.sensorSlot)[asked.index] ?? empty);

function takeNotes(condition: Condition, ringsOf: RingsOf, seenAt: SeenAt, reading: Reading): Notes {
  const at = reading.phenomenonAt;
  const figures: Notes['figures'] = [];
  const reaches: Notes['reaches'] = [];
  const figure = (window: number, fn: WindowFunction): number | undefined => {
    for (const [w, f, value] of figures) if (w === window && f === fn) return value;
    const asked = condition.windows[window];
    const ring = ringOf(ringsOf, asked);
    const value =
      asked &&
      ring &&
      figureAt(asked.shape, ring, fn, at, asked.countMin, spokenOf(condition, asked, reading));
    figures.push([window, fn, value]);
    return value;
  };
  const each: Notes['each'] = [];
  // The rule's own sensor is one of the list: what it says has entered its window like what the others say.
  const figureOf = (window: number, fn: WindowFunction, place = 0): number | undefined => {
    for (const [w, p, f, value] of each) if (w === window && p === place && f === fn) return value;
    const asked = condition.feeds[window]?.[place];
    const ring = ringOf(ringsOf, asked);
    const value = asked && ring && figureAt(asked.shape, ring, fn, at, asked.countMin);
    each.push([window, place, fn, value]);
    return value;
  };
  const reach = (window: number, limit: number, withinMs: number): Verdict => {
    for (const [w, l, ms, said] of reaches) if (w === window && l === limit && ms === withinMs) return said;
    const asked = condition.windows[window];
    const ring = ringOf(ringsOf, asked);
    const scaled = asked && spokenOf(condition, asked, reading);
    const said = asked && ring && reachesAt(asked.shape, ring, limit, withinMs, at, asked.countMin, scaled);
    reaches.push([window, limit, withinMs, said]);
    return said;
  };
  const others = othersAt(condition, seenAt, at);
  const around = aroundFrom({ figure, figureOf, reaches: reach }, others.access);
  return { around, figures, each, reaches, ...others.said };
}

/** The reading itself, where it speaks for the window's own sensor: good, or held. */
function spokenOf(condition: Condition, { isOwn, shape }: AskedWindow, reading: Reading): number | undefined {
  const { value, quality } = reading;
  const speaks = quality === 'good' || condition.rule.quality[quality] === 'hold';
  return isOwn && speaks ? scaledIfKnown(shape, value) : undefined;
}

function askedOf(condition: Condition, ringsOf: RingsOf, reading: Reading, notes: Notes): Asked {
  const numbers = new Set([...notes.figures, ...notes.reaches].map(([window]) => window));
  return {
    figures: notes.figures
      .map(([window, fn, value]) => [window, fn, value ?? null] as const)
      .toSorted(byText),
    ...(notes.each.length > 0 && {
      each: notes.each
        .map(([window, place, fn, value]) => [window, place, fn, value ?? null] as const)
        .toSorted(byText),
    }),
    reaches: notes.reaches
      .map(([window, limit, withinMs, said]) => [window, limit, withinMs, said ?? null] as const)
      .toSorted(byText),
    windows: [...numbers]
      .toSorted((a, b) => a - b)
      .flatMap((window) => {
        const asked = condition.windows[window];
        const ring = ringOf(ringsOf, asked);
        if (!asked || !ring) return [];
        const { count, oldestAt, newestAt } = survey(
          asked.shape,
          ringAt(asked.shape, ring, reading.phenomenonAt),
          reading.phenomenonAt,
        );
        return [[window, count, oldestAt, newestAt] as const];
      }),
    ...othersOf(notes),
  };
}

/** The answers of a decision record, given once more: what it does not hold is unknown. */
export const recordedSurroundings = (
  readings: readonly Reading[],
  asked: readonly Asked[],
): Surroundings => ({
  aroundAt: (reading) => recordedAround(asked[readings.indexOf(reading)] ?? nothing),
  askedAt: (reading) => asked[readings.indexOf(reading)] ?? nothing,
});

/** As `recordedSurroundings`, of the one instant that a change of limits has judged again. */
export const recordedLast = ([asked = nothing]: readonly Asked[]): Surroundings => ({
  aroundAt: () => recordedAround(asked),
  askedAt: () => asked,
});

const nothing: Asked = { figures: [], reaches: [], windows: [] };

const recordedAround = ({ figures, each, reaches, ...others }: Asked): Around =>
  aroundFrom(
    {
      figure: (window, fn) => figures.find(([w, f]) => w === window && f === fn)?.[2] ?? undefined,
      figureOf: (window, fn, place = 0) =>
        each?.find(([w, p, f]) => w === window && p === place && f === fn)?.[3] ?? undefined,
      reaches: (window, limit, withinMs) =>
        reaches.find(([w, l, ms]) => w === window && l === limit && ms === withinMs)?.[3] ?? undefined,
    },
    recordedOthers(others),
  );
