/** The routes of limits and of the mode of areas. */
import * as z from 'zod';
import { AreaCode, DeviceId, SensorId } from '../../domain/ids.ts';
import { type Area, NewMode } from '../../domain/inventory/area.ts';
import { type LimitOverride, NewOverride } from '../../domain/inventory/override.ts';
import { commentMax, line } from '../../domain/inventory/text.ts';
import { OverrideId } from '../../domain/telemetry/overrides.ts';
import { listThings, readThing } from '../../usecases/inventory/read-inventory.ts';
import { endOverride } from '../../usecases/limits/end-override.ts';
import { readEffectiveLimits } from '../../usecases/limits/read-limits.ts';
import { setMode } from '../../usecases/limits/set-mode.ts';
import { setOverride } from '../../usecases/limits/set-override.ts';
import { areaBody, effectiveBody, overrideBody } from './present-limits.ts';
import { answer, nothing, type Route } from './route.ts';
import { list, read } from './route-read.ts';
import { inArea } from './route-things.ts';
import { post } from './route-write.ts';

const showOverride = (one: LimitOverride) => ({ body: overrideBody(one), version: one.version });
const showArea = (one: Area) => ({ body: areaBody(one), version: one.version });

const LimitParams = z.strictObject({ id: OverrideId });
const AreaParams = z.strictObject({ code: AreaCode });

export const limits: readonly Route[] = [
  post({
    path: '/v1/limits',
    action: 'set-limits',
    params: nothing,
    body: NewOverride,
    run: async (deps, caller, { body, attempt }) =>
      answer(await setOverride(deps)(caller, body, attempt), showOverride, 201),
  }),
  list({
    path: '/v1/limits',
    action: 'read-inventory',
    filter: inArea,
    run: (deps, caller, filter, page) => listThings(deps)(caller, 'override', filter, page),
    present: overrideBody,
  }),
  // Before the route of one: `effective` is no id.
  list({
    path: '/v1/limits/effective',
    action: 'read-inventory',
    filter: { device: DeviceId, sensor: SensorId },
    run: async (deps, caller, { device, sensor }) => {
      const found = await readEffectiveLimits(deps)(caller, device, sensor);
      return found.ok ? { ok: true, value: { items: found.value, next: undefined } } : found;
    },
    present: effectiveBody,
  }),
  read({
    path: '/v1/limits/{id}',
    action: 'read-inventory',
    params: LimitParams,
    run: async (deps, caller, { id }) => answer(await readThing(deps)(caller, 'override', id), showOverride),
  }),
  post({
    path: '/v1/limits/{id}/end',
    action: 'set-limits',
    params: LimitParams,
    body: z.strictObject({ reason: line(commentMax) }),
    run: async (deps, caller, { params, body, attempt, expected }) => {
      const wish = { overrideId: params.id, reason: body.reason, expected };
      return answer(await endOverride(deps)(caller, wish, attempt), showOverride);
    },
  }),
  read({
    path: '/v1/areas/{code}',
    action: 'read-inventory',
    params: AreaParams,
    run: async (deps, caller, { code }) => answer(await readThing(deps)(caller, 'area', code), showArea),
  }),
  post({
    path: '/v1/areas/{code}/mode',
    action: 'set-mode',
    params: AreaParams,
    body: NewMode,
    run: async (deps, caller, { params, body, attempt, expected }) => {
      const wish = { ...body, area: params.code, expected };
      return answer(await setMode(deps)(caller, wish, attempt), showArea);
    },
  }),
];
