import { Alert, AlertChange, Handling, Subject, Transition } from '../../../functions/domain/alerts/alert.ts';

/** Documents as they are stored, every field of them filled. */
const matter = {
  ruleId: 'coal-mine.methane.coal-face',
  ruleVersion: '0123456789abcdef',
  kind: 'risk',
  title: { zh: '甲烷超限', en: 'Methane over limit' },
  advice: { zh: '撤人', en: 'Withdraw people' },
  unit: '%{vol}',
};
const subject = { kind: 'sensor', id: 'dev-1/ch4' };
const scope = {
  area: '220104',
  enterpriseId: 'ent-1',
  siteId: 'site-1',
  sourceId: 'face-1',
  trade: 'coal-mine',
  deviceId: 'dev-1',
  tags: ['north'],
  audience: [{ area: '2202', enterpriseId: 'ent-2', trade: 'gas' }],
};
const alert = {
  alertId: 'al-1',
  matter,
  subject,
  scope,
  condition: 'firing',
  handling: 'acknowledged',
  severity: 'orange',
  gravest: 'red',
  closed: false,
  version: 4,
  occurrences: 2,
  raisedAt: 1_000,
  changedAt: 9_000,
  lastValue: 1.2,
  peak: { value: 3, at: 4_000 },
  spent: { orange: 3_000, red: 5_000 },
  acknowledgedBy: 'iss|lin',
  previous: 'al-0',
  cause: 'al-9',
  drill: false,
};
const transition = {
  alertId: 'al-1',
  version: 4,
  change: 'acknowledged',
  matter,
  subject,
  scope,
  condition: 'firing',
  handling: 'acknowledged',
  severity: 'orange',
  closed: false,
  occurrences: 2,
  at: 9_000,
  phenomenonAt: 8_000,
  committedAt: 9_100,
  value: 1.2,
  marks: ['late', 'held'],
  by: 'iss|lin',
  comment: 'on my way',
  cause: 'al-9',
  drill: false,
  because: '{}',
};
const optionalInAlert = ['lastValue', 'peak', 'acknowledgedBy', 'previous', 'cause'];
const optionalInTransition = ['value', 'by', 'comment', 'cause', 'because'];
const optionalInScope = ['tags', 'audience'];

const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takesAlert = (more: object): boolean => Alert.safeParse({ ...alert, ...more }).success;
const takesTransition = (more: object): boolean => Transition.safeParse({ ...transition, ...more }).success;
const takesScope = (more: object): boolean => takesAlert({ scope: { ...scope, ...more } });

test('an alert and a transition are read as they were written', () => {
  expect(Alert.parse(alert)).toStrictEqual(alert);
  expect(Transition.parse(transition)).toStrictEqual(transition);
});

test.each(Object.keys(alert))('an alert without %s is read only where that may be absent', (name) => {
  expect(Alert.safeParse(without(alert, name)).success).toBe(optionalInAlert.includes(name));
});

test.each(Object.keys(transition))(
  'a transition without %s is read only where that may be absent',
  (name) => {
    expect(Transition.safeParse(without(transition, name)).success).toBe(optionalInTransition.includes(name));
  },
);

test.each(Object.keys(scope))('a scope without %s is read only where that may be absent', (name) => {
  expect(takesAlert({ scope: without(scope, name) })).toBe(optionalInScope.includes(name));
});

test.each(Object.keys(matter))('a matter without %s is refused', (name) => {
  expect(takesAlert({ matter: without(matter, name) })).toBe(false);
});

test.each(['firing', 'recovered', 'stale'])('an alert may be %s', (condition) => {
  expect(takesAlert({ condition })).toBe(true);
  expect(takesTransition({ condition })).toBe(true);
});

test.each(['open', 'acknowledged', 'disposed', 'verified'])(
  'people may have left an alert %s',
  (handling) => {
    expect(Handling.parse(handling)).toBe(handling);
  },
);

test.each(['late', 'held', 'untrusted', 'over-range', 'quality', 'caused'])('%s is a mark', (mark) => {
  expect(takesTransition({ marks: [mark] })).toBe(true);
});

test.each([...['sensor', 'device', 'source', 'site', 'group', 'gateway', 'enterprise', 'area', 'platform']])(
  'an alert may be about a thing of kind %s',
  (kind) => {
    expect(Subject.parse({ kind, id: 'x' })).toEqual({ kind, id: 'x' });
  },
);

test.each([
  ...['raised', 'occurrence', 'severity-up', 'severity-down', 'stale', 'firing-again', 'recovered'],
  ...['acknowledged', 'linked', 'inhibition-ended', 'restored'],
])('%s is a change', (change) => {
  expect(AlertChange.parse(change)).toBe(change);
});

test.each([1.2, 0, true, false, 'on', ''])('%p is a value', (value) => {
  expect(takesAlert({ lastValue: value, peak: { value, at: 1 } })).toBe(true);
  expect(takesTransition({ value })).toBe(true);
});

test('a hyphen stands for no area, no enterprise and no trade', () => {
  const nobody = { area: '-', enterpriseId: '-', trade: '-' };
  for (const name of ['area', 'enterpriseId', 'trade']) {
    expect(takesScope({ [name]: '-' })).toBe(true);
    expect(takesScope({ [name]: '' })).toBe(false);
  }
  expect(takesScope({ audience: [nobody] })).toBe(true);
  for (const name of ['area', 'enterpriseId', 'trade']) {
    expect(takesScope({ audience: [without(nobody, name)] })).toBe(false);
    expect(takesScope({ audience: [{ ...nobody, [name]: '' }] })).toBe(false);
  }
});
