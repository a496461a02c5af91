import type { Alert, AlertChange } from '../../../functions/domain/alerts/alert.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { handlingNeeded, isClosed } from '../../../functions/domain/alerts/closing.ts';
import { edgeRefusal, edges } from '../../../functions/domain/alerts/edges.ts';
import { applyDraft, changeFor } from '../../../functions/domain/alerts/from-rules.ts';
import { acknowledge } from '../../../functions/domain/alerts/handling.ts';
import { severities } from '../../../functions/domain/severity.ts';
import { instant } from '../../../functions/domain/time.ts';
import { draft, fresh, matter, scope, subject } from '../../support/alerts.ts';

const at = (ms: number) => ({ at: instant(ms), phenomenonAt: instant(ms), committedAt: instant(ms) });
const raised = (severity: Alert['severity'] = 'orange'): Alert =>
  change(fresh(severity), { change: 'raised', condition: 'firing', ...at(1_000) }).alert;
const recovered = (alert: Alert): Alert =>
  change(alert, { change: 'recovered', condition: 'recovered', ...at(5_000) }).alert;
const acked = (alert: Alert): Alert => {
  const handled = acknowledge(alert, { by: 'iss|lin', at: instant(6_000) });
  if (!handled.ok) throw new Error(handled.problem);
  return handled.alert;
};

const belonging = { matter, scope, subject, stateVersion: 7, committedAt: instant(9_000) };

describe('closing', () => {
  test.each([
    ['signal', 'open'],
    ['blue', 'acknowledged'],
    ['yellow', 'acknowledged'],
    ['orange', 'verified'],
    ['red', 'verified'],
  ] as const)('a %s alert closes once it is recovered and %s', (gravest, handling) => {
    expect(handlingNeeded(gravest)).toBe(handling);
    expect(isClosed({ condition: 'recovered', handling, gravest })).toBe(true);
    expect(isClosed({ condition: 'firing', handling, gravest })).toBe(false);
    expect(isClosed({ condition: 'stale', handling, gravest })).toBe(false);
  });

  test('a recovered orange alert that was only acknowledged stays visible', () => {
    expect(acked(recovered(raised('orange'))).closed).toBe(false);
  });

  test('a recovered yellow alert closes with its acknowledgement', () => {
    expect(acked(recovered(raised('yellow'))).closed).toBe(true);
  });

  test('an acknowledged yellow alert closes with its recovery', () => {
    expect(recovered(acked(raised('yellow'))).closed).toBe(true);
  });
});

describe('numbered changes', () => {
  test('every change carries the next number and the state it led to', () => {
    const first = change(fresh('orange'), { change: 'raised', ...at(1_000) });
    const second = change(first.alert, { change: 'severity-up', severity: 'red', ...at(2_000) });
    expect([first.transition.version, second.transition.version]).toEqual([1, 2]);
    expect(second.transition).toMatchObject({ severity: 'red', condition: 'firing', handling: 'open' });
  });

  test('a rise in severity and a new occurrence set handling back to open', () => {
    const up = change(acked(raised('orange')), { change: 'severity-up', severity: 'red', ...at(7_000) });
    expect(up.alert.handling).toBe('open');
    const again = change(acked(recovered(raised('orange'))), {
      change: 'occurrence',
      condition: 'firing',
      ...at(8_000),
    });
    expect(again.alert).toMatchObject({ handling: 'open', occurrences: 2 });
  });

  test('a fall in severity leaves handling alone', () => {
    const down = change(acked(raised('red')), { change: 'severity-down', severity: 'orange', ...at(7_000) });
    expect(down.alert).toMatchObject({ handling: 'acknowledged', gravest: 'red' });
  });

  test('semantics 26: an alert keeps its peak with its time, and the time spent per severity', () => {
    const up = change(
      { ...raised('orange') },
      { change: 'severity-up', severity: 'red', value: 3, ...at(4_000) },
    ).alert;
    const down = change(up, { change: 'severity-down', severity: 'orange', value: 1.2, ...at(10_000) }).alert;
    expect(down.peak).toEqual({ value: 3, at: 4_000 });
    expect(down.spent).toEqual({ orange: 3_000, red: 6_000 });
  });

  test('semantics 26: where less is graver the peak is the least', () => {
    const low = { isLowGraver: true };
    const at17 = change(
      { ...raised('orange') },
      {
        change: 'severity-up',
        severity: 'red',
        value: 17,
        ...low,
        ...at(4_000),
      },
    ).alert;
    const at19 = change(at17, { change: 'stale', condition: 'stale', value: 19, ...low, ...at(5_000) }).alert;
    const at16 = change(at19, {
      change: 'firing-again',
      condition: 'firing',
      value: 16,
      ...low,
      ...at(6_000),
    });
    expect(at19.peak).toEqual({ value: 17, at: 4_000 });
    expect(at16.alert.peak).toEqual({ value: 16, at: 6_000 });
  });

  test('a decision that was due earlier than the last change takes no time away', () => {
    const up = change(raised('orange'), { change: 'severity-up', severity: 'red', ...at(500) }).alert;
    expect(up.spent).toEqual({});
    expect(up.changedAt).toBe(1_000);
  });
});

