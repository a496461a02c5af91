/** The devices of the city, connected to a platform over MQTT with their own certificates. */
import { mqttTransport } from '../../sensors-sim/device/mqtt-transport.ts';
import { wallTimers } from '../../sensors-sim/device/timers.ts';
import type { LiveBroker } from '../../sensors-sim/live/credentials.ts';
import { createFleet, type Fleet } from '../../sensors-sim/run/fleet.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';
import { countingTransport } from './counting-transport.ts';

export interface CityRun {
  readonly fleet: Fleet;
  /** Readings published so far. */
  readonly readings: () => number;
  readonly stop: () => void;
}

/** Starts every device, without an end; they connect with back-off for as long as the run lasts. */
export function startCityRun(scenario: Scenario, broker: LiveBroker): CityRun {
  let readings = 0;
  const fleet = createFleet({
    scenario,
    startAt: Date.now(),
    endAt: Number.POSITIVE_INFINITY,
    timers: wallTimers,
    topicOf: (deviceId) => broker.identityOf(deviceId).topic,
    transportOf: (deviceId, clientId) => {
      const { key, certificate: cert } = broker.identityOf(deviceId);
      const identity = { key, cert, ...(broker.ca === undefined ? {} : { ca: broker.ca }) };
      return countingTransport(
        mqttTransport({ ...broker, ...(broker.protocol === 'mqtts' ? { identity } : {}) }, clientId),
        (count) => {
          readings += count;
        },
      );
    },
  });
  fleet.start();
  return { fleet, readings: () => readings, stop: () => fleet.stop() };
}
