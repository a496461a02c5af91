import { checkCsr } from '../../../functions/domain/inventory/csr.ts';
import { pemOf, requestOf } from './csr-parts.ts';

const lines = [
  'MIG6MGICAQAwADBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIt7A1WXzayNByBP',
  '1L10C05RRzwnZRhVA7zYuFYc9AhnejVu0djWewSI3rG/KWUaQrPvVyDv/NUVAu/W',
  '8y3kHkOgADAKBggqhkjOPQQDAgNIADBFAiEAm3+EPTAHpkO+p8Z+nvrEIDC6ql1R',
  'tfsxYI62x8DRRX4CIE3egJTxDG1WjnjOgz/15O/bPJFt5P8lhZkVeebIyEy2',
];
/** Its text fills every line. */
const fullLines = [
  'MIG8MGQCAQAwAgUAMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECfaIjBF/ewcU',
  '82Xyqx9DU6dPDjxUKe3MRwm34yKQLsIXUt0SLp2lk6Uy3/dL7Asx0lnTLuCSoJs4',
  'Tsa/C+RPzqAAMAoGCCqGSM49BAMCA0gAMEUCIQDBRBIKbyXEDM/YE94tXNd2oNxC',
  '2EgyHZ6rrtRuRuJaDwIgFqDcxs6o85xEOVY0haxcHPNzO2QuUnuINCyUfOBzeyU=',
];
const begin = '-----BEGIN CERTIFICATE REQUEST-----';
const end = '-----END CERTIFICATE REQUEST-----';
const canonical = `${begin}\n${lines.join('\n')}\n${end}\n`;

const unreadable = {
  ok: false,
  problem: 'csr-unreadable',
  remedy: 'must be one PKCS #10 request in PEM of at most 8192 characters',
};

test.each([
  ['canonical as it is', canonical],
  ['in one line', `${begin}${lines.join('')}${end}`],
  ['with the lines of another system', canonical.replaceAll('\n', '\r\n')],
  ['with space around it', ` \n\t${canonical}\n \n`],
  ['with several spaces inside', `${begin}\n${lines.join(' \n\n ')}\n${end}`],
  ['with NEW in its marks, as some tools write', canonical.replaceAll('CERTIFICATE', 'NEW CERTIFICATE')],
])('a request %s comes back canonical', (_, pem) => {
  expect(checkCsr(pem)).toStrictEqual({ ok: true, pem: canonical });
});

test('a request that fills its last line has no empty line behind it', () => {
  const pem = `${begin}\n${fullLines.join('\n')}\n${end}\n`;
  expect(checkCsr(`${begin}${fullLines.join('')}${end}`)).toStrictEqual({ ok: true, pem });
});

test.each([
  ['words before it', `request: ${canonical}`],
  ['a line before it', `x\n${canonical}`],
  ['words after it', `${canonical}thanks`],
  ['a line after it', `${canonical}\nx\n`],
  ['another beginning', canonical.replace('BEGIN', 'BEGIN OLD')],
  ['another end', canonical.replace('END', 'END OLD')],
  ['no end', `${begin}\n${lines.join('\n')}\n`],
  ['no beginning', `${lines.join('\n')}\n${end}\n`],
  ['nothing inside', `${begin}${end}`],
  ['only space inside', `${begin}\n${end}`],
  ['a character inside that base64 has not', canonical.replace('MIG6', 'M-IG6')],
  ['a heading inside', canonical.replace('MIG6', 'Subject: x\n\nMIG6')],
  ['the marks of a certificate', canonical.replaceAll(' REQUEST', '')],
])('a text with %s is not read', (_, pem) => {
  expect(checkCsr(pem)).toStrictEqual(unreadable);
});

test('a text of 8192 characters is read, one more is not', () => {
  const filled = (length: number) => canonical.padEnd(length, '\n');
  expect(checkCsr(filled(8191))).toMatchObject({ ok: true });
  expect(checkCsr(filled(8192))).toMatchObject({ ok: true });
  expect(checkCsr(filled(8193))).toStrictEqual(unreadable);
});

test.each([
  ['alone', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
  ['of one kind', '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n'],
  ['with a good request', `${canonical}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`],
])('a private key %s is refused as such', (_, pem) => {
  expect(checkCsr(pem)).toStrictEqual({
    ok: false,
    problem: 'csr-unreadable',
    remedy: 'holds a private key: it must never leave the device. Make a new key, send only the request',
  });
});

test('a request with one bit changed in its signature is refused with the hashes that are accepted', () => {
  const bytes = requestOf();
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 3) ^ 1, bytes.length - 3);
  expect(checkCsr(pemOf(bytes))).toStrictEqual({
    ok: false,
    problem: 'csr-signature-invalid',
    remedy: 'the request must be signed by its own key, with SHA-256, SHA-384 or SHA-512',
  });
});
