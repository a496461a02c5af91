import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';

/** One methane sensor at a coal face unless told otherwise; everything else is the same in every test. */
export function registrationOf(given: {
  readonly deviceId: string;
  readonly sensors?: readonly Readonly<Record<string, unknown>>[];
  readonly source?: Readonly<Record<string, unknown>>;
  readonly version?: number;
  readonly gatewayId?: string;
  readonly status?: 'active' | 'revoked';
}): DeviceRegistration {
  const source = {
    sourceId: 'face-1',
    kind: 'coal-face',
    trade: 'coal-mine',
    area: '220104',
    siteId: 'site-1',
    enterpriseId: 'ent-1',
    tags: [],
    ...given.source,
  };
  const methane = {
    sensorId: 'ch4',
    quantity: 'methane',
    unit: '%{vol}',
    position: 'T1',
    range: { min: 0, max: 4 },
    period: 5_000,
    sourceId: source.sourceId,
    tags: [],
  };
  return DeviceRegistration.parse({
    deviceId: given.deviceId,
    enterpriseId: source.enterpriseId,
    siteId: source.siteId,
    status: given.status ?? 'active',
    sensors: (given.sensors ?? [{}]).map((sensor) => ({ ...methane, ...sensor })),
    sources: [source],
    registeredAt: 0,
    ...(given.gatewayId === undefined ? {} : { gatewayId: given.gatewayId }),
    version: given.version ?? 1,
  });
}
