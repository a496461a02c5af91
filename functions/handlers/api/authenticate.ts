import { Issuer, type Principal, Subject } from '../../domain/access/grant.ts';
import type { Refused } from '../problem.ts';
import type { ApiEvent } from './request.ts';

/** Whose tokens are accepted, and which scopes make one a token for this API. */
export interface TokenConfig {
  readonly issuer: string;
  /** A token must carry one of them. */
  readonly requiredScopes: readonly string[];
}

export type Authenticated =
  | { readonly ok: true; readonly principal: Principal }
  | ({ readonly ok: false } & Refused);

/**
 * Who the token speaks for. Its signature, audience and times were checked by the authorizer in front.
 *
 * Everything else in the token is ignored, roles and groups above all: grants decide. An ID token has no scope
 * of ours, so it is refused here even where the authorizer lets it through.
 */
export function authenticate(event: ApiEvent, config: TokenConfig): Authenticated {
  const jwt = event.requestContext.authorizer?.jwt;
  if (jwt === undefined || jwt.claims['iss'] !== config.issuer)
    return { ok: false, problem: 'not-authenticated' };
  const held = scopesOf(jwt.claims);
  if (jwt.claims['token_use'] === 'id' || !config.requiredScopes.some((scope) => held.includes(scope)))
    return { ok: false, problem: 'scope-missing' };
  const issuer = Issuer.safeParse(jwt.claims['iss']);
  const subject = Subject.safeParse(jwt.claims['sub']);
  if (!issuer.success || !subject.success) return { ok: false, problem: 'subject-refused' };
  return { ok: true, principal: { issuer: issuer.data, subject: subject.data } };
}

/** `scope` of RFC 8693: one string, separated by spaces; other issuers write `scp`, also flattened as `[a b]`. */
function scopesOf(claims: Readonly<Record<string, unknown>>): readonly string[] {
  return ['scope', 'scp'].flatMap((name) => {
    const claim = claims[name];
    return typeof claim === 'string' ? claim.replace(/^\[(.*)\]$/, '$1').split(' ') : [];
  });
}
