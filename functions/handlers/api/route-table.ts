/** Every route of the API in one table: method, path, action with its roles, schemas, use case. */
import * as z from 'zod';
import { type Grant, GrantId, NewGrant, reasonMax } from '../../domain/access/grant.ts';
import { type Alert, Handling } from '../../domain/alerts/alert.ts';
import { AlertId, AreaCode, DeviceId, EnterpriseId, SensorId, SiteId, SourceId } from '../../domain/ids.ts';
import { NewDevice, NewSensor } from '../../domain/inventory/device.ts';
import { NewEnterprise, NewSite } from '../../domain/inventory/enterprise.ts';
import { NewSource, SourceChange } from '../../domain/inventory/source.ts';
import { commentMax, line } from '../../domain/inventory/text.ts';
import { AlertKind, Severity } from '../../domain/severity.ts';
import { giveGrant, listGrants, readGrant, revokeGrant } from '../../usecases/access/grants.ts';
import { acknowledgeAlert } from '../../usecases/alerts/acknowledge-alert.ts';
import { listAlerts, readAlert } from '../../usecases/alerts/read-alerts.ts';
import { addSensor } from '../../usecases/inventory/add-sensor.ts';
import { changeSource } from '../../usecases/inventory/change-source.ts';
import { createEnterprise } from '../../usecases/inventory/create-enterprise.ts';
import { createSite } from '../../usecases/inventory/create-site.ts';
import { createSource } from '../../usecases/inventory/create-source.ts';
import { listSensors, readSensor } from '../../usecases/inventory/read-sensors.ts';
import { registerDevice } from '../../usecases/inventory/register-device.ts';
import { revokeDevice } from '../../usecases/inventory/revoke-device.ts';
import { addedSensorBody, grantBody, registeredBody, sensorBody } from './present.ts';
import { alertBody, alertWithTransitionsBody } from './present-alert.ts';
import { answer, nothing, type Route } from './route.ts';
import { limits } from './route-limits.ts';
import { list, read } from './route-read.ts';
import { inArea, listOf, oneOf, showDevice, showEnterprise, showSite, showSource } from './route-things.ts';
import { post, put } from './route-write.ts';

const showGrant = (grant: Grant) => ({ body: grantBody(grant), version: grant.version });
const showAlert = (alert: Alert) => ({ body: alertBody(alert), version: alert.version });

const GrantParams = z.strictObject({ id: GrantId });
const AlertParams = z.strictObject({ id: AlertId });
const DeviceParams = z.strictObject({ id: DeviceId });
const SourceParams = z.strictObject({ id: SourceId });
const Reason = z.strictObject({ reason: line(reasonMax) });
const Comment = z.strictObject({ comment: line(commentMax).optional() });

const inventory: readonly Route[] = [
  post({
    path: '/v1/enterprises',
    action: 'create-enterprise',
    params: nothing,
    body: NewEnterprise,
    run: async (deps, caller, { body, attempt }) =>
      answer(await createEnterprise(deps)(caller, body, attempt), showEnterprise, 201),
  }),
  listOf('/v1/enterprises', 'enterprise'),
  oneOf('/v1/enterprises/{id}', 'enterprise', EnterpriseId),
  post({
    path: '/v1/sites',
    action: 'change-inventory',
    params: nothing,
    body: NewSite,
    run: async (deps, caller, { body, attempt }) =>
      answer(await createSite(deps)(caller, body, attempt), showSite, 201),
  }),
  listOf('/v1/sites', 'site'),
  oneOf('/v1/sites/{id}', 'site', SiteId),
  post({
    path: '/v1/sources',
    action: 'change-inventory',
    params: nothing,
    body: NewSource,
    run: async (deps, caller, { body, attempt }) =>
      answer(await createSource(deps)(caller, body, attempt), showSource, 201),
  }),
  listOf('/v1/sources', 'source'),
  oneOf('/v1/sources/{id}', 'source', SourceId),
  put({
    path: '/v1/sources/{id}',
    action: 'change-inventory',
    params: SourceParams,
    body: SourceChange,
    run: async (deps, caller, { params, body, expected }) =>
      answer(await changeSource(deps)(caller, params.id, body, expected), showSource),
  }),
];

