import { type ProblemDetails, problemDetails, type Refused } from '../problem.ts';
import type { Reply } from './route.ts';

/** What API Gateway turns into a response. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const always = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** JSON that stays inert even where somebody pastes it into a page: no markup, no line separators. */
export const inertJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export const responseOf = ({ status, body, version, isReplay }: Reply): HttpResponse => ({
  statusCode: status,
  headers: {
    ...always,
    'content-type': 'application/json; charset=utf-8',
    ...(version === undefined ? {} : { etag: `"${version}"` }),
    ...(isReplay === true ? { 'idempotency-replayed': 'true' } : {}),
  },
  body: inertJson(body),
});

/** A problem document (RFC 9457); a refusal that may pass says when to come again. */
export function problemResponse(
  refused: Refused,
  requestId: string,
  allow: readonly string[] = [],
): HttpResponse {
  const details: ProblemDetails = problemDetails(refused, requestId);
  return {
    statusCode: details.status,
    headers: {
      ...always,
      'content-type': 'application/problem+json; charset=utf-8',
      ...(details.status === 503 ? { 'retry-after': '1' } : {}),
      ...(allow.length === 0 ? {} : { allow: [...new Set(allow)].join(', ') }),
    },
    body: inertJson(details),
  };
}
