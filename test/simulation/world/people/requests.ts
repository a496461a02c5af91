import { issuer, scope } from '../environment.ts';

/** Subjects of the people's tokens. */
export const engineer = 'engineer-1';
export const regulator = 'regulator-1';

/** Requests as the HTTP API sends them on for a person whose token its authorizer has checked. */
export function createWishes(nonce: string) {
  let count = 0;
  return {
    /** A POST; the same `key` makes it a repeat. */
    post(subject: string, path: string, body: object, key = `${nonce}-${++count}`) {
      return {
        rawPath: path,
        rawQueryString: '',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        isBase64Encoded: false,
        requestContext: {
          requestId: key,
          stage: '$default',
          http: { method: 'POST' },
          authorizer: {
            jwt: { claims: { iss: issuer, sub: subject, scope, token_use: 'access' }, scopes: null },
          },
        },
      };
    },
  };
}