const devices: readonly Route[] = [
  post({
    path: '/v1/devices',
    action: 'change-inventory',
    params: nothing,
    body: NewDevice,
    run: async (deps, caller, { body, attempt }) => {
      const registered = await registerDevice(deps)(caller, body, attempt);
      return answer(registered, (one) => ({ body: registeredBody(one, deps.broker), version: 1 }), 201);
    },
  }),
  listOf('/v1/devices', 'device'),
  oneOf('/v1/devices/{id}', 'device', DeviceId),
  post({
    path: '/v1/devices/{id}/revoke',
    action: 'change-inventory',
    params: DeviceParams,
    body: Reason,
    run: async (deps, caller, { params, body, attempt }) =>
      answer(await revokeDevice(deps)(caller, params.id, body.reason, attempt), showDevice),
  }),
  post({
    path: '/v1/sensors',
    action: 'change-inventory',
    params: nothing,
    body: NewSensor,
    run: async (deps, caller, { body, attempt }) => {
      const added = await addSensor(deps)(caller, body, attempt);
      return answer(added, (device) => addedSensorBody(device, body.sensorId), 201);
    },
  }),
  list({
    path: '/v1/sensors',
    action: 'read-inventory',
    filter: { ...inArea, device: DeviceId.optional() },
    run: (deps, caller, filter, page) => listSensors(deps)(caller, filter, page),
    present: sensorBody,
  }),
  read({
    path: '/v1/sensors/{device}/{id}',
    action: 'read-inventory',
    params: z.strictObject({ device: DeviceId, id: SensorId }),
    run: async (deps, caller, { device, id }) =>
      answer(await readSensor(deps)(caller, device, id), (one) => ({ body: sensorBody(one) })),
  }),
];

const grants: readonly Route[] = [
  read({
    path: '/v1/me',
    action: 'know-oneself',
    params: nothing,
    run: async (_deps, { principal, grants: held }) => ({
      ok: true,
      status: 200,
      body: { ...principal, grants: held.map(grantBody) },
    }),
  }),
  post({
    path: '/v1/grants',
    action: 'change-grants',
    params: nothing,
    body: NewGrant,
    run: async (deps, caller, { body, attempt }) =>
      answer(await giveGrant(deps)(caller, body, attempt), showGrant, 201),
  }),
  list({
    path: '/v1/grants',
    action: 'read-grants',
    filter: {},
    run: (deps, caller, _filter, page) => listGrants(deps)(caller, page),
    present: grantBody,
  }),
  read({
    path: '/v1/grants/{id}',
    action: 'read-grants',
    params: GrantParams,
    run: async (deps, caller, { id }) => answer(await readGrant(deps)(caller, id), showGrant),
  }),
  post({
    path: '/v1/grants/{id}/revoke',
    action: 'change-grants',
    params: GrantParams,
    body: Reason,
    run: async (deps, caller, { params, body, attempt }) =>
      answer(await revokeGrant(deps)(caller, params.id, body.reason, attempt), showGrant),
  }),
];

const alerts: readonly Route[] = [
  list({
    path: '/v1/alerts',
    action: 'read-alerts',
    filter: {
      area: z.union([AreaCode, z.literal('-')]).optional(),
      enterprise: EnterpriseId.optional(),
      closed: z
        .enum(['true', 'false'])
        .transform((text) => text === 'true')
        .optional(),
      severity: Severity.optional(),
      handling: Handling.optional(),
      condition: z.enum(['firing', 'recovered', 'stale']).optional(),
      kind: AlertKind.optional(),
    },
    run: (deps, caller, { area, enterprise, ...filter }, page) =>
      listAlerts(deps)(caller, { area, enterprise }, filter, page),
    present: alertBody,
  }),
  read({
    path: '/v1/alerts/{id}',
    action: 'read-alerts',
    params: AlertParams,
    run: async (deps, caller, { id }) =>
      answer(await readAlert(deps)(caller, id), (one) => ({
        body: alertWithTransitionsBody(one),
        version: one.alert.version,
      })),
  }),
  post({
    path: '/v1/alerts/{id}/acknowledge',
    action: 'acknowledge-alert',
    params: AlertParams,
    body: Comment,
    run: async (deps, caller, { params, body, attempt, expected }) => {
      const action = { alertId: params.id, comment: body.comment, expected };
      return answer(await acknowledgeAlert(deps)(caller, action, attempt), showAlert);
    },
  }),
];

export const routes: readonly Route[] = [...inventory, ...devices, ...limits, ...grants, ...alerts];
