/** A device's key pair, the request for its certificate, and where both are kept on this machine. */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';
import { DeviceIdentity } from '../../sensors-sim/live/credentials.ts';

const keyKind = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface KeyAndRequest {
  readonly key: string;
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

const fileOf = (folder: string, deviceId: string) => path.join(folder, `${deviceId}.json`);

export async function saveIdentity(folder: string, identity: DeviceIdentity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(fileOf(folder, identity.deviceId), `${JSON.stringify(identity, null, 2)}\n`, {
    mode: 0o600,
  });
}

export async function readIdentity(folder: string, deviceId: string): Promise<DeviceIdentity | undefined> {
  try {
    return DeviceIdentity.parse(JSON.parse(await readFile(fileOf(folder, deviceId), 'utf8')));
  } catch {
    // Not there, or cut short: the device counts as one without a key.
    return undefined;
  }
}
