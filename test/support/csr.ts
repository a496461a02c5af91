import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const algorithms = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'P-521': { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
} as const;

export type KeyKind = keyof typeof algorithms | number;

/** A certificate signing request with a new key: a curve, or an RSA modulus in bits. */
export async function makeCsr(kind: KeyKind = 'P-256', subject = 'CN=anything'): Promise<string> {
  const algorithm =
    typeof kind === 'number'
      ? {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          modulusLength: kind,
          publicExponent: Uint8Array.of(1, 0, 1),
        }
      : algorithms[kind];
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('publicKey' in keys)) throw new Error('not a pair of keys');
  const csr = await Pkcs10CertificateRequestGenerator.create({
    name: subject,
    keys,
    signingAlgorithm: algorithm,
  });
  return csr.toString('pem');
}
