import {
  type Grant,
  GrantId,
  Grant as GrantSchema,
  grantHolder,
  grantIdOf,
  Issuer,
  identityOf,
  isInForce,
  issuerMax,
  NewGrant,
  newGrant,
  reasonMax,
  revokedGrant,
  Subject,
  subjectMax,
} from '../../../functions/domain/access/grant.ts';
import { instant } from '../../../functions/domain/time.ts';

const whom = { issuer: 'https://issuer.example', subject: 'lin' };
const audited = { nonce: 'n-1', by: 'https://issuer.example|root', at: instant(5_000) };
const asked = (more: object = {}) => NewGrant.parse({ ...whom, role: 'engineer', ...more });

function granted(more: object = {}): Grant {
  const made = newGrant(asked(more), audited);
  if (!made.ok) throw new Error(made.remedy);
  return made.grant;
}

test('a grant that names no time holds from now until it is revoked', () => {
  const grant = granted();
  expect(grant).toEqual({
    ...whom,
    role: 'engineer',
    from: 5_000,
    grantId: grantIdOf(grant, 'n-1'),
    createdAt: 5_000,
    createdBy: audited.by,
    version: 1,
  });
  expect([4_999, 5_000, 9e12].map((at) => isInForce(grant, instant(at)))).toEqual([false, true, true]);
});

test('a grant holds from its first instant, and no longer at its last', () => {
  const grant = granted({ from: '1970-01-01T00:00:10Z', until: '1970-01-01T00:00:20Z' });
  expect(grant).toMatchObject({ from: 10_000, until: 20_000 });
  const at = [9_999, 10_000, 19_999, 20_000];
  expect(at.map((one) => isInForce(grant, instant(one)))).toEqual([false, true, true, false]);
});

test.each([
  ['1970-01-01T00:00:10.000Z', false],
  ['1970-01-01T00:00:09.999Z', false],
  ['1970-01-01T00:00:10.001Z', true],
])('a grant from second 10 until %s is given: %s', (until, isGiven) => {
  const made = newGrant(asked({ from: '1970-01-01T00:00:10Z', until }), audited);
  if (isGiven) expect(made.ok).toBe(true);
  else
    expect(made).toEqual({
      ok: false,
      problem: 'never-in-force',
      field: 'until',
      remedy: 'must lie after from',
    });
});

test('a grant that ends before it is asked for is refused', () => {
  expect(newGrant(asked({ until: '1970-01-01T00:00:05Z' }), audited)).toMatchObject({
    problem: 'never-in-force',
  });
});

test('a revoked grant holds no longer, says who, when and why, and is revoked only once', () => {
  const grant = granted();
  const revoked = revokedGrant(grant, { by: 'root', at: instant(7_000), reason: 'left' });
  expect(revoked).toEqual({
    ...grant,
    revokedAt: 7_000,
    revokedBy: 'root',
    revokedReason: 'left',
    version: 2,
  });
  expect([6_999, 7_000].map((at) => isInForce(revoked, instant(at)))).toEqual([true, false]);
  expect(revokedGrant(revoked, { by: 'other', at: instant(8_000), reason: 'again' })).toBe(revoked);
});

test('equal subjects of two issuers are two holders, and their records name both', () => {
  const one = { issuer: Issuer.parse('https://a.example'), subject: Subject.parse('lin') };
  const other = { ...one, issuer: Issuer.parse('https://b.example') };
  expect(grantHolder(one)).toMatch(/^[0-9a-f]{32}$/);
  expect(grantHolder(one)).not.toBe(grantHolder(other));
  expect(identityOf(one)).toBe('https://a.example|lin');
  expect(GrantId.safeParse(grantIdOf(one, 'x')).success).toBe(true);
  expect(grantIdOf(one, 'x')).not.toBe(grantIdOf(one, 'y'));
});

test.each([
  ['https://issuer.example/pool', true],
  ['http://localhost:8080', true],
  ['ftp://issuer.example', false],
  ['xhttps://issuer.example', false],
  ['httpss://issuer.example', false],
  ['https://issuer.example/a|b', false],
  ['https://issuer.example/a b', false],
  ['issuer', false],
  [`https://${'a'.repeat(issuerMax - 8)}`, true],
  [`https://${'a'.repeat(issuerMax - 7)}`, false],
])('the issuer %j is taken: %s', (text, isTaken) => {
  expect(Issuer.safeParse(text).success).toBe(isTaken);
});

test.each([
  ['lin', true],
  ['', false],
  ['a b', false],
  [' a', false],
  ['a ', false],
  ['a|b', false],
  ['林', false],
  ['{~}', true],
  ['x'.repeat(subjectMax), true],
  ['x'.repeat(subjectMax + 1), false],
])('the subject %j is taken: %s', (text, isTaken) => {
  const parsed = Subject.safeParse(text);
  expect(parsed.success).toBe(isTaken);
});

test('a subject that is refused is told what it may be', () => {
  expect(Subject.safeParse('a b').error?.issues[0]?.message).toBe(
    'must be printable ASCII without spaces and |',
  );
});

test('a grant id is 32 and 16 hexadecimal digits and nothing around them', () => {
  const id = `${'0'.repeat(32)}-${'f'.repeat(16)}`;
  expect(
    [id, `x${id}`, `${id}x`, id.slice(1), id.toUpperCase()].map((one) => GrantId.safeParse(one).success),
  ).toEqual([true, false, false, false, false]);
});

test('the reason of a revoked grant has one to so many characters', () => {
  const withReason = (revokedReason: string) =>
    GrantSchema.safeParse({ ...granted(), revokedReason }).success;
  expect(['', 'x', 'x'.repeat(reasonMax), 'x'.repeat(reasonMax + 1)].map(withReason)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
