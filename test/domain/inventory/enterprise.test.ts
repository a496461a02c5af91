import { AreaCode } from '../../../functions/domain/ids.ts';
import {
  addressMax,
  Enterprise,
  enterpriseAreaMax,
  NewEnterprise,
  NewSite,
  newEnterprise,
  newSite,
  Site,
  withArea,
} from '../../../functions/domain/inventory/enterprise.ts';
import { instant } from '../../../functions/domain/time.ts';

const actor = { by: 'iss|lin', at: instant(1_000) };
const later = { by: 'iss|wang', at: instant(2_000) };
const stamp = {
  version: 3,
  createdAt: 1_000,
  createdBy: 'iss|lin',
  updatedAt: 2_000,
  updatedBy: 'iss|wang',
};
const declared = {
  enterpriseId: 'ent-1',
  name: 'Works 1',
  area: '220104',
  creditCode: '91350100M000100Y43',
};
const enterprise = { ...declared, areas: ['220104', '31'], ...stamp };
const declaredSite = {
  siteId: 'site-1',
  enterpriseId: 'ent-1',
  name: 'North works',
  area: '220104',
  address: '1 Harbour Road',
  position: [125.3, 43.9],
};
const site = { ...declaredSite, ...stamp };

const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takes = (more: object): boolean => Enterprise.safeParse({ ...enterprise, ...more }).success;
const takesSite = (more: object): boolean => Site.safeParse({ ...site, ...more }).success;

test('an enterprise and a site are read as they were written', () => {
  expect(NewEnterprise.parse(declared)).toStrictEqual(declared);
  expect(Enterprise.parse(enterprise)).toStrictEqual(enterprise);
  expect(NewSite.parse(declaredSite)).toStrictEqual(declaredSite);
  expect(Site.parse(site)).toStrictEqual(site);
});

test.each(Object.keys(enterprise))('an enterprise without %s is read only without a credit code', (name) => {
  expect(Enterprise.safeParse(without(enterprise, name)).success).toBe(name === 'creditCode');
});

test.each(Object.keys(site))('a site without %s is read only without address or position', (name) => {
  expect(Site.safeParse(without(site, name)).success).toBe(['address', 'position'].includes(name));
});

test('what is not a field of theirs is refused', () => {
  expect(takes({ colour: 'red' })).toBe(false);
  expect(takesSite({ colour: 'red' })).toBe(false);
  expect(NewEnterprise.safeParse({ ...declared, areas: ['22'] }).success).toBe(false);
  expect(NewSite.safeParse({ ...declaredSite, version: 1 }).success).toBe(false);
});

test.each([
  '91350100M000100Y43',
  '000000000000000000',
  '999999999999999999',
  'AHJNPRTUWXYAHJNPRT',
  'BCDEFGKLMQBCDEFGKL',
])('%s may be a credit code', (creditCode) => {
  expect(takes({ creditCode })).toBe(true);
});

test.each([
  ...['', '91350100M000100Y4', '91350100M000100Y431', '1', 'x91350100M000100Y43', '91350100M000100Y43\n'],
  ...['I', 'O', 'S', 'V', 'Z', 'a', 'y', '-', ':', '/', '@'].map((one) => `91350100M000100Y4${one}`),
])('%j is no credit code', (creditCode) => {
  const read = NewEnterprise.safeParse({ ...declared, creditCode });
  expect(read.error?.issues.map(({ path, message }) => [path, message])).toEqual([
    [['creditCode'], 'must be a unified social credit code of 18 characters'],
  ]);
});

test('an enterprise is in one area at least and in 50 at most', () => {
  const many = (count: number) => ({ areas: Array.from({ length: count }, (_, at) => `${10 + at}`) });
  expect(enterpriseAreaMax).toBe(50);
  expect([0, 1, 2, 49, 50, 51].map((count) => takes(many(count)))).toEqual([
    ...[false, true, true, true, true, false],
  ]);
  expect(takes({ areas: ['220'] })).toBe(false);
});

test('an address has 1 to 200 characters, a name 1 to 100', () => {
  expect(addressMax).toBe(200);
  const fits = (field: string) => (length: number) => takesSite({ [field]: 'a'.repeat(length) });
  expect([0, 1, 199, 200, 201].map(fits('address'))).toEqual([false, true, true, true, false]);
  expect([0, 1, 99, 100, 101].map(fits('name'))).toEqual([false, true, true, true, false]);
});

test('a position is a longitude within 180 degrees and a latitude within 90', () => {
  const fits = (...position: readonly unknown[]) => takesSite({ position });
  expect([-180.1, -180, -179, 0, 179, 180, 180.1].map((one) => fits(one, 0))).toEqual([
    ...[false, true, true, true, true, true, false],
  ]);
  expect([-90.1, -90, -89, 0, 89, 90, 90.1].map((one) => fits(0, one))).toEqual([
    ...[false, true, true, true, true, true, false],
  ]);
  expect([fits(), fits(1), fits(1, 2, 3), fits('1', 2)]).toEqual([false, false, false, false]);
});

test('what is registered has the first version, and an enterprise the area of its seat', () => {
  const first = {
    version: 1,
    createdAt: 1_000,
    createdBy: 'iss|lin',
    updatedAt: 1_000,
    updatedBy: 'iss|lin',
  };
  expect(newEnterprise(NewEnterprise.parse(declared), actor)).toStrictEqual({
    ...{ ...declared, areas: ['220104'], ...first },
  });
  expect(newSite(NewSite.parse(declaredSite), actor)).toStrictEqual({ ...declaredSite, ...first });
});

test('an enterprise that gets a site elsewhere has one area more, in its next version', () => {
  const before = newEnterprise(NewEnterprise.parse(declared), actor);
  const placed = withArea(before, AreaCode.parse('3101'), later);
  expect(placed).toStrictEqual({
    ok: true,
    enterprise: { ...enterprise, areas: ['220104', '3101'], version: 2 },
  });
  const again = withArea(before, AreaCode.parse('220104'), later);
  expect(again.ok && again.enterprise).toBe(before);
});
