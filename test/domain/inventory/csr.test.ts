import { generateKeyPairSync } from 'node:crypto';
import { checkCsr } from '../../../functions/domain/inventory/csr.ts';
import { csrMax } from '../../../functions/domain/inventory/device.ts';
import { makeCsr } from '../../support/csr.ts';

const derOf = (pem: string): Buffer => Buffer.from(pem.replace(/-----.*-----|\s/g, ''), 'base64');
const pemOf = (der: Buffer): string =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;

/** A DER element of less than 128 bytes. */
const der = (tag: number, ...parts: readonly (readonly number[])[]): readonly number[] => {
  const content = parts.flat();
  return [tag, content.length, ...content];
};

test.each(['P-256', 'P-384', 2048, 4096] as const)(
  'a request with a key %s is accepted',
  async (kind) => {
    expect(checkCsr(await makeCsr(kind))).toMatchObject({ ok: true });
  },
  30_000,
);

test.each(['P-521', 1024, 2040, 4104] as const)(
  'a request with a key %s is refused',
  async (kind) => {
    expect(checkCsr(await makeCsr(kind))).toMatchObject({ ok: false, problem: 'csr-key-refused' });
  },
  30_000,
);

test('the subject is ignored', async () => {
  expect(checkCsr(await makeCsr('P-256', 'CN=somebody-else, O=Root'))).toMatchObject({ ok: true });
});

test('the accepted request comes back as canonical PEM of the same bytes', async () => {
  const pem = await makeCsr();
  const checked = checkCsr(`\n${pem.replaceAll('\n', '\r\n')}\n`);
  if (!checked.ok) throw new Error(checked.problem);
  expect(derOf(checked.pem).equals(derOf(pem))).toBe(true);
});

test('a request that another key signed is refused', async () => {
  const der = derOf(await makeCsr());
  der.writeUInt8(der.readUInt8(der.length - 3) ^ 1, der.length - 3);
  expect(checkCsr(pemOf(der))).toMatchObject({ ok: false, problem: 'csr-signature-invalid' });
});

test('a changed subject breaks the signature', async () => {
  const der = derOf(await makeCsr('P-256', 'CN=honest'));
  der.write('forged', der.indexOf('honest'));
  expect(checkCsr(pemOf(der))).toMatchObject({ ok: false, problem: 'csr-signature-invalid' });
});

test('a private key is refused with the advice to make a new one', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----';
  const checked = checkCsr(pem);
  expect(checked).toMatchObject({ ok: false, problem: 'csr-unreadable' });
  expect(checked).toHaveProperty('remedy', expect.stringContaining('never leave the device'));
});

test.each([
  ['nothing', ''],
  ['words', 'please give me a certificate'],
  ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ['no DER inside', pemOf(Buffer.from('hello'))],
  ['an endless length', pemOf(Buffer.from('3080', 'hex'))],
  ['a length beyond the end', pemOf(Buffer.from('3084ffffffff', 'hex'))],
  ['an element cut short inside', pemOf(Buffer.from('300130', 'hex'))],
  ['an empty sequence', pemOf(Buffer.from('3000', 'hex'))],
])('%s is no request', (_name, pem) => {
  expect(checkCsr(pem)).toMatchObject({ ok: false, problem: 'csr-unreadable' });
});

test('two requests in one text are refused', async () => {
  expect(checkCsr((await makeCsr()) + (await makeCsr()))).toMatchObject({ problem: 'csr-unreadable' });
});

test('bytes behind the request are refused', async () => {
  const der = Buffer.concat([derOf(await makeCsr()), Buffer.from([5, 0])]);
  expect(checkCsr(pemOf(der))).toMatchObject({ problem: 'csr-unreadable' });
});

test('a request truncated at any byte is refused and nothing throws', async () => {
  const der = derOf(await makeCsr());
  for (let length = 0; length < der.length; length++)
    expect(checkCsr(pemOf(der.subarray(0, length)))).toMatchObject({ ok: false });
});

test('a text of the most characters is read, one more is not', async () => {
  const pem = await makeCsr();
  expect(checkCsr(pem + ' '.repeat(csrMax - pem.length - 1))).toMatchObject({ ok: true });
  expect(checkCsr(pem + ' '.repeat(csrMax - pem.length))).toMatchObject({ ok: true });
  expect(checkCsr(pem + ' '.repeat(csrMax - pem.length + 1))).toMatchObject({ problem: 'csr-unreadable' });
});

test('a key that only signs without a hash is refused', async () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const info = der(
    0x30,
    [0x02, 0x01, 0x00],
    [0x30, 0x00],
    [...publicKey.export({ format: 'der', type: 'spki' })],
  );
  const request = der(0x30, info, der(0x30, [0x06, 0x03, 0x2b, 0x65, 0x70]), der(0x03, [0]));
  expect(checkCsr(pemOf(Buffer.from(request)))).toMatchObject({ ok: false, problem: 'csr-key-refused' });
});

test('a request signed with a hash that is not accepted is refused', async () => {
  const bytes = derOf(await makeCsr());
  // ecdsa-with-SHA256 made ecdsa-with-SHA224: no hash that is accepted.
  const at = bytes.lastIndexOf(Buffer.from('2a8648ce3d040302', 'hex'));
  bytes.writeUInt8(0x01, at + 7);
  expect(checkCsr(pemOf(bytes))).toMatchObject({ ok: false, problem: 'csr-signature-invalid' });
});

test.each([
  ['no key in its place', [0x30, 0x00]],
  ['no identifier of an algorithm', [0x02, 0x01, 0x00]],
])('a request with %s cannot be read', (_, third) => {
  const info = der(0x30, [0x02, 0x01, 0x00], [0x30, 0x00], third);
  const request = der(0x30, info, der(0x30, [0x02, 0x01, 0x00]), der(0x03, [0]));
  expect(checkCsr(pemOf(Buffer.from(request)))).toMatchObject({ ok: false, problem: 'csr-unreadable' });
});

test('canonical PEM has lines of 64 characters, the last one of what is left', async () => {
  const checked = checkCsr(await makeCsr());
  if (!checked.ok) throw new Error(checked.problem);
  const lines = checked.pem.split('\n').slice(1, -2);
  expect(lines.slice(0, -1).every((line) => line.length === 64)).toBe(true);
  expect(lines.at(-1)).toMatch(/^.{1,64}$/);
});
