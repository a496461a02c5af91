import fc from 'fast-check';
import {
  type Action,
  actions,
  authorize,
  type ObjectScope,
} from '../../../functions/domain/access/authorize.ts';
import {
  type Grant,
  Grant as GrantSchema,
  type Role,
  roles,
} from '../../../functions/domain/access/grant.ts';
import { AreaCode, EnterpriseId } from '../../../functions/domain/ids.ts';
import { instant } from '../../../functions/domain/time.ts';

const now = instant(1_000);
const grant = (given: Readonly<Record<string, unknown>>): Grant =>
  GrantSchema.parse({
    issuer: 'https://issuer.example',
    subject: 'lin',
    from: 0,
    grantId: `${'0'.repeat(32)}-${'0'.repeat(16)}`,
    createdAt: 0,
    createdBy: 'test',
    version: 1,
    ...given,
  });
const enterprise = grant({ role: 'enterprise', enterpriseId: 'ent-1' });
const regulator = grant({ role: 'regulator', areas: ['2201'], trades: ['gas'] });
const engineer = grant({ role: 'engineer' });
const auditor = grant({ role: 'auditor' });

const place = (area: string, trade: ObjectScope['places'][number]['trade'] = 'gas') => ({
  area: area === '-' ? ('-' as const) : AreaCode.parse(area),
  trade,
});
const scope = (given: Partial<ObjectScope> = {}): ObjectScope => ({
  enterpriseId: EnterpriseId.parse('ent-1'),
  places: [place('220104')],
  ...given,
});
const decide = (grants: readonly Grant[], action: Action, of: ObjectScope = scope()) => {
  const decided = authorize(grants, action, of, now);
  return decided.ok ? decided.grant.role : decided.reason;
};

test('without a grant nothing may be done', () => expect(decide([], 'read-alerts')).toBe('no-grant'));

test('an enterprise reaches its own, wherever it is', () => {
  expect(decide([enterprise], 'change-inventory', scope({ places: [place('99', 'chemical')] }))).toBe(
    'enterprise',
  );
  expect(decide([enterprise], 'read-alerts', scope({ enterpriseId: EnterpriseId.parse('ent-2') }))).toBe(
    'foreign',
  );
});

test.each([
  ['220104', 'regulator'],
  ['2201', 'regulator'],
  ['22', 'foreign'],
  ['2202', 'foreign'],
  ['220204', 'foreign'],
])('a regulator of 2201 and an object in %s: %s', (area, answer) => {
  expect(decide([regulator], 'read-alerts', scope({ places: [place(area)] }))).toBe(answer);
});

test('a regulator reaches its trades, and what has none', () => {
  expect(decide([regulator], 'read-alerts', scope({ places: [place('220104', 'chemical')] }))).toBe(
    'foreign',
  );
  expect(decide([regulator], 'read-inventory', scope({ places: [place('220104', '-')] }))).toBe('regulator');
});

test('area and trade must meet in one place', () => {
  const places = [place('220104', 'chemical'), place('310101', 'gas')];
  expect(decide([regulator], 'read-inventory', scope({ places }))).toBe('foreign');
});

test('what concerns the platform is every regulator’s, and no enterprise’s', () => {
  const platform = scope({ enterpriseId: '-', places: [place('-', '-')], kind: 'system' });
  expect(decide([regulator], 'read-alerts', platform)).toBe('regulator');
  expect(decide([enterprise], 'read-alerts', platform)).toBe('foreign');
});

test('role and reach must come from one grant', () => {
  const other = scope({ enterpriseId: EnterpriseId.parse('ent-2') });
  expect(decide([enterprise, auditor], 'change-inventory', other)).toBe('foreign');
  expect(decide([enterprise, auditor], 'read-inventory', other)).toBe('auditor');
});

test('an engineer takes on anything but a danger', () => {
  expect(decide([engineer], 'acknowledge-alert', scope({ kind: 'risk' }))).toBe('role-not-allowed');
  for (const kind of ['data-quality', 'security', 'system'] as const)
    expect(decide([engineer], 'acknowledge-alert', scope({ kind }))).toBe('engineer');
});

test('an auditor reads everything and changes nothing', () => {
  for (const action of Object.keys(actions) as Action[])
    expect(decide([auditor], action)).toBe(action.startsWith('read') ? 'auditor' : 'role-not-allowed');
});

test.each([
  [{ from: 999 }, 'auditor'],
  [{ from: 1_000 }, 'auditor'],
  [{ from: 1_001 }, 'no-grant'],
  [{ until: 999 }, 'no-grant'],
  [{ until: 1_000 }, 'no-grant'],
  [{ until: 1_001 }, 'auditor'],
  [{ revokedAt: 999 }, 'no-grant'],
  [{ revokedAt: 1_000 }, 'no-grant'],
])('a grant with %j at 1000: %s', (given, answer) => {
  expect(decide([grant({ role: 'auditor', ...given })], 'read-alerts')).toBe(answer);
});

test('more grants never take anything away, and what is over gives nothing', () => {
  const some = fc.subarray([enterprise, regulator, engineer, auditor]);
  const over = fc.subarray([enterprise, regulator, engineer, auditor].map((one) => ({ ...one, until: now })));
  const action = fc.constantFrom(...(Object.keys(actions) as Action[]));
  const areas = fc.constantFrom('22', '2201', '220104', '310101', '-');
  fc.assert(
    fc.property(some, some, over, action, areas, (held, more, ended, what, area) => {
      const of = scope({ places: [place(area)], kind: 'risk' });
      if (authorize(held, what, of, now).ok)
        expect(authorize([...more, ...held], what, of, now).ok).toBe(true);
      expect(authorize([...ended, ...held], what, of, now).ok).toBe(authorize(held, what, of, now).ok);
    }),
  );
});

test('every role may do something and no action is open to nobody', () => {
  const given = Object.values(actions).map((allowed): readonly Role[] => allowed);
  expect(roles.filter((role) => !given.some((allowed) => allowed.includes(role)))).toEqual([]);
  expect(given.filter((allowed) => allowed.length === 0)).toEqual([]);
});

test('one of several areas, and one of several places, is enough', () => {
  const wide = grant({ role: 'regulator', areas: ['31', '2201'], trades: ['gas'] });
  expect(decide([wide], 'read-alerts', scope({ places: [place('220104')] }))).toBe('regulator');
  expect(decide([regulator], 'read-alerts', scope({ places: [place('310101'), place('220104')] }))).toBe(
    'regulator',
  );
});

test('an engineer acknowledges what is wrong with the system and no danger; whoever answers for it acknowledges both', () => {
  const risk = scope({ kind: 'risk' });
  expect(decide([engineer], 'acknowledge-alert', risk)).toBe('role-not-allowed');
  expect(decide([engineer], 'acknowledge-alert', scope({ kind: 'system' }))).toBe('engineer');
  expect(decide([engineer], 'read-alerts', risk)).toBe('engineer');
  expect(decide([regulator], 'acknowledge-alert', risk)).toBe('regulator');
});
