import { instruments } from '../../../sensors-sim/city/instruments.ts';
import type { CityDevice, CityEnterprise, CitySite } from '../../../sensors-sim/city/shape.ts';

/** How often a sensor of the simulated city is read. */
export const readEveryMs = 5_000;

const gas = instruments.combustibleGas;

/** A device of gas sensors `lel-1`, `lel-2` and so on; `periodMs` is what they are registered with. */
export const gasDevice = (
  deviceId: string,
  sourceId: string,
  sensorCount: number,
  gatewayId?: string,
  periodMs = readEveryMs,
): CityDevice => ({
  deviceId,
  name: { zh: deviceId, en: deviceId },
  ...(gatewayId === undefined ? {} : { gatewayId }),
  sensors: Array.from({ length: sensorCount }, (_, index) => ({
    sensorId: `lel-${index + 1}`,
    instrument: gas,
    sourceId,
    periodMs,
    // What a sensor sees is drawn from the seed (`../world/weather.ts`), not from the model of a leak.
    model: { kind: 'leak-plume', source: sourceId, background: 1, distanceM: 5, airChangeSeconds: 90 },
  })),
});

/** A site with one gas compartment, `src-<siteId>`. */
export const gasSite = (siteId: string, area: string, devices: readonly CityDevice[]): CitySite => ({
  siteId,
  name: { zh: siteId, en: siteId },
  area,
  address: 'Simulation Street 1',
  position: [126.5, 43.8],
  sources: [
    {
      sourceId: `src-${siteId}`,
      name: { zh: siteId, en: siteId },
      kind: 'gas-compartment',
      trade: 'gas',
      area,
    },
  ],
  devices,
});

export const gasEnterprise = (
  enterpriseId: string,
  area: string,
  sites: readonly CitySite[],
): CityEnterprise => ({
  enterpriseId,
  name: { zh: enterpriseId, en: enterpriseId },
  area,
  trades: ['gas'],
  sites,
});

/** All devices that a simulated world can have; each world takes some of them. */
export const enterprises: readonly CityEnterprise[] = [
  gasEnterprise('ent-north', '220104', [
    gasSite('north-1', '220104', [
      gasDevice('dev-n1', 'src-north-1', 2),
      gasDevice('dev-n2', 'src-north-1', 1),
      gasDevice('dev-n3', 'src-north-1', 3),
    ]),
    gasSite('north-2', '220104', [
      gasDevice('dev-n4', 'src-north-2', 2, 'gw-north'),
      gasDevice('dev-n5', 'src-north-2', 2, 'gw-north'),
    ]),
  ]),
  gasEnterprise('ent-south', '220202', [
    gasSite('south-1', '220202', [
      gasDevice('dev-s1', 'src-south-1', 1),
      gasDevice('dev-s2', 'src-south-1', 2),
    ]),
    gasSite('south-2', '220203', [
      gasDevice('dev-s3', 'src-south-2', 1),
      gasDevice('dev-s4', 'src-south-2', 1),
      gasDevice('dev-s5', 'src-south-2', 1),
      gasDevice('dev-s6', 'src-south-2', 1),
      gasDevice('dev-s7', 'src-south-2', 1),
    ]),
  ]),
];

/** How often a sensor that only storms have is read: half as often, since they are many. */
const stormReadEveryMs = 10_000;
/** Devices that only storms have: with some of them standing, a correlation of their site knows more alerts than it keeps. */
export const stormDeviceCount = 60;

/** The site of a storm with the devices that no other world has; its enterprise and the site itself stand above. */
export const stormEnterprise: CityEnterprise = gasEnterprise('ent-south', '220202', [
  gasSite(
    'south-2',
    '220203',
    Array.from({ length: stormDeviceCount }, (_, index) =>
      gasDevice(`dev-t${index + 1}-storm`, 'src-south-2', 1, undefined, stormReadEveryMs),
    ),
  ),
]);
