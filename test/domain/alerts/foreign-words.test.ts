import { Alert, Transition } from '../../../functions/domain/alerts/alert.ts';
import { fresh, matter, scope, subject } from '../../support/alerts.ts';

const alert = fresh('orange');
const transition = {
  alertId: 'al-1',
  version: 1,
  change: 'raised',
  matter,
  subject,
  scope,
  condition: 'firing',
  handling: 'open',
  severity: 'orange',
  closed: false,
  occurrences: 1,
  at: 1_000,
  phenomenonAt: 1_000,
  committedAt: 1_000,
  marks: [],
  drill: false,
};

test('an alert that is about to be raised, and its first transition, are well formed', () => {
  expect(Alert.safeParse(alert).success).toBe(true);
  expect(Transition.safeParse(transition).success).toBe(true);
});

test.each([
  ['condition', 'burning'],
  ['condition', ''],
  ['handling', 'ignored'],
  ['handling', ''],
  ['severity', 'pink'],
  ['gravest', 'pink'],
  ['subject', { kind: 'planet', id: 'x' }],
  ['subject', { kind: '', id: 'x' }],
  ['subject', { kind: 'sensor', id: '' }],
  ['subject', { kind: 'sensor' }],
  ['subject', { id: 'dev-1/ch4' }],
  ['version', -1],
  ['version', 0.5],
  ['occurrences', 0],
  ['raisedAt', -1],
  ['lastValue', null],
  ['peak', {}],
  ['peak', { value: 3 }],
  ['peak', { at: 3 }],
  ['spent', { orange: -1 }],
  ['spent', { pink: 1 }],
  ['scope', { ...scope, area: '123' }],
  ['scope', { ...scope, trade: 'space' }],
  ['matter', { ...matter, kind: 'weather' }],
] as const)('an alert whose %s is %j is refused', (name, value) => {
  expect(Alert.safeParse({ ...alert, [name]: value }).success).toBe(false);
});

test.each([
  ['change', 'exploded'],
  ['change', ''],
  ['marks', ['odd']],
  ['marks', ['']],
  ['version', 0],
  ['value', null],
  ['condition', 'burning'],
  ['handling', 'ignored'],
] as const)('a transition whose %s is %j is refused', (name, value) => {
  expect(Transition.safeParse({ ...transition, [name]: value }).success).toBe(false);
});
