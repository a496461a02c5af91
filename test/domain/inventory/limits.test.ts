import { grantAreaMax, NewGrant, reasonMax, subjectMax } from '../../../functions/domain/access/grant.ts';
import { AreaCode } from '../../../functions/domain/ids.ts';
import { Chemical, chemicalCountMax, classCountMax } from '../../../functions/domain/inventory/chemical.ts';
import {
  deviceSourceMax,
  NewDevice,
  NewSensor,
  periodMaxMs,
  periodMinMs,
} from '../../../functions/domain/inventory/device.ts';
import {
  addressMax,
  enterpriseAreaMax,
  NewEnterprise,
  NewSite,
  newEnterprise,
  withArea,
} from '../../../functions/domain/inventory/enterprise.ts';
import { hazardClasses } from '../../../functions/domain/inventory/gb18218-classes.ts';
import { peopleNearbyMax } from '../../../functions/domain/inventory/grading.ts';
import { NewSource, tagCountMax } from '../../../functions/domain/inventory/source.ts';
import { line, nameMax } from '../../../functions/domain/inventory/text.ts';
import { sensorCountMax } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';

type Schema = { safeParse: (value: unknown) => { success: boolean } };
const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const enterprise = { enterpriseId: 'e', name: 'E', area: '22' };
const site = { siteId: 's', enterpriseId: 'e', name: 'S', area: '22' };
const source = { sourceId: 'x', siteId: 's', name: 'X', kind: 'tank', trade: 'gas' };
const sensor = { sensorId: 'n', quantity: 'h2s', unit: 'mg/m3', periodMs: 1000, sourceId: 'x' };
const device = { deviceId: 'd', siteId: 's', csr: 'c', sensors: [sensor] };
const grant = { issuer: 'https://i.example', subject: 'l', role: 'regulator', areas: ['22'] };
const chemical = { name: '氯', designMaxT: '1' };

const cases: readonly (readonly [string, number, Schema, (size: number) => unknown])[] = [
  ['characters of a name', nameMax, NewEnterprise, (size) => ({ ...enterprise, name: 'n'.repeat(size) })],
  ['characters of an address', addressMax, NewSite, (size) => ({ ...site, address: 'a'.repeat(size) })],
  ['characters of a reason', reasonMax, line(reasonMax), (size) => 'r'.repeat(size)],
  ['tags', tagCountMax, NewSource, (size) => ({ ...source, tags: many(size, (at) => `t${at}`) })],
  [
    'chemicals',
    chemicalCountMax,
    NewSource,
    (size) => ({ ...source, chemicals: many(size, () => chemical) }),
  ],
  ['people nearby', peopleNearbyMax, NewSource, (size) => ({ ...source, peopleNearby: size })],
  [
    'classes of a chemical',
    classCountMax,
    Chemical,
    (size) => ({ ...chemical, classes: hazardClasses.slice(0, size).map((one) => one.symbol) }),
  ],
  [
    'sensors of a device',
    sensorCountMax,
    NewDevice,
    (size) => ({ ...device, sensors: many(size, (at) => ({ ...sensor, sensorId: `n${at}` })) }),
  ],
  [
    'sources of a device',
    deviceSourceMax,
    NewDevice,
    (size) => ({ ...device, sourceIds: many(size, (at) => `x${at}`) }),
  ],
  ['the longest period', periodMaxMs, NewSensor, (size) => ({ deviceId: 'd', ...sensor, periodMs: size })],
  [
    'areas of a grant',
    grantAreaMax,
    NewGrant,
    (size) => ({ ...grant, areas: many(size, (at) => `${10 + at}`) }),
  ],
  ['characters of a subject', subjectMax, NewGrant, (size) => ({ ...grant, subject: 's'.repeat(size) })],
];

test.each(cases)('%s: %i is the most', (_name, most, schema, make) => {
  expect(schema.safeParse(make(most - 1)).success).toBe(true);
  expect(schema.safeParse(make(most)).success).toBe(true);
  expect(schema.safeParse(make(most + 1)).success).toBe(false);
});

test('the shortest period is the least', () => {
  const fits = (periodMs: number) => NewSensor.safeParse({ deviceId: 'd', ...sensor, periodMs }).success;
  expect([periodMinMs - 1, periodMinMs, periodMinMs + 1].map(fits)).toEqual([false, true, true]);
});

test('an enterprise has sites in so many areas and no more', () => {
  const actor = { by: 'i|s', at: instant(0) };
  let one = newEnterprise(NewEnterprise.parse(enterprise), actor);
  for (let at = 1; at < enterpriseAreaMax; at++) {
    const placed = withArea(one, AreaCode.parse(`22${10 + at}`), actor);
    if (!placed.ok) throw new Error(placed.problem);
    one = placed.enterprise;
  }
  expect(one.areas).toHaveLength(enterpriseAreaMax);
  expect(withArea(one, AreaCode.parse('3301'), actor)).toEqual({ ok: false, problem: 'too-many-areas' });
  expect(withArea(one, AreaCode.parse('22'), actor)).toEqual({ ok: true, enterprise: one });
});
