import assert from 'node:assert/strict';
import { authenticate } from '../../../functions/handlers/api/authenticate.ts';
import { ApiEvent } from '../../../functions/handlers/api/request.ts';
import type { FuzzTarget } from '../target.ts';

const issuer = 'https://issuer.example/pool';
const scope = 'tocsin/api';

function claimsIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // As an authorizer flattens what it does not know.
    return { iss: issuer, sub: text.slice(0, 40), scope: text };
  }
}

/** The claims of a token whose signature was checked: nobody gets in without issuer, scope and subject. */
export const target: FuzzTarget = {
  bytesMax: 2_000,
  shortInputs: 40_000,
  words: ['"iss":', issuer, '"sub":', '"scope":', scope, '"scp":', '"token_use":"id"', '[tocsin/api x]'],
  run: (input) => {
    const claims = claimsIn(input.toString('utf8'));
    const event = ApiEvent.safeParse({
      rawPath: '/v1/me',
      headers: {},
      requestContext: {
        requestId: 'r',
        stage: '$default',
        http: { method: 'GET' },
        authorizer: { jwt: { claims, scopes: null } },
      },
    });
    if (!event.success) return;
    const known = event.data.requestContext.authorizer?.jwt?.claims ?? {};
    const who = authenticate(event.data, { issuer, requiredScopes: [scope] });
    if (!who.ok) return;
    assert.equal(known['iss'], issuer);
    assert.notEqual(known['token_use'], 'id');
    assert.equal(who.principal.subject, known['sub']);
    assert(`${known['scope']} ${known['scp']}`.includes(scope));
  },
};
