import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const keyKind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface KeyAndRequest {
  /** PEM; never leaves the machine that made it. */
  readonly key: string;
  /** PEM of the PKCS #10 request. */
  readonly csr: string;
}

/** A new P-256 key and its PKCS #10 request; only the request ever leaves the machine. */
export async function makeKeyAndRequest(deviceId: string): Promise<KeyAndRequest> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${deviceId}`,
    keys,
    signingAlgorithm: keyKind,
  });
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: x509.PemConverter.encode(der, 'PRIVATE KEY'), csr: request.toString('pem') };
}
