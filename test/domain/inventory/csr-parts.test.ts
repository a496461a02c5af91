import { generateKeyPairSync } from 'node:crypto';
import { checkCsr, curves, rsaBitsMax, rsaBitsMin } from '../../../functions/domain/inventory/csr.ts';
import { der, ecPair, hex, identifiers, type Parts, pemOf, requestOf, spkiOf } from './csr-parts.ts';

const checked = (parts?: Parts) => checkCsr(pemOf(requestOf(parts)));
const algorithm = (identifier: readonly number[]) => der(0x30, der(0x06, identifier));

const unreadable = {
  ok: false,
  problem: 'csr-unreadable',
  remedy: 'must be one PKCS #10 request in PEM of at most 8192 characters',
};
const keyRefused = {
  ok: false,
  problem: 'csr-key-refused',
  remedy: 'the key must be EC P-256, EC P-384 or RSA of 2048 to 4096 bits',
};
const signatureInvalid = {
  ok: false,
  problem: 'csr-signature-invalid',
  remedy: 'the request must be signed by its own key, with SHA-256, SHA-384 or SHA-512',
};

test('keys are of P-256, P-384, or RSA with 2048 to 4096 bits', () => {
  expect(curves).toStrictEqual(['prime256v1', 'secp384r1']);
  expect([rsaBitsMin, rsaBitsMax]).toStrictEqual([2048, 4096]);
});

test('a request put together by hand is accepted', () => {
  expect(checked()).toMatchObject({ ok: true });
});

describe('signatures', () => {
  const rsaPair = generateKeyPairSync('rsa', { modulusLength: 2048 });

  test.each([
    ['rsaSha256', 'sha256'],
    ['rsaSha384', 'sha384'],
    ['rsaSha512', 'sha512'],
    ['ecSha256', 'sha256'],
    ['ecSha384', 'sha384'],
    ['ecSha512', 'sha512'],
  ] as const)('%s is accepted', (name, hash) => {
    const pair = name.startsWith('rsa') ? rsaPair : ecPair;
    expect(checked({ pair, hash, algorithm: algorithm(identifiers[name]) })).toMatchObject({ ok: true });
  });

  test('a hash other than the one that is named is refused', () => {
    expect(checked({ hash: 'sha384' })).toStrictEqual(signatureInvalid);
    expect(checked({ algorithm: algorithm(identifiers.ecSha512) })).toStrictEqual(signatureInvalid);
  });

  test.each(['sha1', 'sha224', 'sha256'])('an algorithm that is not accepted is refused (%s)', (hash) => {
    expect(checked({ hash, algorithm: algorithm(hex('2a8648ce3d040301')) })).toStrictEqual(signatureInvalid);
  });

  test('the signature of another key is refused', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    expect(checked({ key: spkiOf(other) })).toStrictEqual(signatureInvalid);
  });
});

describe('keys', () => {
  test('an RSA key for PSS alone is refused', () => {
    const pair = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
    expect(checked({ pair, algorithm: algorithm(identifiers.rsaSha256) })).toStrictEqual(keyRefused);
  });

  test.each(['secp256k1', 'secp521r1', 'secp224r1'])('a key of %s is refused', (namedCurve) => {
    expect(checked({ pair: generateKeyPairSync('ec', { namedCurve }) })).toStrictEqual(keyRefused);
  });

  test('what is no key is refused as a key', () => {
    expect(checked({ key: [0x30, 0x00] })).toStrictEqual(keyRefused);
  });
});

describe('lengths', () => {
  const longLength =
    (...lead: readonly number[]) =>
    (content: readonly (readonly number[])[]) => {
      const bytes = content.flat();
      return [0x30, ...lead, bytes.length >> 8, bytes.length & 0xff, ...bytes];
    };

  test('a length of two or three bytes is read, one of four is not', () => {
    expect(checked({ outer: longLength(0x82) })).toMatchObject({ ok: true });
    expect(checked({ outer: longLength(0x83, 0) })).toMatchObject({ ok: true });
    expect(checked({ outer: longLength(0x84, 0, 0) })).toStrictEqual(unreadable);
  });

  test.each([126, 127, 128, 129, 255, 256])('a subject of %i bytes is read', (size) => {
    expect(checked({ subject: der(0x30, new Array<number>(size).fill(0)) })).toMatchObject({ ok: true });
  });

  test('a length without an end is not read, however many bytes follow', () => {
    const subject = [0x30, 0x80, ...new Array<number>(128).fill(0)];
    expect(checked({ subject })).toStrictEqual(unreadable);
    expect(checked({ key: [0x30, 0x80], after: [0x05, 0x00] })).toStrictEqual(unreadable);
  });

  test.each([
    ['a tag without a length', [0xa0]],
    ['a length beyond the end', [0xa0, 0x01]],
    ['a long length beyond the end', [0xa0, 0x81, 0x01]],
    ['one good part and a tag', [0xa0, 0x00, 0xa0]],
  ])('%s at the end of what is signed is not read', (_, after) => {
    expect(checked({ after })).toStrictEqual(unreadable);
  });
});

describe('parts', () => {
  const set = (content: readonly (readonly number[])[]) => der(0x31, ...content);

  test.each<[string, Parts]>([
    ['a set around it', { outer: set }],
    ['a set for what is signed', { info: set }],
    ['a set for the algorithm', { algorithm: der(0x31, der(0x06, identifiers.ecSha256)) }],
    ['an octet string for the signature', { signatureTag: 0x04 }],
    ['a set for the key', { key: [0x31, ...spkiOf(ecPair).slice(1)] }],
    ['a relative identifier', { algorithm: der(0x30, der(0x0d, identifiers.ecSha256)) }],
    ['no identifier', { algorithm: [0x30, 0x00] }],
    ['half an identifier', { algorithm: [0x30, 0x01, 0x06] }],
    ['no key', { info: (content) => der(0x30, ...content.slice(0, 2)) }],
    ['nothing but what is signed', { outer: (content) => der(0x30, ...content.slice(0, 1)) }],
    ['no signature', { outer: (content) => der(0x30, ...content.slice(0, 2)) }],
    ['another element behind it', { outer: (content) => [...der(0x30, ...content), 0x05, 0x00] }],
  ])('a request with %s is not read', (_, parts) => {
    expect(checked(parts)).toStrictEqual(unreadable);
  });

  test('parameters behind the identifier and elements behind the signature make no difference', () => {
    const withNull = der(0x30, der(0x06, identifiers.ecSha256), [0x05, 0x00]);
    expect(checked({ algorithm: withNull })).toMatchObject({ ok: true });
    expect(checked({ outer: (content) => der(0x30, ...content, [0x05, 0x00]) })).toMatchObject({ ok: true });
  });
});
