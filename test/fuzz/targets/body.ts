import assert from 'node:assert/strict';
import { bodyBytesMax, readBody } from '../../../functions/handlers/api/request.ts';
import { routes } from '../../../functions/handlers/api/route-table.ts';
import { refusedInput } from '../../../functions/handlers/problem.ts';
import type { FuzzTarget } from '../target.ts';

const writing = routes.filter(({ method }) => method !== 'GET');

/** The body of a request, plain and in base64: the same is read, and no schema of any route fails on it. */
export const target: FuzzTarget = {
  bytesMax: 4_096,
  shortInputs: 2_500,
  words: [
    '"id":"',
    '"name":',
    '"area":"220104"',
    '"sensors":[',
    '"quantity":"methane"',
    '"substances":[',
    '"reason":',
  ],
  run: (input) => {
    const shared = {
      rawPath: '/',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      requestContext: { requestId: 'r', stage: '$default', http: { method: 'POST' } },
    };
    const read = readBody({ ...shared, body: input.toString('base64'), isBase64Encoded: true });
    const plain = readBody({ ...shared, body: input.toString('utf8'), isBase64Encoded: false });
    if (read.ok && input[0] !== 0xef) assert.deepEqual(plain, read);
    if (!read.ok) return;
    assert(input.length <= bodyBytesMax);
    for (const { schemas } of writing) {
      const judged = schemas.body.safeParse(read.value);
      if (!judged.success) assert((refusedInput(judged.error).errors?.length ?? 0) > 0);
    }
  },
};
