import type { Alert, AlertChange } from '../../../functions/domain/alerts/alert.ts';
import { handlingNeeded, isClosed } from '../../../functions/domain/alerts/closing.ts';
import { edgeRefusal, edges, stateOf } from '../../../functions/domain/alerts/edges.ts';
import { fresh } from '../../support/alerts.ts';

const standing = (more: Partial<Alert>): Alert => ({ ...fresh('orange'), version: 3, ...more });
const states = {
  none: undefined,
  firing: standing({ condition: 'firing' }),
  stale: standing({ condition: 'stale' }),
  recovered: standing({ condition: 'recovered' }),
  closed: standing({ condition: 'recovered', handling: 'verified', closed: true }),
} as const;

/** The states after which each change may come; after every other one it may not. */
const allowed: Readonly<Record<AlertChange, readonly string[]>> = {
  raised: ['none'],
  occurrence: ['recovered'],
  'severity-up': ['firing', 'stale'],
  'severity-down': ['firing', 'stale'],
  stale: ['firing', 'stale'],
  'firing-again': ['stale'],
  recovered: ['firing', 'stale'],
  acknowledged: ['firing', 'stale', 'recovered'],
  linked: ['firing', 'stale'],
  'inhibition-ended': ['firing', 'stale'],
  restored: ['none', 'firing', 'stale', 'recovered'],
};
const changes = Object.entries(allowed) as [AlertChange, readonly string[]][];

test.each(changes)('%s may come after %j and after nothing else', (change, from) => {
  for (const [name, alert] of Object.entries(states)) {
    const refusal = name === 'closed' ? 'closed' : 'not-allowed';
    expect([name, edgeRefusal(alert, change)]).toEqual([name, from.includes(name) ? undefined : refusal]);
  }
});

test('the table has these changes and no others', () => {
  expect(Object.keys(edges).toSorted()).toEqual([
    ...['acknowledged', 'firing-again', 'inhibition-ended', 'linked', 'occurrence', 'raised', 'recovered'],
    ...['restored', 'severity-down', 'severity-up', 'stale'],
  ]);
});

test.each(Object.entries(states))('the state of an alert is told by one word: %s', (name, alert) => {
  expect(stateOf(alert)).toBe(name);
});

test.each(['acknowledged', 'disposed', 'verified'] as const)(
  'an alert that is %s is not acknowledged again, but whatever else happens to it is told',
  (handling) => {
    for (const condition of ['firing', 'stale', 'recovered'] as const)
      expect(edgeRefusal(standing({ condition, handling }), 'acknowledged')).toBe('already-acknowledged');
    expect(edgeRefusal(standing({ handling }), 'severity-up')).toBeUndefined();
    expect(edgeRefusal(standing({ handling }), 'restored')).toBeUndefined();
  },
);

test.each([
  ['signal', 'open', true],
  ['blue', 'open', false],
  ['blue', 'acknowledged', true],
  ['yellow', 'disposed', true],
  ['yellow', 'verified', true],
  ['orange', 'open', false],
  ['orange', 'acknowledged', false],
  ['orange', 'disposed', false],
  ['red', 'disposed', false],
  ['red', 'verified', true],
] as const)('once a %s alert is recovered and %s, that it is closed is %s', (gravest, handling, closed) => {
  expect(isClosed({ condition: 'recovered', handling, gravest })).toBe(closed);
});

test('an alert that was never graver than a signal closes without anybody', () => {
  expect(handlingNeeded('signal')).toBe('open');
});
