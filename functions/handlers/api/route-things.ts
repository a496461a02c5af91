import * as z from 'zod';
import { AreaCode, EnterpriseId } from '../../domain/ids.ts';
import { listThings, readThing } from '../../usecases/inventory/read-inventory.ts';
import type { Registered } from '../../usecases/ports/inventory.ts';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from './present.ts';
import { answer, type Route } from './route.ts';
import { list, read } from './route-read.ts';

/** Filters of the lists of the inventory. */
export const inArea = { area: AreaCode.optional(), enterprise: EnterpriseId.optional() };

type Kind = 'enterprise' | 'site' | 'source' | 'device';

/** How each kind is shown; its version becomes the ETag. */
const presented: { readonly [K in Kind]: (thing: Registered[K]) => { body: unknown; version: number } } = {
  enterprise: (thing) => ({ body: enterpriseBody(thing), version: thing.version }),
  site: (thing) => ({ body: siteBody(thing), version: thing.version }),
  source: (thing) => ({ body: sourceBody(thing), version: thing.version }),
  device: (thing) => ({ body: deviceBody(thing), version: thing.registration.version }),
};
export const {
  enterprise: showEnterprise,
  site: showSite,
  source: showSource,
  device: showDevice,
} = presented;

/** The list of a kind, by id, narrowed to what the caller may see. */
export const listOf = <K extends Kind>(path: string, kind: K): Route =>
  list({
    path,
    action: 'read-inventory',
    filter: inArea,
    run: (deps, caller, filter, page) => listThings(deps)(caller, kind, filter, page),
    present: (thing: Registered[K]) => presented[kind](thing).body,
  });

/** One thing of a kind by its id. */
export const oneOf = <K extends Kind>(path: string, kind: K, id: z.ZodType<string>): Route =>
  read({
    path,
    action: 'read-inventory',
    params: z.strictObject({ id }),
    run: async (deps, caller, params) =>
      answer(await readThing(deps)(caller, kind, params.id), presented[kind]),
  });
