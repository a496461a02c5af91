import assert from 'node:assert/strict';
import { checkCsr } from '../../../functions/domain/inventory/csr.ts';
import type { FuzzTarget } from '../target.ts';

const begin = '-----BEGIN CERTIFICATE REQUEST-----\n';
const end = '\n-----END CERTIFICATE REQUEST-----\n';

/** A certificate request as text, and as the bytes inside one. */
export const target: FuzzTarget = {
  bytesMax: 1_200,
  shortInputs: 4_000,
  words: [begin, end, '\x30\x82', '\x30\x80', '\x03\x41\x00', '\x06\x08'],
  run: (input) => {
    for (const pem of [input.toString('latin1'), `${begin}${input.toString('base64')}${end}`]) {
      const checked = checkCsr(pem);
      if (checked.ok) assert.deepEqual(checkCsr(checked.pem), checked);
    }
  },
};
