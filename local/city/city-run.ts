/** The devices of the city, connected to a platform over MQTT with their own certificates. */
import { readFile } from 'node:fs/promises';
import { mqttTransport } from '../../sensors-sim/device/mqtt-transport.ts';
import { wallTimers } from '../../sensors-sim/device/timers.ts';
import { createFleet, type Fleet } from '../../sensors-sim/run/fleet.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';
import type { MqttAddress } from '../platform/platform.ts';
import type { DeviceIdentity } from '../seed/device-identity.ts';
import { countingTransport } from './counting-transport.ts';

export interface CityRun {
  readonly fleet: Fleet;
  /** Readings published so far. */
  readonly readings: () => number;
  readonly stop: () => void;
}

export interface CityRunOptions {
  readonly scenario: Scenario;
  readonly mqtt: MqttAddress;
  readonly devices: readonly DeviceIdentity[];
  /** Instants in milliseconds. @default endless, from now */
  readonly startAt?: number;
  readonly endAt?: number;
}

/** Starts every device; they connect with back-off for as long as the run lasts. */
export async function startCityRun(options: CityRunOptions): Promise<CityRun> {
  const { mqtt, scenario } = options;
  const identities = new Map(options.devices.map((identity) => [identity.deviceId, identity]));
  const identityOf = (deviceId: string) => {
    const identity = identities.get(deviceId);
    if (!identity) throw new Error(`no key for device ${deviceId}. Remedy: seed the city again (npm start)`);
    return identity;
  };
  const ca = mqtt.caFile === undefined ? undefined : await readFile(mqtt.caFile, 'utf8');
  let readings = 0;
  const fleet = createFleet({
    scenario,
    startAt: options.startAt ?? Date.now(),
    endAt: options.endAt ?? Number.POSITIVE_INFINITY,
    timers: wallTimers,
    topicOf: (deviceId) => identityOf(deviceId).topic,
    transportOf: (deviceId, clientId) => {
      const { key, certificate: cert } = identityOf(deviceId);
      const identity = ca === undefined ? { key, cert } : { key, cert, ca };
      const address = {
        protocol: 'mqtts',
        host: mqtt.host,
        port: mqtt.port,
        version: '5',
        identity,
      } as const;
      return countingTransport(mqttTransport(address, clientId), (count) => {
        readings += count;
      });
    },
  });
  fleet.start();
  return { fleet, readings: () => readings, stop: () => fleet.stop() };
}