describe('the table of edges', () => {
  const states: readonly (Alert | undefined)[] = [
    undefined,
    raised(),
    change(raised(), { change: 'stale', condition: 'stale', ...at(2_000) }).alert,
    recovered(raised()),
    acked(raised()),
    recovered(acked(raised('yellow'))),
  ];
  const cases = Object.keys(edges).flatMap((name) =>
    states.map((state) => [name as AlertChange, state] as const),
  );

  test.each(cases)('%s is taken or refused as the table says (%#)', (name, state) => {
    const before = state ?? fresh('orange');
    const refusal = edgeRefusal(state, name);
    const attempt = () => change(before, { change: name, ...at(9_000) });
    if (refusal === undefined) expect(attempt().alert.version).toBe(before.version + 1);
    else expect(attempt).toThrow(refusal);
  });

  test('a closed alert takes no further change', () => {
    const closed = recovered(acked(raised('yellow')));
    for (const name of Object.keys(edges)) expect(edgeRefusal(closed, name as AlertChange)).toBe('closed');
  });

  test('an alert is acknowledged once', () => {
    expect(acknowledge(acked(raised()), { by: 'iss|wu', at: instant(7_000) })).toEqual({
      ok: false,
      problem: 'already-acknowledged',
    });
  });
});

describe('verdicts of the rules', () => {
  test('a raise with no alert opens one, with the same id when it is tried again', () => {
    const one = applyDraft(undefined, draft(), belonging);
    const two = applyDraft(undefined, draft(), belonging);
    expect(one?.transition.change).toBe('raised');
    expect(one?.alert.alertId).toBe(two?.alert.alertId);
  });

  test('a raise while the alert stands recovered is an occurrence', () => {
    expect(changeFor(recovered(raised()), draft())).toBe('occurrence');
  });

  test('a raise after the alert was closed opens a new one that names the last', () => {
    const closed = recovered(acked(raised('yellow')));
    const next = applyDraft(closed, draft({ at: instant(20_000) }), belonging);
    expect(next?.alert).toMatchObject({ previous: closed.alertId, version: 1, occurrences: 1 });
    expect(next?.alert.alertId).not.toBe(closed.alertId);
  });

  test('an alert that silence alone raises is stale from its first transition', () => {
    const one = applyDraft(undefined, draft({ condition: 'stale', trigger: 'silence' }), belonging);
    expect(one?.transition).toMatchObject({ change: 'raised', condition: 'stale' });
  });

  test('a verdict that the alert already shows changes nothing', () => {
    expect(changeFor(raised('orange'), draft({ severity: 'orange' }))).toBeUndefined();
    expect(changeFor(undefined, draft({ change: 'recovered', condition: 'recovered' }))).toBeUndefined();
  });

  test.each(severities)('a firing orange alert follows the rules to %s', (severity) => {
    const name = changeFor(raised('orange'), draft({ change: 'severity-up', severity }));
    const expected = {
      signal: 'severity-down',
      blue: 'severity-down',
      yellow: 'severity-down',
      red: 'severity-up',
    };
    expect(name).toBe(severity === 'orange' ? undefined : expected[severity]);
  });
});
