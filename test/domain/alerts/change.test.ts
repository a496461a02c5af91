import type { Alert } from '../../../functions/domain/alerts/alert.ts';
import { change, type Happening, peakOf, spentOf } from '../../../functions/domain/alerts/change.ts';
import { applyDraft } from '../../../functions/domain/alerts/from-rules.ts';
import { instant } from '../../../functions/domain/time.ts';
import { draft, fresh, matter, scope, subject } from '../../support/alerts.ts';

const at = (ms: number) => ({ at: instant(ms), phenomenonAt: instant(ms), committedAt: instant(ms) });
/** An orange alert that was raised with 2 at 1 000 ms. */
const raised = (more: Partial<Alert> = {}): Alert => ({
  ...fresh('orange'),
  version: 1,
  lastValue: 2,
  peak: { value: 2, at: instant(1_000) },
  ...more,
});
const changed = (happening: Omit<Happening, 'at' | 'phenomenonAt' | 'committedAt'>, before = raised()) =>
  change(before, { ...happening, ...at(4_000) });

describe('what a change tells', () => {
  test('the last value is that of the change, and stays where the change has none', () => {
    expect(changed({ change: 'severity-up', value: 3 }).alert.lastValue).toBe(3);
    expect(changed({ change: 'severity-up', value: 0 }).alert.lastValue).toBe(0);
    expect(changed({ change: 'severity-up', value: false }).alert.lastValue).toBe(false);
    expect(changed({ change: 'severity-up' }).alert.lastValue).toBe(2);
    expect(
      changed({ change: 'severity-up', value: 3 }, raised({ lastValue: undefined })).alert,
    ).toMatchObject({ lastValue: 3 });
  });

  test('who acknowledged it stays with the alert; who did something else does not', () => {
    const acknowledged = changed({ change: 'acknowledged', handling: 'acknowledged', by: 'iss|lin' }).alert;
    expect(acknowledged.acknowledgedBy).toBe('iss|lin');
    expect(changed({ change: 'severity-up' }, acknowledged).alert.acknowledgedBy).toBe('iss|lin');
    expect(changed({ change: 'linked', by: 'iss|wu' }, acknowledged).alert.acknowledgedBy).toBe('iss|lin');
    expect(changed({ change: 'linked', by: 'iss|wu' }).alert.acknowledgedBy).toBeUndefined();
  });

  test('a transition has the marks of its change, and none where that has none', () => {
    expect(changed({ change: 'severity-up', marks: ['late'] }).transition.marks).toEqual(['late']);
    expect(changed({ change: 'severity-up' }).transition.marks).toEqual([]);
  });

  test('the alert has changed when it was decided, but never earlier than before', () => {
    expect(changed({ change: 'linked' }, raised({ changedAt: instant(3_999) })).alert.changedAt).toBe(4_000);
    expect(changed({ change: 'linked' }, raised({ changedAt: instant(4_001) })).alert.changedAt).toBe(4_001);
  });

  test('a verdict on an alert that is yet to be raised raises it, however grave it is', () => {
    const belonging = { matter, subject, scope, stateVersion: 1, committedAt: instant(4_000) };
    const told = applyDraft(fresh('orange'), draft({ severity: 'red' }), belonging);
    expect(told?.transition).toMatchObject({ change: 'raised', version: 1, severity: 'red' });
  });
});

describe('semantics 26: the peak', () => {
  const late = { change: 'severity-up', phenomenonAt: instant(4_000) } as const;
  const held = { value: 2, at: 1_000 };

  test.each([
    ['greater', 3, { value: 3, at: 4_000 }],
    ['as great', 2, held],
    ['less', 1, held],
    ['as far below zero', -2, held],
    ['further below zero', -2.5, { value: -2.5, at: 4_000 }],
  ])('a value that is %s (%d after 2)', (_, value, expected) => {
    expect(peakOf(raised(), { ...late, value })).toEqual(expected);
  });

  test.each([
    ['greater', 3, held],
    ['as great', 2, held],
    ['less', 1, { value: 1, at: 4_000 }],
    ['below zero', -3, { value: -3, at: 4_000 }],
  ])('where less is graver, a value that is %s (%d after 2)', (_, value, expected) => {
    expect(peakOf(raised(), { ...late, value, isLowGraver: true })).toEqual(expected);
  });

  test('the first number is the peak, whatever it is', () => {
    expect(peakOf(raised({ peak: undefined }), { ...late, value: 0 })).toEqual({ value: 0, at: 4_000 });
  });

  test('what is no number, or no value at all, is no peak', () => {
    for (const value of [true, 'on', undefined]) {
      expect(peakOf(raised({ peak: undefined }), { ...late, value })).toBeUndefined();
      expect(peakOf(raised(), { ...late, value })).toEqual(held);
    }
  });

  test('the value that comes with the recovery is no peak', () => {
    expect(peakOf(raised(), { ...late, change: 'recovered', value: 9 })).toEqual(held);
    expect(peakOf(raised({ peak: undefined }), { ...late, change: 'recovered', value: 9 })).toBeUndefined();
  });
});

describe('semantics 26: the time spent', () => {
  test('counts at the severity that stood, on top of what was spent at it', () => {
    expect(spentOf(raised({ spent: { orange: 500, red: 70 } }), instant(4_000))).toEqual({
      orange: 3_500,
      red: 70,
    });
    expect(spentOf(raised({ condition: 'stale' }), instant(4_000))).toEqual({ orange: 3_000 });
  });

  test('does not count before the alert is raised', () => {
    expect(spentOf(fresh('orange'), instant(4_000))).toEqual({});
  });

  test('does not count once the matter is over', () => {
    const over = raised({ condition: 'recovered', spent: { orange: 500 } });
    expect(spentOf(over, instant(4_000))).toEqual({ orange: 500 });
  });

  test('names no severity at which no time was spent', () => {
    expect(spentOf(raised(), instant(1_000))).toEqual({});
    expect(spentOf(raised(), instant(999))).toEqual({});
  });
});
