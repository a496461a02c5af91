import {
  deviceOverrideMax,
  forgottenAfter,
  fromTolerance,
  LimitOverride,
  NewOverride,
  overrideCountMax,
} from '../../../functions/domain/inventory/override.ts';

const said = { by: 'iss|lin', at: 1_000, reason: 'checked on site' };
const override = {
  scope: { kind: 'sensor', deviceId: 'dev-1', sensorId: 'ch4' },
  value: 0.8,
  reason: 'old pipe',
  overrideId: '0123456789abcdef01234567',
  ruleId: 'gas.leak.valve',
  limit: 'alarm',
  validFrom: 1_000,
  validTo: 5_000,
  signature: said,
  setAs: 'regulator',
  ended: { by: 'iss|wang', at: 4_000, reason: 'pipe was changed' },
  trade: 'gas',
  enterpriseId: 'ent-1',
  areas: ['220104'],
  sourceId: 'valve-1',
  ...{ version: 2, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 4_000, updatedBy: 'iss|wang' },
};
const asked = {
  scope: { kind: 'area', area: '22' },
  value: 0.8,
  reason: 'festival',
  rule: 'gas.leak.valve',
  limit: 'alarm',
  validFrom: '1970-01-01T00:00:01Z',
  validTo: '1970-01-01T00:00:05Z',
  signature: { reason: 'checked on site' },
};
const optional = ['validTo', 'signature', 'ended', 'sourceId'];
const optionalWhenAsked = ['validFrom', 'validTo', 'signature'];

const without = (document: object, name: string): object =>
  Object.fromEntries(Object.entries(document).filter(([field]) => field !== name));
const takes = (more: object): boolean => LimitOverride.safeParse({ ...override, ...more }).success;
const takesAsked = (more: object): boolean => NewOverride.safeParse({ ...asked, ...more }).success;
const lengths = (most: number) => [0, 1, 2, most - 1, most, most + 1].map((length) => 'x'.repeat(length));
const bounded = [false, true, true, true, true, false];

test('an override is read as it was written', () => {
  expect(LimitOverride.parse(override)).toStrictEqual(override);
});

test('what is asked for is read with its instants in milliseconds', () => {
  expect(NewOverride.parse(asked)).toStrictEqual({ ...asked, validFrom: 1_000, validTo: 5_000 });
});

test.each(Object.keys(override))('an override without %s is read only where that may be absent', (name) => {
  expect(LimitOverride.safeParse(without(override, name)).success).toBe(optional.includes(name));
});

test.each(Object.keys(asked))('a request without %s is read only where that may be absent', (name) => {
  expect(NewOverride.safeParse(without(asked, name)).success).toBe(optionalWhenAsked.includes(name));
});

test('what is not a field of theirs is refused', () => {
  expect(takes({ colour: 'red' })).toBe(false);
  expect(takesAsked({ colour: 'red' })).toBe(false);
  expect(takesAsked({ signature: { reason: 'me', by: 'iss|lin' } })).toBe(false);
  expect(takesAsked({ signature: {} })).toBe(false);
});

test.each(['signature', 'ended'])('the %s says who, when and why, and nothing else', (name) => {
  for (const part of ['by', 'at', 'reason']) expect(takes({ [name]: without(said, part) })).toBe(false);
  expect(takes({ [name]: { ...said, colour: 'red' } })).toBe(false);
  expect(['', 'i', 'iss|lin'].map((by) => takes({ [name]: { ...said, by } }))).toEqual([false, true, true]);
  expect(lengths(1000).map((reason) => takes({ [name]: { ...said, reason } }))).toEqual(bounded);
});

test('it was set as an enterprise or as a regulator', () => {
  expect(['enterprise', 'regulator', 'engineer', ''].map((setAs) => takes({ setAs }))).toEqual([
    ...[true, true, false, false],
  ]);
});

test('a hyphen stands for every trade and for everybody', () => {
  expect(['-', 'gas', 'coal-mine', 'space', ''].map((trade) => takes({ trade }))).toEqual([
    ...[true, true, true, false, false],
  ]);
  expect(['-', 'ent-1', ''].map((enterpriseId) => takes({ enterpriseId }))).toEqual([true, true, false]);
});

test('it counts in one area at least', () => {
  expect([[], ['22'], ['22', '3101'], ['220']].map((areas) => takes({ areas }))).toEqual([
    ...[false, true, true, false],
  ]);
});

test('the name of a limit has 1 to 48 characters, that of a rule 1 to 96, a reason 1 to 1000', () => {
  expect(lengths(48).map((limit) => takes({ limit }))).toEqual(bounded);
  expect(lengths(48).map((limit) => takesAsked({ limit }))).toEqual(bounded);
  expect(lengths(96).map((rule) => takesAsked({ rule }))).toEqual(bounded);
  expect(lengths(1000).map((reason) => takes({ reason }))).toEqual(bounded);
  expect(lengths(1000).map((reason) => takesAsked({ reason }))).toEqual(bounded);
  expect(lengths(1000).map((reason) => takesAsked({ signature: { reason } }))).toEqual(bounded);
});

test('the figures are those of the design', () => {
  expect(overrideCountMax).toStrictEqual({ area: 100, enterprise: 100, source: 40, sensor: 32 });
  expect(deviceOverrideMax).toBe(600);
  expect(forgottenAfter).toBe(2_764_800_000);
  expect(fromTolerance).toBe(300_000);
});
