import { EnterpriseId } from '../../../functions/domain/ids.ts';
import {
  type Dated,
  type DatedContext,
  type Device,
  NewDevice,
  newDevice,
  withInventory,
} from '../../../functions/domain/inventory/device.ts';
import { RegisteredMode, RegisteredOverride } from '../../../functions/domain/telemetry/overrides.ts';
import { SourceContext } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';

/** 32 days, after which no reading of then can come. */
const forgotten = 2_764_800_000;
const lin = { by: 'iss|lin', at: instant(1_000) };
const contextOf = (sourceId: string, kind: string) => {
  const where = { trade: 'coal-mine', area: '220104', siteId: 'site-1', enterpriseId: 'ent-1' };
  return SourceContext.parse({ sourceId, kind, ...where, tags: [] });
};
const face = contextOf('face-1', 'coal-face');
const heading = contextOf('face-1', 'heading');
const disused = contextOf('face-1', 'disused');
const pump = contextOf('pump-1', 'pump');
const declared = NewDevice.parse({
  ...{ deviceId: 'dev-1', siteId: 'site-1', csr: 'a request', sourceIds: ['face-1', 'pump-1'] },
});
const of = { enterpriseId: EnterpriseId.parse('ent-1'), sources: [face, pump], certificateId: '0123' };
const deviceOf = (dated?: Dated): Device =>
  newDevice(declared, dated === undefined ? of : { ...of, dated }, lin);
const from = (context: SourceContext, at: number): DatedContext => ({ context, from: instant(at) });
const look = (device: Device, at: number, now: { contexts?: readonly DatedContext[]; dated?: Dated }) =>
  withInventory(
    device,
    { contexts: now.contexts ?? [], dated: now.dated ?? {} },
    { by: 'iss|wang', at: instant(at) },
    'because',
  );
const emergency = RegisteredMode.parse({ area: '2201', mode: 'emergency', from: 500 });
const overrideUntil = (until?: number) =>
  RegisteredOverride.parse({
    ...{ id: '0123456789abcdef01234567', ruleId: 'gas.leak.valve', limit: 'alarm', value: 1 },
    ...{ scope: { kind: 'area', area: '22' }, from: 500, by: 'iss|lin', at: 500, isSigned: false },
    ...(until === undefined ? {} : { until }),
  });

test('a device of which nothing has changed is the same, even when it is looked at again', () => {
  const device = deviceOf();
  expect(look(device, 2_000, {})).toBe(device);
  expect(look(device, 2_000, { contexts: [from(face, 2_000), from(pump, 1_500)] })).toBe(device);
  const dated = deviceOf({ modes: [emergency], overrides: [overrideUntil()] });
  expect(look(dated, 2_000, { dated: { modes: [emergency], overrides: [overrideUntil()] } })).toBe(dated);
});

test('a device whose source has changed keeps what that was, in its next version', () => {
  const device = deviceOf();
  expect(look(device, 2_000, { contexts: [from(heading, 1_800), from(pump, 1_500)] })).toStrictEqual({
    record: {
      ...{ deviceId: 'dev-1', siteId: 'site-1', enterpriseId: 'ent-1', certificateId: '0123' },
      ...{ version: 2, createdAt: 1_000, createdBy: 'iss|lin', updatedAt: 2_000, updatedBy: 'iss|wang' },
      changedReason: 'because',
    },
    registration: {
      ...{ deviceId: 'dev-1', siteId: 'site-1', enterpriseId: 'ent-1', status: 'active', sensors: [] },
      ...{ sources: [heading, pump], former: [{ until: 1_800, source: face }] },
      ...{ registeredAt: 1_000, version: 2 },
    },
  });
});

test('what a source was is kept for 32 days, oldest first', () => {
  const once = look(deviceOf(), 2_000, { contexts: [from(heading, 2_000)] });
  const formerAt = (at: number) =>
    look(once, at, { contexts: [from(disused, at)] }).registration.former?.map(({ until }) => until);
  expect(formerAt(3_000)).toEqual([2_000, 3_000]);
  expect(formerAt(2_000 + forgotten - 1)).toEqual([2_000, 2_000 + forgotten - 1]);
  expect(formerAt(2_000 + forgotten)).toEqual([2_000 + forgotten]);
});

test('a device that keeps nothing of before has no list of it', () => {
  const once = look(deviceOf(), 2_000, { contexts: [from(heading, 2_000)] });
  const later = look(once, 2_000 + forgotten, { dated: { modes: [emergency] } });
  expect(later.registration).not.toHaveProperty('former');
  expect(look(deviceOf(), 2_000, { dated: { modes: [emergency] } }).registration).not.toHaveProperty(
    'former',
  );
});

test('what a source was is no reason to change a device, not even when it may be forgotten', () => {
  const once = look(deviceOf(), 2_000, { contexts: [from(heading, 2_000)] });
  expect(look(once, 2_000 + forgotten, { contexts: [from(heading, 2_000)] })).toBe(once);
});

test('a device gets the modes and overrides that are new, and loses those that are no more', () => {
  const dated = { modes: [emergency], overrides: [overrideUntil()] };
  const bound = look(deviceOf(), 2_000, { dated }).registration;
  expect(bound).toMatchObject({ ...dated, version: 2 });
  const freed = look(deviceOf(dated), 2_000, {}).registration;
  expect(freed.version).toBe(2);
  expect(freed).not.toHaveProperty('modes');
  expect(freed).not.toHaveProperty('overrides');
});

test.each([
  ['modes alone', { modes: [emergency] }],
  ['overrides alone', { overrides: [overrideUntil()] }],
])('%s are reason enough to change a device, and to change it back', (_name, dated) => {
  expect(look(deviceOf(), 2_000, { dated }).registration).toMatchObject({ ...dated, version: 2 });
  expect(look(deviceOf(dated), 2_000, {}).registration.version).toBe(2);
});

test('an override that ended 32 days ago is no longer missed', () => {
  const device = deviceOf({ overrides: [overrideUntil(1_500)] });
  expect(look(device, 1_500 + forgotten - 1, {}).registration.version).toBe(2);
  expect(look(device, 1_500 + forgotten, {})).toBe(device);
});
