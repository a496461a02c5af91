import { Grant } from '../../functions/domain/access/grant.ts';
import { AreaCode, EnterpriseId, SiteId, SourceId } from '../../functions/domain/ids.ts';
import { NewDevice, newDevice } from '../../functions/domain/inventory/device.ts';
import {
  NewEnterprise,
  NewSite,
  newEnterprise,
  newSite,
} from '../../functions/domain/inventory/enterprise.ts';
import { NewOverride } from '../../functions/domain/inventory/override.ts';
import { contextOf, NewSource, newSource, type Source } from '../../functions/domain/inventory/source.ts';
import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { instant } from '../../functions/domain/time.ts';
import { setOverride } from '../../functions/usecases/limits/set-override.ts';
import type { Caller } from '../../functions/usecases/ports/access.ts';
import { delivered, openWorld, pack, start } from './world.ts';

const actor = { by: 'issuer|engineer', at: instant(start - 1_000) };
let attempts = 0;

/** A caller with one grant, of the enterprise or of the regulator of the province. */
export function callerOf(role: 'enterprise' | 'regulator'): Caller {
  const principal = { issuer: 'https://issuer.example', subject: role };
  const given = role === 'enterprise' ? { role, enterpriseId: 'ent-1' } : { role, areas: ['22'] };
  const grantId = `${'0'.repeat(32)}-${'0'.repeat(16)}`;
  const audit = { grantId, from: 0, createdAt: 0, createdBy: 'test', version: 1 };
  const grant = Grant.parse({ ...principal, ...given, ...audit });
  return { principal: grant, identity: `issuer|${role}`, grants: [grant] };
}

export const attemptOf = () => {
  attempts += 1;
  return { key: `key-${attempts}`, bodyHash: 'hash' };
};

/** The pipeline with an inventory: an enterprise, a site, a source, and as many methane devices as wanted. */
export async function openLimitsWorld(
  deviceIds: readonly string[] = ['dev-1'],
  given: { readonly book?: RuleBook; readonly chemicals?: readonly unknown[] } = {},
) {
  const world = openWorld([], given.book);
  const { inventory } = world.limits;
  const enterprise = newEnterprise(
    NewEnterprise.parse({ enterpriseId: 'ent-1', name: 'E', area: '220104' }),
    actor,
  );
  const site = newSite(
    NewSite.parse({ siteId: 'site-1', enterpriseId: 'ent-1', name: 'S', area: '220104' }),
    actor,
  );
  const declared = { sourceId: 'face-1', siteId: 'site-1', name: 'F', kind: 'coal-face', trade: 'coal-mine' };
  const sourced = newSource(NewSource.parse(declared), site, actor);
  if (!sourced.ok) throw new Error(sourced.problem);
  await inventory.commit({
    puts: [
      { kind: 'enterprise', thing: enterprise, expected: 0 },
      { kind: 'site', thing: site, expected: 0 },
      { kind: 'source', thing: sourced.source, expected: 0 },
    ],
  });
  for (const deviceId of deviceIds) await register(world, deviceId, sourced.source);
  return {
    ...world,
    source: sourced.source,
    register: (deviceId: string) => register(world, deviceId, sourced.source),
    /** One good reading of a device, received at once. */
    send: (at: number, value: number, deviceId = 'dev-1') => {
      world.at(at);
      return world.ingest([delivered(deviceId, pack(deviceId, at + 1, [[at, value]]), at)]);
    },
    set: (as: 'enterprise' | 'regulator', wish: Readonly<Record<string, unknown>>) =>
      setOverride(world.limits)(
        callerOf(as),
        NewOverride.parse({
          scope: { kind: 'enterprise', enterpriseId: 'ent-1' },
          rule: 'coal-mine.methane.coal-face',
          limit: 'restore',
          value: 0.8,
          reason: 'test',
          ...wish,
        }),
        attemptOf(),
      ),
  };
}

/** As a request registers it that read the limits before they were changed. */
async function register(world: ReturnType<typeof openWorld>, deviceId: string, source: Source) {
  const methane = { sensorId: 'ch4', quantity: 'methane', unit: '%{vol}', position: 'T1', periodMs: 5_000 };
  const sensors = [{ ...methane, sourceId: 'face-1', range: { min: 0, max: 4 } }];
  const wish = NewDevice.parse({ deviceId, siteId: 'site-1', csr: 'x', sensors });
  const of = { enterpriseId: EnterpriseId.parse('ent-1'), sources: [contextOf(source)], certificateId: 'c' };
  const thing = newDevice(wish, of, { ...actor, at: world.limits.clock.now() });
  const twin = world.limits.initialTwin(thing.registration, world.limits.clock.now());
  const id = thing.registration.deviceId;
  await world.limits.inventory.commit({
    puts: [{ kind: 'device', thing, expected: 0 }],
    twin: { deviceId: id, expectedVersion: 0, ...twin },
  });
}

export const area = AreaCode.parse('22');
export const places = { siteId: SiteId.parse('site-1'), sourceId: SourceId.parse('face-1') };
