/** What the conditions were told beside the reading: windows and other sensors, out of the record. */
import type { Around } from '../../functions/domain/rules/around.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { StepRecord } from '../../functions/domain/rules/engine/record-schema.ts';
import { recordedSurroundings } from '../../functions/domain/rules/engine/surroundings.ts';
import { windowText } from './expression-text.ts';

/** What there was in one window. */
export interface AskedWindow {
  readonly text: string;
  readonly count: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** What was known around the reading at `index` of the record; `undefined` when nothing was asked, or by a newer format. */
export function aroundAt(json: unknown, index: number): Around | undefined {
  const record = StepRecord.safeParse(json);
  if (!record.success || record.data.asked === undefined || record.data.input.kind !== 'readings')
    return undefined;
  const { readings } = record.data.input;
  const reading = readings[index];
  return reading && recordedSurroundings(readings, record.data.asked).aroundAt(reading);
}

/** The windows that were asked at the reading at `index`. */
export function askedWindows(json: unknown, index: number, rule: Rule): readonly AskedWindow[] {
  const record = StepRecord.safeParse(json);
  const asked = record.success ? record.data.asked?.[index] : undefined;
  return (asked?.windows ?? []).map(([window, count, oldestAt, newestAt]) => ({
    text: windowText(rule.windows, window, 'window', undefined),
    count,
    oldestAt,
    newestAt,
  }));
}
