/** What this room knows: what enterprises register. This file: which certificate signing requests are good enough. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { csrMax } from './device.ts';

/** RSA moduli in bits. The broker wants 2048 at least; more than 4096 costs a small device minutes. */
export const rsaBitsMin = 2048;
export const rsaBitsMax = 4096;
/** Curves by the names of node:crypto: NIST P-256 and P-384. */
export const curves: readonly string[] = ['prime256v1', 'secp384r1'];

export type CsrCheck =
  | { readonly ok: true; readonly pem: string }
  | {
      readonly ok: false;
      readonly problem: 'csr-unreadable' | 'csr-key-refused' | 'csr-signature-invalid';
      readonly remedy: string;
    };

const block =
  /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([A-Za-z0-9+/=\s]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/;

const refuse = (problem: Exclude<CsrCheck, { ok: true }>['problem'], remedy: string): CsrCheck => ({
  ok: false,
  problem,
  remedy,
});

/** DER tags that a request is made of (X.690). */
const sequence = 0x30;
const bitString = 0x03;
const objectIdentifier = 0x06;

interface Element {
  readonly tag: number;
  /** Tag, length and content. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** The elements that follow each other in `bytes`; undefined when it is not DER with definite lengths. */
function elements(bytes: Uint8Array): Element[] | undefined {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at];
    let length = bytes[at + 1];
    if (tag === undefined || length === undefined) return undefined;
    let from = at + 2;
    if (length >= 0x80) {
      const size = length - 0x80;
      if (size === 0 || size > 3) return undefined;
      length = 0;
      for (const byte of bytes.subarray(from, from + size)) length = length * 256 + byte;
      from += size;
    }
    const end = from + length;
    if (end > bytes.length) return undefined;
    found.push({ tag, whole: bytes.subarray(at, end), content: bytes.subarray(from, end) });
    at = end;
  }
  return found;
}

/** Signature algorithms by the hexadecimal content of their object identifier (RFC 4055, RFC 5758). */
const hashOf: Readonly<Record<string, string>> = {
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

interface Request {
  readonly signed: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

/** The parts of a PKCS #10 request (RFC 2986 section 4). */
function parts(der: Uint8Array): Request | undefined {
  const [outer, ...rest] = elements(der) ?? [];
  if (outer?.tag !== sequence || rest.length > 0) return undefined;
  const [info, algorithm, signature] = elements(outer.content) ?? [];
  if (info?.tag !== sequence || algorithm?.tag !== sequence || signature?.tag !== bitString) return undefined;
  const publicKey = elements(info.content)?.[2];
  const identifier = elements(algorithm.content)?.[0];
  if (publicKey?.tag !== sequence || identifier?.tag !== objectIdentifier) return undefined;
  return {
    signed: info.whole,
    publicKey: publicKey.whole,
    algorithm: Buffer.from(identifier.content).toString('hex'),
    signature: signature.content.subarray(1),
  };
}

function keyOf(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function isKeyAccepted(key: KeyObject): boolean {
  const namedCurve = key.asymmetricKeyDetails?.namedCurve;
  const modulusLength = key.asymmetricKeyDetails?.modulusLength;
  if (key.asymmetricKeyType === 'ec') return namedCurve !== undefined && curves.includes(namedCurve);
  if (key.asymmetricKeyType !== 'rsa' || modulusLength === undefined) return false;
  return modulusLength >= rsaBitsMin && modulusLength <= rsaBitsMax;
}

function isSigned(request: Request, key: KeyObject): boolean {
  const hash = hashOf[request.algorithm];
  if (hash === undefined) return false;
  try {
    return verify(hash, request.signed, key, request.signature);
  } catch {
    return false;
  }
}

/**
 * Whether a device may have a certificate for this request: readable, a key of accepted kind and size, and
 * signed by that key, so that nobody can ask for a certificate over somebody else's key.
 *
 * The subject is ignored: the device's name comes from its registration, never from the request.
 *
 * @returns the request in canonical PEM.
 */
export function checkCsr(pem: string): CsrCheck {
  if (pem.includes('PRIVATE KEY'))
    return refuse(
      'csr-unreadable',
      'holds a private key: it must never leave the device. Make a new key, send only the request',
    );
  const body = pem.length <= csrMax ? block.exec(pem)?.[1] : undefined;
  const der = body === undefined ? undefined : Buffer.from(body.replace(/\s+/g, ''), 'base64');
  const request = der === undefined ? undefined : parts(der);
  if (der === undefined || request === undefined)
    return refuse('csr-unreadable', `must be one PKCS #10 request in PEM of at most ${csrMax} characters`);
  const key = keyOf(request.publicKey);
  if (key === undefined || !isKeyAccepted(key))
    return refuse(
      'csr-key-refused',
      `the key must be EC P-256, EC P-384 or RSA of ${rsaBitsMin} to ${rsaBitsMax} bits`,
    );
  if (!isSigned(request, key))
    return refuse(
      'csr-signature-invalid',
      'the request must be signed by its own key, with SHA-256, SHA-384 or SHA-512',
    );
  const lines = der.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n');
  const begin = '-----BEGIN CERTIFICATE REQUEST-----';
  return { ok: true, pem: `${begin}\n${lines}\n${begin.replace('BEGIN', 'END')}\n` };
}
