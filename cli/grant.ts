/** Gives somebody a role with AWS credentials: the way to the first grant, which no token can give. */
import { type Grant, type NewGrant, newGrant } from '../functions/domain/access/grant.ts';
import type { Instant } from '../functions/domain/time.ts';
import type { GrantStore } from '../functions/usecases/ports/access.ts';

/** Who a grant of this command is said to come from; AWS's own log knows whose credentials it ran with. */
export const grantedBy = 'tocsin grant';

export type Written =
  | { readonly ok: true; readonly grant: Grant; readonly isNew: boolean }
  | { readonly ok: false; readonly field: string; readonly remedy: string };

const meaningOf = (grant: Grant | NewGrant): string => {
  const { role } = grant;
  if (role === 'enterprise') return `${role} ${grant.enterpriseId}`;
  if (role !== 'regulator') return role;
  return `${role} ${grant.areas.toSorted().join()} ${grant.trades.toSorted().join()}`;
};

/** True while the grant gives what was asked for, so that running the command again changes nothing. */
const alreadyGives = (held: Grant, declared: NewGrant, now: Instant): boolean =>
  held.revokedAt === undefined &&
  held.from <= (declared.from ?? now) &&
  held.until === declared.until &&
  meaningOf(held) === meaningOf(declared);

/** Writes the grant unless one that stands gives the same. @throws AdapterError when the table cannot be used */
export async function writeGrant(
  store: GrantStore,
  declared: NewGrant,
  { nonce, now }: { readonly nonce: string; readonly now: Instant },
): Promise<Written> {
  const same = (await store.of(declared)).find((held) => alreadyGives(held, declared, now));
  if (same !== undefined) return { ok: true, grant: same, isNew: false };
  const made = newGrant(declared, { nonce, by: grantedBy, at: now });
  if (!made.ok) return made;
  await store.put(made.grant, 0);
  return { ok: true, grant: made.grant, isNew: true };
}
