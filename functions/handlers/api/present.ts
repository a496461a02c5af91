import type { Grant } from '../../domain/access/grant.ts';
import type { SensorId } from '../../domain/ids.ts';
import type { Device } from '../../domain/inventory/device.ts';
import type { Enterprise, Site } from '../../domain/inventory/enterprise.ts';
import type { Source } from '../../domain/inventory/source.ts';
import type { Stamp } from '../../domain/inventory/stamp.ts';
import type { SensorRegistration } from '../../domain/telemetry/registration.ts';
import { type Instant, rfc3339 } from '../../domain/time.ts';
import type { SensorOn } from '../../usecases/inventory/read-sensors.ts';
import type { RegisteredDevice } from '../../usecases/inventory/register-device.ts';
import type { BrokerConfig } from './deps.ts';

/** Instants inside are milliseconds, outside RFC 3339; `undefined` stays out of the JSON. */
export const when = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : rfc3339(at);

const stamped = <T extends Stamp>(thing: T) => ({
  ...thing,
  createdAt: rfc3339(thing.createdAt),
  updatedAt: rfc3339(thing.updatedAt),
});

export const enterpriseBody = (thing: Enterprise) => stamped(thing);
export const siteBody = (thing: Site) => stamped(thing);
export const sourceBody = (thing: Source) => stamped(thing);

const sensorPart = ({ period, ...sensor }: SensorRegistration) => ({ ...sensor, periodMs: period });

export const sensorBody = ({ device: { registration }, sensor }: SensorOn) => {
  const { deviceId, siteId, enterpriseId, status, version } = registration;
  return { deviceId, ...sensorPart(sensor), siteId, enterpriseId, deviceStatus: status, version };
};

/** The sensor that was just added, as reading it would show it. */
export function addedSensorBody(device: Device, sensorId: SensorId) {
  const sensors = device.registration.sensors.filter((one) => one.sensorId === sensorId);
  const [body] = sensors.map((sensor) => sensorBody({ device, sensor }));
  return { body, version: device.registration.version };
}

export function deviceBody({ record, registration }: Device) {
  const { certificateId, ...rest } = stamped(record);
  const { status, version, sensors, sources, gatewayId } = registration;
  return {
    ...rest,
    version,
    status,
    ...(gatewayId === undefined ? {} : { gatewayId }),
    sourceIds: sources.map(({ sourceId }) => sourceId),
    sensors: sensors.map(sensorPart),
    identity: { thingName: record.deviceId, certificateId },
  };
}

/** The full topic that a device publishes to: straight to the rule, which costs no messaging (Basic Ingest). */
export const topicOf = (broker: BrokerConfig, deviceId: string): string =>
  `$aws/rules/${broker.ruleName}/tocsin/v1/${deviceId}/senml`;

/** What a device must know to connect; the certificate is handed out only here. */
export function registeredBody(registered: RegisteredDevice, broker: BrokerConfig) {
  const body = deviceBody(registered);
  const { certificatePem } = registered;
  const topic = topicOf(broker, registered.record.deviceId);
  return { ...body, identity: { ...body.identity, certificatePem, topic, mqttEndpoint: broker.endpoint } };
}

export const grantBody = (grant: Grant) => ({
  ...grant,
  from: rfc3339(grant.from),
  until: when(grant.until),
  createdAt: rfc3339(grant.createdAt),
  revokedAt: when(grant.revokedAt),
});
