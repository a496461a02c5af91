import { NewSite, newSite } from '../../../functions/domain/inventory/enterprise.ts';
import {
  changedSource,
  contextOf,
  NewSource,
  newSource,
  type Source,
  SourceChange,
} from '../../../functions/domain/inventory/source.ts';
import { instant } from '../../../functions/domain/time.ts';

const lin = { by: 'iss|lin', at: instant(1_000) };
const wang = { by: 'iss|wang', at: instant(2_000) };
const site = newSite(
  NewSite.parse({ siteId: 'site-1', enterpriseId: 'ent-1', name: 'North works', area: '2201' }),
  lin,
);
const base = {
  ...{ sourceId: 'tank-1', siteId: 'site-1', trade: 'chemical' },
  ...{ name: 'Tank 1', kind: 'storage-tank', tags: ['north'] },
};
const first = { version: 1, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 1_000, updatedBy: 'iss|lin' };
const next = { ...first, version: 2, updatedAt: 2_000, updatedBy: 'iss|wang' };
const ammonia = [{ cas: '7664-41-7', designMaxT: '10' }];
const graded = {
  standard: 'GB 18218-2018',
  s: { exact: '1', decimal: '1' },
  isMajor: true,
  alpha: '1.5',
  r: { exact: '3', decimal: '3' },
  level: 4,
};
const register = (more: object = {}) => newSource(NewSource.parse({ ...base, ...more }), site, lin);
function made(more: object = {}): Source {
  const one = register(more);
  if (!one.ok) throw new Error(one.problem);
  return one.source;
}
const change = (more: object) =>
  changedSource(made(), SourceChange.parse({ name: 'Tank 2', kind: 'vessel', ...more }), wang);

test('a source without an area of its own is in that of its site, and belongs to whom the site belongs', () => {
  const expected = { ...base, area: '2201', enterpriseId: 'ent-1', ...first };
  expect(register()).toStrictEqual({ ok: true, source: expected });
  expect(register({ area: '2201' })).toStrictEqual({ ok: true, source: expected });
});

test('a source may lie in a part of the area of its site', () => {
  expect(made({ area: '220104' }).area).toBe('220104');
});

test.each(['22', '2202', '31', '102201', '3101'])('a source in area %s is outside a site in 2201', (area) => {
  expect(register({ area })).toStrictEqual({
    ok: false,
    problem: 'area-outside-site',
    field: 'area',
    remedy: 'must be 2201, the area of the site, or lie in it',
  });
});

test('a source is graded by its chemicals, and not when it has none', () => {
  const more = { chemicals: ammonia, peopleNearby: 60 };
  expect(register(more)).toStrictEqual({
    ok: true,
    source: { ...base, ...more, area: '2201', enterpriseId: 'ent-1', grading: graded, ...first },
  });
  expect(made({ chemicals: [] })).not.toHaveProperty('grading');
  expect(made({ peopleNearby: 60 })).not.toHaveProperty('grading');
});

test('a source that cannot be graded is refused with what is missing', () => {
  const refused = {
    ok: false,
    problem: 'people-missing',
    field: 'peopleNearby',
    remedy:
      'this is a major hazard source: state how many people are usually within 500 m outside the plant boundary (0 if none)',
  };
  expect(register({ chemicals: ammonia })).toStrictEqual(refused);
  expect(change({ chemicals: ammonia })).toStrictEqual(refused);
});

test('a changed source stays where and whose it was, is graded again and has the next version', () => {
  const kept = {
    ...{ sourceId: 'tank-1', siteId: 'site-1', trade: 'chemical', area: '2201', enterpriseId: 'ent-1' },
    ...{ name: 'Tank 2', kind: 'vessel' },
  };
  expect(change({ tags: ['south'] })).toStrictEqual({
    ok: true,
    source: { ...kept, tags: ['south'], ...next },
  });
  const more = { chemicals: ammonia, peopleNearby: 60 };
  expect(change(more)).toStrictEqual({
    ok: true,
    source: { ...kept, tags: [], ...more, grading: graded, ...next },
  });
});

test('a source that has lost its chemicals has no grade', () => {
  const before = made({ chemicals: ammonia, peopleNearby: 60 });
  const declared = SourceChange.parse({ name: 'Tank 1', kind: 'storage-tank', chemicals: [] });
  const after = changedSource(before, declared, wang);
  expect(after).toMatchObject({ ok: true, source: { chemicals: [], version: 2 } });
  expect(after).not.toHaveProperty('source.grading');
});

test('a device carries of a source what it is, where it is and whose, in one order', () => {
  const plain =
    '{"sourceId":"tank-1","kind":"storage-tank","trade":"chemical","area":"2201","siteId":"site-1","enterpriseId":"ent-1",';
  expect(JSON.stringify(contextOf(made()))).toBe(`${plain}"tags":["north"]}`);
  const chemicals = [{ cas: '7664-41-7', designMaxT: '1' }];
  expect(JSON.stringify(contextOf(made({ chemicals })))).toBe(
    `${plain}"substances":["7664-41-7"],"tags":["north"]}`,
  );
  expect(JSON.stringify(contextOf(made({ chemicals: ammonia, peopleNearby: 60 })))).toBe(
    `${plain}"grade":4,"substances":["7664-41-7"],"tags":["north"]}`,
  );
});

test('of a source without chemicals a device carries neither a grade nor substances', () => {
  expect(contextOf(made())).toStrictEqual({
    ...{ sourceId: 'tank-1', kind: 'storage-tank', trade: 'chemical', area: '2201' },
    ...{ siteId: 'site-1', enterpriseId: 'ent-1', tags: ['north'] },
  });
});
