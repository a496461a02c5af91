import {
  NewSource,
  Source,
  SourceChange,
  Tags,
  tagCountMax,
} from '../../../functions/domain/inventory/source.ts';

const change = {
  name: 'Tank 1',
  kind: 'storage-tank',
  tags: ['north', '2-b'],
  chemicals: [{ cas: '7664-41-7', designMaxT: '12.5' }],
  peopleNearby: 60,
};
const declared = { sourceId: 'tank-1', siteId: 'site-1', trade: 'chemical', area: '220104', ...change };
const source = {
  ...declared,
  enterpriseId: 'ent-1',
  grading: {
    standard: 'GB 18218-2018',
    s: { exact: '5/4', decimal: '1.25' },
    isMajor: true,
    alpha: '1.5',
    r: { exact: '15/4', decimal: '3.75' },
    level: 4,
  },
  ...{ version: 2, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 2_000, updatedBy: 'iss|wang' },
};
const mayBeAbsent = ['tags', 'chemicals', 'peopleNearby'];

const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takes = (more: object): boolean => Source.safeParse({ ...source, ...more }).success;
const complaintsOf = (more: object) =>
  (NewSource.safeParse({ ...declared, ...more }).error?.issues ?? []).map(({ path, message }) => [
    ...[path.join('.'), message],
  ]);
const lengths = (most: number) => [0, 1, 2, most - 1, most, most + 1].map((length) => 'x'.repeat(length));
const bounded = [false, true, true, true, true, false];

test('a source, what is declared of one and a change of one are read as they were written', () => {
  expect(Source.parse(source)).toStrictEqual(source);
  expect(NewSource.parse(declared)).toStrictEqual(declared);
  expect(SourceChange.parse(change)).toStrictEqual(change);
});

test.each(Object.keys(source))('a source without %s is read only where that may be absent', (name) => {
  const optional = [...mayBeAbsent, 'grading'];
  expect(Source.safeParse(without(source, name)).success).toBe(optional.includes(name));
});

test.each(Object.keys(declared))(
  'a declared source without %s is read only where that may be absent',
  (name) => {
    const optional = [...mayBeAbsent, 'area'];
    expect(NewSource.safeParse(without(declared, name)).success).toBe(optional.includes(name));
  },
);

test.each(Object.keys(change))('a change without %s is read only where that may be absent', (name) => {
  expect(SourceChange.safeParse(without(change, name)).success).toBe(mayBeAbsent.includes(name));
});

test('what is not a field of theirs is refused', () => {
  expect(takes({ colour: 'red' })).toBe(false);
  expect(NewSource.safeParse({ ...declared, enterpriseId: 'ent-1' }).success).toBe(false);
  expect(SourceChange.safeParse({ ...change, trade: 'gas' }).success).toBe(false);
});

test('a source has no tags unless it is given some, and at most 10', () => {
  expect(Tags.parse(undefined)).toStrictEqual([]);
  expect(SourceChange.parse(without(change, 'tags'))).toStrictEqual({ ...change, tags: [] });
  expect(tagCountMax).toBe(10);
  const fits = (count: number) => takes({ tags: Array.from({ length: count }, () => 'north') });
  expect([0, 1, 9, 10, 11].map(fits)).toEqual([true, true, true, true, false]);
});

test.each(['a', 'z', '0', '9', 'a-', '0-9', 'a0z9', 'north', 't'.repeat(31), 't'.repeat(32)])(
  '%s may be a tag',
  (tag) => {
    expect(complaintsOf({ tags: [tag] })).toEqual([]);
  },
);

test.each(['', '-', '-a', 'A', 'aB', 'a_b', 'a b', ' a', 'a\n', 'a`', 'a{', 'a:', 'a/', 't'.repeat(33)])(
  '%j is no tag',
  (tag) => {
    expect(complaintsOf({ tags: ['north', tag] })).toEqual([
      ['tags.1', 'must be 1 to 32 lower-case letters, digits or hyphens'],
    ]);
  },
);

test.each(['a', 'z', 'a-', 'a0', 'z9', 'storage-tank', 'k'.repeat(47), 'k'.repeat(48)])(
  '%s may be a kind',
  (kind) => {
    expect(complaintsOf({ kind })).toEqual([]);
  },
);

test.each(['', '-', '-a', '0', '9a', 'A', 'aB', 'a_b', 'a b', ' a', 'a\n', 'a`', 'a{', 'k'.repeat(49)])(
  '%j is no kind',
  (kind) => {
    expect(complaintsOf({ kind })).toEqual([
      ['kind', 'must be 1 to 48 lower-case letters, digits or hyphens, such as storage-tank'],
    ]);
  },
);

test('a name has 1 to 100 characters', () => {
  expect(lengths(100).map((name) => takes({ name }))).toEqual(bounded);
});

test('a source may have no chemical, and at most 50', () => {
  const chemical = { name: 'chlorine', designMaxT: '1' };
  const fits = (count: number) => takes({ chemicals: Array.from({ length: count }, () => chemical) });
  expect([0, 1, 49, 50, 51].map(fits)).toEqual([true, true, true, true, false]);
  expect(takes({ chemicals: [{ designMaxT: '1' }] })).toBe(false);
});

test('people nearby are whole and none at least', () => {
  const fits = (peopleNearby: number) => takes({ peopleNearby });
  expect([-1, 0, 0.5, 1, 9_999_999, 10_000_000, 10_000_001].map(fits)).toEqual([
    ...[false, true, false, true, true, true, false],
  ]);
});
