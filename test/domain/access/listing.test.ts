import { type Grant, Grant as GrantSchema } from '../../../functions/domain/access/grant.ts';
import { chooseList, type ListWish } from '../../../functions/domain/access/listing.ts';
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
const owner = (enterpriseId: string, more: object = {}) =>
  grant({ role: 'enterprise', enterpriseId, ...more });
const regulator = (...areas: readonly string[]) => grant({ role: 'regulator', areas });
const engineer = grant({ role: 'engineer' });
const auditor = grant({ role: 'auditor' });

const area = (code: string) => AreaCode.parse(code);
const choose = (grants: readonly Grant[], wish: ListWish = {}) =>
  chooseList(grants, 'read-inventory', wish, now);
const listOf = (scope: object) => ({ ok: true, scope });
const ofArea = (code: string) => listOf({ kind: 'area', area: code });
const ofEnterprise = (enterpriseId: string) => listOf({ kind: 'enterprise', enterpriseId });

test('without a grant in force there is no list', () => {
  expect(choose([])).toEqual({ ok: false, reason: 'no-grant' });
  expect(choose([owner('ent-1', { until: 1_000 })])).toEqual({ ok: false, reason: 'no-grant' });
});

test('a role that may not do the action gets no list', () => {
  expect(chooseList([auditor], 'change-grants', {}, now)).toEqual({ ok: false, reason: 'role-not-allowed' });
});

test('an enterprise that is asked for by name is taken as asked, and authorized as an object later', () => {
  const wish = { enterprise: EnterpriseId.parse('ent-9') };
  expect(choose([owner('ent-1')], wish)).toEqual(ofEnterprise('ent-9'));
  expect(choose([engineer], { ...wish, area: area('22') })).toEqual(ofEnterprise('ent-9'));
});

test.each([
  ['2201', true],
  ['220104', true],
  ['22', false],
  ['2202', false],
])('a regulator of 2201 may walk the list of %s: %s', (code, may) => {
  const chosen = choose([regulator('2201')], { area: area(code) });
  expect(chosen).toEqual(may ? ofArea(code) : { ok: false, reason: 'foreign' });
});

test('one of the areas of one of the grants is enough', () => {
  const several = [regulator('31', '2201'), owner('ent-1')];
  expect(choose(several, { area: area('220104') })).toEqual(ofArea('220104'));
  expect(choose(several, { area: area('3101') })).toEqual(ofArea('3101'));
});

test('what lies in no area is open to whoever watches areas, and to no enterprise', () => {
  expect(choose([regulator('2201')], { area: '-' })).toEqual(ofArea('-'));
  expect(choose([owner('ent-1'), owner('ent-2')], { area: '-' })).toEqual({ ok: false, reason: 'foreign' });
});

test.each([
  ['an engineer', engineer],
  ['an auditor', auditor],
])('%s walks everything, or any area by name', (_, one) => {
  expect(choose([one])).toEqual(listOf({ kind: 'all' }));
  expect(choose([owner('ent-1'), one])).toEqual(listOf({ kind: 'all' }));
  expect(choose([one], { area: area('44') })).toEqual(ofArea('44'));
});

test('a grant that is over does not widen the list', () => {
  const former = grant({ role: 'engineer', until: 999 });
  expect(choose([owner('ent-1'), former])).toEqual(ofEnterprise('ent-1'));
  expect(choose([regulator('2201'), former], { area: area('44') })).toEqual({ ok: false, reason: 'foreign' });
});

test('who has one enterprise and no area walks its list, whatever area is asked for', () => {
  expect(choose([owner('ent-1'), owner('ent-1')])).toEqual(ofEnterprise('ent-1'));
  expect(choose([owner('ent-1')], { area: area('2201') })).toEqual(ofEnterprise('ent-1'));
});

test('who has one area and no enterprise walks that area', () => {
  expect(choose([regulator('2201'), regulator('2201')])).toEqual(ofArea('2201'));
});

test('of several areas or enterprises one must be named, and the choices are told', () => {
  const needed = (remedy: string) => ({ ok: false, reason: 'scope-needed', remedy });
  expect(choose([regulator('2201', '31')])).toEqual(needed('name one of area=2201, area=31'));
  expect(choose([owner('ent-1'), owner('ent-2')])).toEqual(
    needed('name one of enterprise=ent-1, enterprise=ent-2'),
  );
  expect(choose([regulator('2201'), owner('ent-1'), owner('ent-1')])).toEqual(
    needed('name one of area=2201, enterprise=ent-1'),
  );
});

test('of several enterprises none is chosen by an area', () => {
  expect(choose([owner('ent-1'), owner('ent-2')], { area: area('2201') })).toEqual({
    ok: false,
    reason: 'foreign',
  });
});
