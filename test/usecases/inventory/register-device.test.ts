import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import { apiHandler } from '../../../functions/handlers/api/handler.ts';
import type { IdentityRegistry } from '../../../functions/usecases/ports/identity.ts';
import type { InventoryStore } from '../../../functions/usecases/ports/inventory.ts';
import { eventOf, openCity, sensor, type TestApi } from '../../support/api.ts';
import { makeCsr } from '../../support/csr.ts';

let api: TestApi;
let csr: string;
beforeAll(async () => {
  csr = await makeCsr();
});
beforeEach(async () => {
  api = await openCity();
});

const lost = () => new AdapterError('lost', { cause: undefined, retryable: true });

/** Registers with parts that fail; the same key each time, as a client repeats. */
async function register(given: {
  readonly registry?: Partial<IdentityRegistry>;
  readonly inventory?: Partial<InventoryStore>;
}) {
  const deps = {
    ...api.deps,
    registry: { ...api.registry, ...given.registry },
    inventory: { ...api.deps.inventory, ...given.inventory },
  };
  const body = { deviceId: 'dev-a', siteId: 'site-a', csr, sensors: [sensor()] };
  const { statusCode } = await apiHandler(deps)(
    eventOf('POST', '/v1/devices', { as: 'owner-a', key: 'once', body }),
  );
  return statusCode;
}
const certificates = () => [...api.registry.certificates.values()];
const isRegistered = () => api.state.registrations.size === 1 && api.state.twins.size === 1;
const nothingIsLeft = () => api.state.registrations.size === 0 && api.state.twins.size === 0;

test('a certificate that cannot be made leaves nothing, and the repeat succeeds', async () => {
  expect(await register({ registry: { create: async () => Promise.reject(lost()) } })).toBe(503);
  expect(nothingIsLeft()).toBe(true);
  expect(await register({})).toBe(201);
  expect(certificates()).toEqual(['active']);
});

test('a refused commit takes the certificate back', async () => {
  expect(await register({ inventory: { commit: async () => Promise.reject(lost()) } })).toBe(503);
  expect(nothingIsLeft()).toBe(true);
  expect(certificates()).toEqual([]);
});

test('a commit whose answer was lost counts', async () => {
  const commit: InventoryStore['commit'] = async (write) => {
    await api.deps.inventory.commit(write);
    throw lost();
  };
  expect(await register({ inventory: { commit } })).toBe(201);
  expect(isRegistered()).toBe(true);
  expect(certificates()).toEqual(['active']);
});

test('a function that dies before the commit leaves a certificate that opens nothing', async () => {
  const dead = async () => Promise.reject(lost());
  const registry = { discard: dead };
  expect(await register({ registry, inventory: { commit: dead } })).toBe(503);
  expect(certificates()).toEqual(['inactive']);
  expect(await register({})).toBe(201);
  expect(certificates().toSorted()).toEqual(['active', 'inactive']);
});

test('a function that dies between commit and activation is finished by the repeat', async () => {
  expect(await register({ registry: { activate: async () => Promise.reject(lost()) } })).toBe(503);
  expect(isRegistered()).toBe(true);
  expect(certificates()).toEqual(['inactive']);
  expect(await register({})).toBe(201);
  expect(certificates()).toEqual(['active']);
});

test('a repeat after the revocation does not open the door again', async () => {
  await register({});
  await api.call('POST', '/v1/devices/dev-a/revoke', { as: 'owner-a', body: { reason: 'stolen' } });
  expect(await register({})).toBe(201);
  expect(certificates()).toEqual(['revoked']);
});

test('a revocation that comes during the activation wins', async () => {
  const activate = async (certificateId: string) => {
    await api.call('POST', '/v1/devices/dev-a/revoke', { as: 'owner-a', body: { reason: 'stolen' } });
    await api.registry.activate(certificateId);
  };
  await register({ registry: { activate } });
  expect(certificates()).toEqual(['revoked']);
});

test('a revocation that failed at the broker is finished by the repeat', async () => {
  await register({});
  const deps = { ...api.deps, registry: { ...api.registry, revoke: async () => Promise.reject(lost()) } };
  const event = () =>
    eventOf('POST', '/v1/devices/dev-a/revoke', { as: 'owner-a', key: 'revoke', body: { reason: 'stolen' } });
  expect((await apiHandler(deps)(event())).statusCode).toBe(503);
  expect(certificates()).toEqual(['active']);
  expect((await apiHandler(api.deps)(event())).statusCode).toBe(200);
  expect(certificates()).toEqual(['revoked']);
});

test('a source that changes during the registration is copied in its new version', async () => {
  let isFirst = true;
  const commit: InventoryStore['commit'] = async (write) => {
    if (isFirst) {
      isFirst = false;
      const body = { name: 'Changed', kind: 'changed', tags: ['late'] };
      await api.call('PUT', '/v1/sources/gas-a', { as: 'owner-a', body, headers: { 'if-match': '"1"' } });
    }
    return api.deps.inventory.commit(write);
  };
  expect(await register({ inventory: { commit } })).toBe(201);
  const [registration] = [...api.state.registrations.values()];
  expect(registration?.sources[0]).toMatchObject({ kind: 'changed', tags: ['late'] });
  expect(certificates()).toEqual(['active']);
});

test('of two requests at once with one key both get one device', async () => {
  expect(await Promise.all([register({}), register({})])).toEqual([201, 201]);
  expect(isRegistered()).toBe(true);
  expect(certificates()).toEqual(['active']);
});
