import type { Change, History } from '../history.ts';
import { isTransitionItem } from './facts/alerts.ts';
import { textOf } from './facts/items.ts';
import { judge } from './oracle.ts';
import { breakTransition, type Doc, docOf, withoutAlert } from './support/broken.ts';
import { recordedHistory } from './support/recorded-history.ts';

/** A history in which nothing is handled for two minutes at a time, as if nothing had failed: then all bounds hold at once. */
let history: History;
beforeAll(async () => {
  const stalled = await recordedHistory({ seed: 1, doesStall: true });
  const calm = stalled.phases.end + 3_600_000;
  history = { ...stalled, phases: { ...stalled.phases, faults: calm, heal: calm, quiet: calm } };
}, 60_000);

const ours = ['delay-told', 'delay-earned', 'watermark-true'];
const found = (broken: History | undefined): readonly string[] => {
  if (broken === undefined) throw new Error('the history could not be broken so');
  return [...new Set(judge(broken).map(({ law }) => law))].filter((law) => ours.includes(law));
};

const isDelay = ({ matter }: Doc): boolean => matter.ruleId === 'system.telemetry-delayed';
const moved = (change: string, byMs: number) => (doc: Doc) =>
  isDelay(doc) && doc.change === change ? { ...doc, at: Number(doc['at']) + byMs } : undefined;

/** The history in which the watermark was written otherwise; null: not at all. */
const withWatermark = (edit: (doc: WatermarkDoc, place: number) => WatermarkDoc | null): History => {
  let place = 0;
  return {
    ...history,
    changes: history.changes.flatMap((change): Change[] => {
      if (textOf(change.after, 'id') !== 'WATERMARK') return [change];
      const doc = edit(JSON.parse(textOf(change.after, 'doc') ?? '{}'), place++);
      return doc === null ? [] : [{ ...change, after: { ...change.after, doc: { S: JSON.stringify(doc) } } }];
    }),
  };
};
interface WatermarkDoc {
  readonly firstDueAt: number;
  readonly until?: number;
  readonly early: readonly number[];
}

test('our own lag is told and ends, and nothing is found against it', () => {
  expect(found(history)).toEqual([]);
  const told = history.tables.records.filter(isTransitionItem).map(docOf).filter(isDelay);
  expect(told.map(({ change }) => change)).toEqual(expect.arrayContaining(['raised', 'recovered']));
});

test('our own lag of which nobody is told is found', () => {
  expect(found(withoutAlert(history, isDelay))).toEqual(['delay-told']);
});

test('so is what stands when it is over', () => {
  const records = history.tables.records.filter(
    (item) => !isTransitionItem(item) || !isDelay(docOf(item)) || docOf(item).change !== 'recovered',
  );
  expect(found({ ...history, tables: { ...history.tables, records } })).toContain('delay-told');
});

test.each([
  ['raised', -25_000],
  ['recovered', -25_000],
])('what is %s on another watermark is found', (change, byMs) => {
  expect(found(breakTransition(history, moved(change, byMs)))).toContain('delay-earned');
});

test('what was told while all canaries came is invented', () => {
  const none = { ...history, changes: history.changes.filter(({ at }) => at < history.phases.warmUp) };
  expect(found(none)).toContain('watermark-true');
  const fresh = withWatermark((doc) => ({ ...doc, until: history.phases.end }));
  expect(found(fresh)).toEqual(expect.arrayContaining(['delay-earned', 'watermark-true']));
});

test('a watermark that stays behind, forgets or invents is found', () => {
  const without = (doc: WatermarkDoc): WatermarkDoc => ({ ...doc, early: [] });
  expect(found(withWatermark((doc) => ({ ...doc, until: (doc.until ?? 5_000) - 5_000 })))).toContain(
    'watermark-true',
  );
  expect(found(withWatermark((doc) => ({ ...doc, early: [history.phases.end] })))).toContain(
    'watermark-true',
  );
  expect(found(withWatermark(without))).toContain('watermark-true');
  expect(found(withWatermark((doc, place) => (place > 20 ? null : doc)))).toContain('watermark-true');
});
