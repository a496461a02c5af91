/** A certificate authority and a server certificate for this machine, made anew at each start. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

const keys = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const validForDays = 30;
const dayMs = 86_400_000;

function serialNumber(): string {
  // The first byte stays below 0x80: serial numbers are positive. Source: RFC 5280 §4.1.2.2
  return `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}

export interface ServerCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Writes the CA to `caFile` and a leaf for localhost into `folder`; the CA's private key is never written. */
export async function makeServerCertificate(folder: string, caFile: string): Promise<ServerCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const validity = {
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + validForDays * dayMs),
  };
  const caKeys = await webcrypto.subtle.generateKey(keys, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Tocsin local CA',
    ...validity,
    keys: caKeys,
    signingAlgorithm: keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const leafKeys = await webcrypto.subtle.generateKey(keys, true, ['sign', 'verify']);
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: ca.subject,
    ...validity,
    publicKey: leafKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: keys,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
      new x509.ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1'], false),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const certFile = path.join(folder, 'server.pem');
  const keyFile = path.join(folder, 'server.key');
  await writeFile(caFile, `${ca.toString('pem')}\n`);
  await writeFile(certFile, `${leaf.toString('pem')}\n`);
  await writeFile(keyFile, `${await privateKeyPem(leafKeys.privateKey)}\n`, { mode: 0o600 });
  return { certFile, keyFile };
}
