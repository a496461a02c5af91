/** Certificate signing requests put together by hand, so that a test can spoil one part of a signed request. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

type Bytes = readonly number[];

/** A DER element with the shortest length. */
export function der(tag: number, ...parts: readonly Bytes[]): Bytes {
  const content = parts.flat();
  const { length } = content;
  if (length < 0x80) return [tag, length, ...content];
  if (length < 0x100) return [tag, 0x81, length, ...content];
  return [tag, 0x82, length >> 8, length & 0xff, ...content];
}

export const hex = (text: string): Bytes => [...Buffer.from(text, 'hex')];

/** Identifiers of signature algorithms (RFC 4055, RFC 5758). */
export const identifiers = {
  rsaSha256: hex('2a864886f70d01010b'),
  rsaSha384: hex('2a864886f70d01010c'),
  rsaSha512: hex('2a864886f70d01010d'),
  ecSha256: hex('2a8648ce3d040302'),
  ecSha384: hex('2a8648ce3d040303'),
  ecSha512: hex('2a8648ce3d040304'),
} as const;

export interface Pair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
export const ecPair: Pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
export const spkiOf = ({ publicKey }: Pair): Bytes => [...publicKey.export({ format: 'der', type: 'spki' })];

const version = [0x02, 0x01, 0x00];
const attributes = [0xa0, 0x00];

export interface Parts {
  readonly pair?: Pair;
  readonly hash?: string;
  readonly subject?: Bytes;
  readonly key?: Bytes;
  /** What follows the key in the part that is signed. */
  readonly after?: Bytes;
  readonly info?: (content: readonly Bytes[]) => Bytes;
  readonly algorithm?: Bytes;
  readonly signatureTag?: number;
  readonly outer?: (content: readonly Bytes[]) => Bytes;
}

/** The bytes of a request: a good one with a P-256 key and SHA-256, but for the parts that are given. */
export function requestOf(parts: Parts = {}): Buffer {
  const {
    pair = ecPair,
    hash = 'sha256',
    subject = [0x30, 0x00],
    key = spkiOf(pair),
    after = attributes,
    info = (content) => der(0x30, ...content),
    algorithm = der(0x30, der(0x06, identifiers.ecSha256)),
    signatureTag = 0x03,
    outer = (content) => der(0x30, ...content),
  } = parts;
  const signed = info([version, subject, key, after]);
  const signature = [0, ...sign(hash, Buffer.from(signed), pair.privateKey)];
  return Buffer.from(outer([signed, algorithm, der(signatureTag, signature)]));
}

export const pemOf = (bytes: Buffer, label = 'CERTIFICATE REQUEST'): string =>
  `-----BEGIN ${label}-----\n${bytes.toString('base64')}\n-----END ${label}-----\n`;
