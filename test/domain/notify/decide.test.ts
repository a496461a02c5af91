import { AlertChange } from '../../../functions/domain/alerts/alert.ts';
import { AreaCode, EnterpriseId } from '../../../functions/domain/ids.ts';
import { decideNotification, type Parent } from '../../../functions/domain/notify/decide.ts';
import { severities } from '../../../functions/domain/severity.ts';
import { instant } from '../../../functions/domain/time.ts';
import { raisedAt } from '../../support/transitions.ts';

const context = { parents: [], now: instant(5_000) };
const decide = (given: Parameters<typeof raisedAt>[1]) => decideNotification(raisedAt(1_000, given), context);

describe('the decision about a notification', () => {
  test.each([
    ['raised', 'first'],
    ['occurrence', 'occurrence'],
    ['severity-up', 'severity-up'],
    ['severity-down', 'severity-down'],
    ['stale', 'stale'],
    ['firing-again', 'firing-again'],
    ['recovered', 'recovered'],
    ['restored', 'restored'],
  ] as const)('%s is sent with reason %s', (change, reason) => {
    expect(decide({ change })).toEqual({ outcome: 'send', reason });
  });

  test('a signal is recorded, never notified', () => {
    for (const change of AlertChange.options.filter((one) => one !== 'severity-down')) {
      expect(decide({ change, severity: 'signal' })).toEqual({ outcome: 'suppressed', reason: 'signal' });
    }
  });

  test('who heard of something graver hears that it has become a signal', () => {
    expect(decide({ change: 'severity-down', severity: 'signal' })).toMatchObject({ outcome: 'send' });
  });

  test('every severity from blue to red is sent', () => {
    for (const severity of severities.filter((one) => one !== 'signal')) {
      expect(decide({ severity }).outcome).toBe('send');
    }
  });

  test('an acknowledgement alone is no news', () => {
    expect(decide({ change: 'acknowledged' })).toEqual({ outcome: 'suppressed', reason: 'handling-only' });
  });

  test('an acknowledgement that closes the matter is sent as closed', () => {
    expect(decide({ change: 'acknowledged', closed: true })).toEqual({ outcome: 'send', reason: 'closed' });
  });

  test('a link to a root cause is no news', () => {
    expect(decide({ change: 'linked' })).toEqual({ outcome: 'suppressed', reason: 'linked' });
  });

  test('semantics 21: the end of an inhibition is sent with a reason of its own', () => {
    expect(decide({ change: 'inhibition-ended' })).toEqual({ outcome: 'send', reason: 'inhibition-ended' });
  });

  const { scope } = raisedAt(1_000);
  const parent = (given: Partial<Parent> = {}): Parent => ({
    alertId: raisedAt(1).alertId,
    severity: 'orange',
    kind: 'risk',
    scope,
    ...given,
  });
  const under = (given: Parameters<typeof raisedAt>[1], ...parents: readonly Parent[]) =>
    decideNotification(raisedAt(1_000, given), { ...context, parents }).outcome;

  test.each([
    ['blue', 'orange', 'suppressed'],
    ['orange', 'orange', 'suppressed'],
    ['orange', 'yellow', 'send'],
    ['red', 'red', 'send'],
  ] as const)('semantics 21: %s under a parent that is %s: %s', (severity, graver, outcome) => {
    expect(under({ severity }, parent({ severity: graver }))).toBe(outcome);
  });

  test('semantics 21: one parent of several is enough', () => {
    expect(under({}, parent({ severity: 'blue' }), parent())).toBe('suppressed');
  });

  test('semantics 21: whoever is muted by a parent can be asked why', () => {
    const verdict = decideNotification(raisedAt(1_000), { ...context, parents: [parent()] });
    expect(verdict).toEqual({ outcome: 'suppressed', reason: 'inhibited' });
  });

  test('semantics 21: a parent mutes what any of its audience hears, wherever it stands itself', () => {
    const elsewhere = { ...scope, enterpriseId: EnterpriseId.parse('ent-other') };
    expect(under({}, parent({ scope: { ...elsewhere, audience: [elsewhere, scope] } }))).toBe('suppressed');
    expect(under({}, parent({ scope: { ...elsewhere, audience: [elsewhere] } }))).toBe('send');
  });

  test('semantics 21: an end is sent under a parent too', () => {
    expect(under({ change: 'recovered', condition: 'recovered' }, parent())).toBe('send');
  });

  test('semantics 21: a parent that others would hear mutes nothing', () => {
    const others: readonly Partial<Parent>[] = [
      { kind: 'data-quality' },
      { scope: { ...scope, trade: 'gas' } },
      { scope: { ...scope, enterpriseId: '-' } },
      { scope: { ...scope, area: AreaCode.parse('2201') } },
    ];
    for (const one of others) expect(under({}, parent(one))).toBe('send');
    const finer = { ...scope, area: AreaCode.parse('220104001') };
    expect(under({}, parent({ scope: finer }))).toBe('suppressed');
  });

  const root = parent({ alertId: raisedAt(2).alertId });
  const caused = (given: Parameters<typeof raisedAt>[1], found: Parent | undefined) =>
    decideNotification(raisedAt(1_000, { condition: 'stale', cause: root.alertId, ...given }), {
      ...context,
      root: found,
    });

  test('semantics 12, 21: what was found with its root cause is told by the alert of that', () => {
    expect(caused({ marks: ['caused'] }, root)).toEqual({ outcome: 'suppressed', reason: 'root-cause' });
  });

  test('semantics 21: a root cause mutes nothing else, nothing graver, no red, and nothing that others would hear', () => {
    expect(caused({ marks: [] }, root).outcome).toBe('send');
    expect(caused({ marks: ['caused'] }, undefined).outcome).toBe('send');
    expect(caused({ marks: ['caused'] }, { ...root, severity: 'yellow' }).outcome).toBe('send');
    expect(caused({ marks: ['caused'], severity: 'red' }, { ...root, severity: 'red' }).outcome).toBe('send');
    expect(caused({ marks: ['caused'] }, { ...root, kind: 'data-quality' }).outcome).toBe('send');
    expect(caused({ marks: ['caused'] }, { ...root, alertId: raisedAt(3).alertId }).outcome).toBe('send');
  });

  test('a late or held breach is sent like any other', () => {
    expect(decide({ marks: ['late', 'held'] }).outcome).toBe('send');
  });
});
