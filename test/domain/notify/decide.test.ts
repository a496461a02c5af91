import { AlertChange } from '../../../functions/domain/alerts/alert.ts';
import { decideNotification } from '../../../functions/domain/notify/decide.ts';
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

  test('a late or held breach is sent like any other', () => {
    expect(decide({ marks: ['late', 'held'] }).outcome).toBe('send');
  });
});
