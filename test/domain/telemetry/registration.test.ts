import type * as z from 'zod';
import {
  DeviceRegistration,
  SensorRegistration,
  SourceContext,
} from '../../../functions/domain/telemetry/registration.ts';

const sensor = { sensorId: 's', quantity: 'q', unit: '', period: 100, sourceId: 'f' };
const source = {
  sourceId: 'f',
  kind: 'k',
  trade: 'gas',
  area: '22',
  siteId: 'x',
  enterpriseId: 'e',
};
const device = {
  deviceId: 'd',
  enterpriseId: 'e',
  siteId: 'x',
  status: 'active',
  sensors: [],
  sources: [source],
  registeredAt: 0,
  version: 1,
};

const of = (count: number): string => 'x'.repeat(count);
const list = <T>(count: number, item: T): T[] => Array(count).fill(item);

type Case = readonly [more: object, isGood: boolean];

const isGood = (schema: z.ZodType, value: object): boolean => schema.safeParse(value).success;

test.each<Case>([
  [{}, true],
  [{ more: 1 }, false],
  [{ sensorId: '' }, false],
  [{ sensorId: undefined }, false],
  [{ quantity: '' }, false],
  [{ quantity: of(48) }, true],
  [{ quantity: of(49) }, false],
  [{ unit: of(16) }, true],
  [{ unit: of(17) }, false],
  [{ position: '' }, true],
  [{ position: of(32) }, true],
  [{ position: of(33) }, false],
  [{ range: { min: 0, max: 1 } }, true],
  [{ range: { min: 0 } }, false],
  [{ range: { max: 0 } }, false],
  [{ range: { min: 0, max: 1, step: 1 } }, false],
  [{ period: 99 }, false],
  [{ period: 100.5 }, false],
  [{ period: 86_400_000 }, true],
  [{ period: 86_400_001 }, false],
  [{ sourceId: 'a b' }, false],
  [{ tags: list(10, of(32)) }, true],
  [{ tags: list(11, 'x') }, false],
  [{ tags: [of(33)] }, false],
])('a sensor with %j is one: %p', (more, expected) => {
  expect(isGood(SensorRegistration, { ...sensor, ...more })).toBe(expected);
});

test.each<Case>([
  [{}, true],
  [{ more: 1 }, false],
  [{ kind: '' }, false],
  [{ kind: of(48) }, true],
  [{ kind: of(49) }, false],
  [{ trade: 'farm' }, false],
  [{ area: '2' }, false],
  [{ siteId: undefined }, false],
  [{ enterpriseId: undefined }, false],
  [{ grade: 0 }, false],
  [{ grade: 1 }, true],
  [{ grade: 4 }, true],
  [{ grade: 5 }, false],
  [{ grade: 1.5 }, false],
  [{ substances: list(50, of(12)) }, true],
  [{ substances: list(51, 'x') }, false],
  [{ substances: [of(13)] }, false],
  [{ substances: undefined }, false],
  [{ tags: list(10, of(32)) }, true],
  [{ tags: list(11, 'x') }, false],
  [{ tags: [of(33)] }, false],
])('a source with %j is one: %p', (more, expected) => {
  expect(isGood(SourceContext, { ...source, ...more })).toBe(expected);
});

test.each<Case>([
  [{}, true],
  [{ more: 1 }, false],
  [{ status: 'revoked' }, true],
  [{ status: '' }, false],
  [{ sensors: list(100, sensor) }, true],
  [{ sensors: list(101, sensor) }, false],
  [{ sources: [] }, false],
  [{ sources: list(20, source) }, true],
  [{ sources: list(21, source) }, false],
  [{ registeredAt: -1 }, false],
  [{ gatewayId: 'g' }, true],
  [{ gatewayId: '' }, false],
  [{ gatewayId: undefined }, false],
  [{ former: [{ until: 5, source }] }, true],
  [{ former: [{ until: 5 }] }, false],
  [{ former: [{ until: 5, source, more: 1 }] }, false],
  [{ former: undefined }, false],
  [{ overrides: [] }, true],
  [{ overrides: [{}] }, false],
  [{ overrides: undefined }, false],
  [{ modes: [] }, true],
  [{ modes: [{}] }, false],
  [{ modes: undefined }, false],
  [{ version: 0 }, false],
  [{ version: 1.5 }, false],
])('a device with %j is one: %p', (more, expected) => {
  expect(isGood(DeviceRegistration, { ...device, ...more })).toBe(expected);
});

test('who registers no tags has none', () => {
  const { sensors, sources } = DeviceRegistration.parse({ ...device, sensors: [sensor] });
  expect(sensors).toStrictEqual([{ ...sensor, tags: [] }]);
  expect(sources).toStrictEqual([{ ...source, tags: [] }]);
});

test.each([99, 86_400_001])('a period of %i ms is refused with its limits', (period) => {
  const parsed = SensorRegistration.safeParse({ ...sensor, period });
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['must be 100 to 86400000 ms']);
});
