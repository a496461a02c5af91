/** What this room knows: what enterprises register. This file: the mode of an area, a dated history (design 3). */
import * as z from 'zod';
import { AreaCode } from '../ids.ts';
import { Mode, type RegisteredMode } from '../telemetry/overrides.ts';
import { Instant, instant } from '../time.ts';
import { forgottenAfter } from './override.ts';
import { type Actor, firstStamp, nextStamp, stampShape } from './stamp.ts';
import { commentMax, line } from './text.ts';

/** Most entries kept with an area; older ones are in its earlier versions. */
export const modeCountMax = 100;

export const NewMode = z.strictObject({ mode: Mode, reason: line(commentMax) });
export type NewMode = z.infer<typeof NewMode>;

const ModeEntry = z.strictObject({
  mode: Mode,
  from: Instant,
  by: z.string().min(1),
  reason: line(commentMax),
});

export const Area = z.strictObject({
  area: AreaCode,
  /** Oldest first; the last one holds. */
  modes: z.array(ModeEntry).max(modeCountMax),
  ...stampShape,
});
export type Area = z.infer<typeof Area>;

/** The area in another mode from now on; the same object when it is in it already. */
export function withMode(code: AreaCode, before: Area | undefined, declared: NewMode, actor: Actor): Area {
  const modes = before?.modes ?? [];
  const last = modes.at(-1);
  if (before && last?.mode === declared.mode) return before;
  const from = instant(Math.max(actor.at, last === undefined ? 0 : last.from + 1));
  const entry = { mode: declared.mode, from, by: actor.by, reason: declared.reason };
  const stamp = before === undefined ? firstStamp(actor) : nextStamp(before, actor);
  return { area: code, modes: [...modes, entry].slice(-modeCountMax), ...stamp };
}

/** As registrations carry it: what a reading that may still come can need. */
export function registeredModes({ area, modes }: Area, now: Instant): readonly RegisteredMode[] {
  const oldest = modes.findLastIndex(({ from }) => from <= now - forgottenAfter);
  return modes.slice(Math.max(0, oldest)).map(({ mode, from }) => ({ area, mode, from }));
}
