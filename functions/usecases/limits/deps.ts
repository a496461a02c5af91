import { authorize, type ObjectScope } from '../../domain/access/authorize.ts';
import { isInForce } from '../../domain/access/grant.ts';
import type { RuleBook } from '../../domain/rules/book.ts';
import type { Instant } from '../../domain/time.ts';
import type { Caller } from '../ports/access.ts';
import type { OutcomeStore } from '../ports/inventory.ts';
import type { FanOutDeps } from './fan-out.ts';

export interface LimitsDeps extends FanOutDeps {
  readonly outcomes: OutcomeStore;
  readonly book: RuleBook;
}

/** True when the caller answers as a regulator for every one of the places, and not only for some. */
export const isRegulatorOf = ({ grants }: Caller, scope: ObjectScope, now: Instant): boolean => {
  const own = grants.filter((grant) => grant.role === 'regulator' && isInForce(grant, now));
  return scope.places.every((place) => authorize(own, 'set-limits', { ...scope, places: [place] }, now).ok);
};

/** True when the caller answers for the enterprise itself. */
export const isOwnerOf = ({ grants }: Caller, { enterpriseId }: ObjectScope, now: Instant): boolean =>
  grants.some(
    (grant) => grant.role === 'enterprise' && grant.enterpriseId === enterpriseId && isInForce(grant, now),
  );
