import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { AreaCode, ancestorsOf, DeviceId, isDeviceId, RuleId, sha256 } from '../../functions/domain/ids.ts';

test.each(['a', 'A-1', 'mine-07', '0.x_y', 'x'.repeat(64)])('%p is a device id', (id) => {
  expect(DeviceId.safeParse(id).success).toBe(true);
});

test.each(['', '-', '.a', 'a/b', 'a b', 'a#', 'a+', 'minе', 'a\n', 'x'.repeat(65), 5])(
  '%p is no device id',
  (id) => {
    expect(DeviceId.safeParse(id).success).toBe(false);
  },
);

test.each([
  ['coal-mine.methane.coal-face', true],
  ['a.b', true],
  ['a', false],
  ['A.b', false],
  ['a..b', false],
  ['a.b.', false],
  ['1a.b', false],
  ['?a.b', false],
  [`a.${'b'.repeat(94)}`, true],
  [`a.${'b'.repeat(95)}`, false],
])('%p names a rule: %p', (id, expected) => {
  expect(RuleId.safeParse(id).success).toBe(expected);
});

test.each([
  ['22', true],
  ['2201', true],
  ['220104', true],
  ['220104001', true],
  ['220104001002', true],
  ['2', false],
  ['220', false],
  ['22010', false],
  ['2201040010021', false],
  ['22 1', false],
  ['２２', false],
])('%p is an area code: %p', (code, expected) => {
  expect(AreaCode.safeParse(code).success).toBe(expected);
});

test('the ancestors of an area are its prefixes, widest first, itself last', () => {
  expect(ancestorsOf(AreaCode.parse('220104001'))).toEqual(['22', '2201', '220104', '220104001']);
  expect(ancestorsOf(AreaCode.parse('22'))).toEqual(['22']);
});

test('the hash of parts tells where one part ends and the next begins', () => {
  expect(sha256('ab', 'c')).not.toBe(sha256('a', 'bc'));
  expect(sha256('ab')).not.toBe(sha256('ab', ''));
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
      expect(sha256(...a) === sha256(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }),
    { numRuns: 1_000 },
  );
});

test('text and its bytes hash alike, in lower-case hexadecimal', () => {
  expect(sha256('é')).toBe(sha256(Buffer.from('é')));
  expect(sha256('x')).toMatch(/^[0-9a-f]{64}$/);
});

test('the pattern of a device id is asked in both ways alike', () => {
  for (const id of ['a', 'mine-07', '', '.a', 'a b', 'x'.repeat(65)])
    expect(isDeviceId(id)).toBe(DeviceId.safeParse(id).success);
});

test.each([
  [
    DeviceId,
    'must be 1 to 64 letters, digits, dots, underscores or hyphens, starting with a letter or digit',
  ],
  [RuleId, 'must be dotted lower-case words'],
  [AreaCode, 'must be an area code of 2, 4, 6, 9 or 12 digits'],
])('an id that is refused is told what it must be', (schema, message) => {
  expect(schema.safeParse('?').error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test('bytes count as bytes, text by the bytes that it takes', () => {
  const hash = createHash('sha256').update('2\n').update('é').update('1\n').update('x').digest('hex');
  expect(sha256('é', Buffer.from('x'))).toBe(hash);
  expect(sha256(Buffer.from('é'), 'x')).toBe(hash);
  expect(sha256('é', 'x')).toBe(hash);
  const odd = Buffer.of(0xff, 0xfe);
  expect(sha256('é', odd)).toBe(createHash('sha256').update('2\né2\n').update(odd).digest('hex'));
});
