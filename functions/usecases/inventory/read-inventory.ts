import { authorize } from '../../domain/access/authorize.ts';
import { chooseList, type ListScope, type ListWish } from '../../domain/access/listing.ts';
import type { Caller } from '../ports/access.ts';
import type { Kind, Page, Registered } from '../ports/inventory.ts';
import { find, type InventoryDeps } from './deps.ts';
import { done, type Result, refuse } from './result.ts';
import { scopeOf } from './scopes.ts';

/** Items of one page. */
export const pageSizeMin = 1;
export const pageSizeMax = 100;
export const pageSizeDefault = 50;

/** Most pages of the store read for one page of an answer, when most items are not for the caller. */
export const storePagesMax = 5;

export interface PageWish {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** The thing of this kind and id, if the caller may see it. */
export const readThing =
  (deps: InventoryDeps) =>
  <K extends Kind>(caller: Caller, kind: K, id: string): Promise<Result<Registered[K]>> =>
    find(deps, caller, 'read-inventory', { kind, id });

/** The list to walk; an enterprise that is named must be one that the caller may see. */
export async function listFor(
  deps: InventoryDeps,
  caller: Caller,
  action: 'read-inventory' | 'read-alerts',
  wish: ListWish,
): Promise<Result<ListScope>> {
  const chosen = chooseList(caller.grants, action, wish, deps.clock.now());
  if (!chosen.ok) {
    if (chosen.reason === 'scope-needed') return refuse('scope-needed', 'area', chosen.remedy);
    return chosen.reason === 'foreign' ? refuse('not-found', 'area') : refuse(chosen.reason);
  }
  if (wish.enterprise !== undefined) {
    const named = { kind: 'enterprise', id: wish.enterprise, field: 'enterprise' } as const;
    const found = await find(deps, caller, 'read-inventory', named);
    if (!found.ok) return found;
  }
  return done(chosen.scope);
}

/** The things of a kind that the caller may see, by id. A page may hold fewer than `limit` and still have a next. */
export const listThings =
  (deps: InventoryDeps) =>
  async <K extends Kind>(
    caller: Caller,
    kind: K,
    wish: ListWish,
    page: PageWish,
  ): Promise<Result<Page<Registered[K]>>> => {
    const list = await listFor(deps, caller, 'read-inventory', wish);
    if (!list.ok) return list;
    const now = deps.clock.now();
    const isVisible = (thing: Registered[K]): boolean => {
      const scope = scopeOf[kind](thing);
      const isIn =
        wish.area === undefined || scope.places.some(({ area }) => area.startsWith(wish.area ?? ''));
      return isIn && authorize(caller.grants, 'read-inventory', scope, now).ok;
    };
    const items: Registered[K][] = [];
    let after = page.after;
    for (let pages = 0; pages < storePagesMax; pages++) {
      const { items: found, next } = await deps.inventory.list(
        kind,
        list.value,
        page.limit - items.length,
        after,
      );
      items.push(...found.filter(isVisible));
      after = next;
      if (next === undefined || items.length >= page.limit) break;
    }
    return done({ items, next: after });
  };
