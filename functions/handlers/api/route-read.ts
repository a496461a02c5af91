import * as z from 'zod';
import {
  type PageWish,
  pageSizeDefault,
  pageSizeMax,
  pageSizeMin,
} from '../../usecases/inventory/read-inventory.ts';
import type { Result } from '../../usecases/inventory/result.ts';
import type { Caller } from '../../usecases/ports/access.ts';
import type { Page } from '../../usecases/ports/inventory.ts';
import { refusedField, refusedInput } from '../problem.ts';
import { cursorMax, cursorOf, positionOf } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { type Answer, answer, noBody, nothing, paramsOf, type Route, refused, rolesOf } from './route.ts';

interface ReadSpec<P> {
  readonly path: string;
  readonly action: Route['action'];
  readonly params: z.ZodType<P>;
  readonly run: (deps: ApiDeps, caller: Caller, params: P) => Promise<Answer>;
}

/** A route that reads one thing. */
export const read = <P>({ path, action, params, run }: ReadSpec<P>): Route => ({
  method: 'GET',
  path,
  scope: 'required',
  action,
  roles: rolesOf(action),
  schemas: { params, query: nothing, body: noBody },
  handle: async (deps, request) => {
    const found = paramsOf(params, request);
    if (!found.ok) return found;
    const asked = nothing.safeParse(request.query);
    if (!asked.success) return refused(refusedInput(asked.error));
    return run(deps, request.caller, found.value);
  },
});

/** How much of a list, and where it goes on. */
const pageShape = {
  limit: z
    .string()
    .regex(/^\d{1,6}$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int().min(pageSizeMin).max(pageSizeMax))
    .optional(),
  cursor: z
    .string()
    .max(cursorMax, { error: `must have at most ${cursorMax} characters` })
    .optional(),
};
const PageQuery = z.strictObject(pageShape);

interface ListSpec<Filter extends z.ZodRawShape, Item> {
  readonly path: string;
  readonly action: Route['action'];
  readonly filter: Filter;
  readonly run: (
    deps: ApiDeps,
    caller: Caller,
    filter: z.output<z.ZodObject<Filter, z.core.$strict>>,
    page: PageWish,
  ) => Promise<Result<Page<Item>>>;
  readonly present: (item: Item) => unknown;
}

/** A route that walks a list: a limit, a filter, and a cursor that is bound to the filter and to who asks. */
export function list<Filter extends z.ZodRawShape, Item>(spec: ListSpec<Filter, Item>): Route {
  const { path, action, run, present } = spec;
  const FilterQuery = z.strictObject(spec.filter);
  return {
    method: 'GET',
    path,
    scope: 'required',
    action,
    roles: rolesOf(action),
    schemas: { params: nothing, query: z.strictObject({ ...spec.filter, ...pageShape }), body: noBody },
    handle: async (deps, { caller, query, path: concrete }) => {
      const own = Object.entries(query).filter(([name]) => name in pageShape);
      const rest = Object.entries(query).filter(([name]) => !(name in pageShape));
      const asked = PageQuery.safeParse(Object.fromEntries(own));
      if (!asked.success) return refused(refusedInput(asked.error));
      const filter = FilterQuery.safeParse(Object.fromEntries(rest));
      if (!filter.success) return refused(refusedInput(filter.error));
      const walk = { identity: caller.identity, path: concrete, filter: filter.data };
      const { limit = pageSizeDefault, cursor } = asked.data;
      const after = cursor === undefined ? undefined : positionOf(walk, cursor);
      if (cursor !== undefined && after === undefined)
        return refused(refusedField('cursor-invalid', 'cursor', 'start again without it'));
      const page = await run(deps, caller, filter.data, { limit, after });
      return answer(page, ({ items, next }) => {
        const body = { items: items.map(present) };
        return { body: next === undefined ? body : { ...body, next: cursorOf(walk, next) } };
      });
    },
  };
}
