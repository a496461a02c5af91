import { instruments } from './instruments.ts';
import type { CityEnterprise, CitySensor } from './shape.ts';

const periodMs = 10_000;
/** Detectors in a gas compartment stand at most 15 m apart; ours thin out behind the joint. */
const spacingM = 15;

const lel = (source: string, distanceM: number) =>
  ({
    instrument: instruments.combustibleGas,
    model: { kind: 'leak-plume', source, background: 0.8, distanceM, airChangeSeconds: 90 },
  }) as const;
const oxygen = (source: string) =>
  ({
    instrument: instruments.oxygen,
    model: { kind: 'oxygen', source, background: 0, distanceM: 5, airChangeSeconds: 90 },
  }) as const;
const tunnelTemperature = {
  instrument: instruments.temperature,
  model: { kind: 'climate', mean: 12, swing: 0.5, weather: 0.5 },
} as const;

const corridor1 = { sourceId: 'src-corridor-1', periodMs };
const corridor2 = { sourceId: 'src-corridor-2', periodMs };
const station = { sourceId: 'src-gas-station-1', periodMs };

const corridor1Sensors: readonly CitySensor[] = [
  ...Array.from({ length: 16 }, (_, index) => ({
    sensorId: `lel-${String(index + 1).padStart(2, '0')}`,
    ...corridor1,
    ...lel('src-corridor-1', 5 + index * spacingM),
  })),
  { sensorId: 'o2-01', ...corridor1, ...oxygen('src-corridor-1') },
  { sensorId: 'o2-02', ...corridor1, ...oxygen('src-corridor-1') },
  { sensorId: 'temp', ...corridor1, ...tunnelTemperature },
  {
    sensorId: 'air',
    ...corridor1,
    instrument: instruments.windSpeed,
    model: { kind: 'climate', mean: 0.6, swing: 0.05, weather: 0.1 },
  },
];

const corridor2Sensors: readonly CitySensor[] = [
  ...[5, 20, 35, 50].map((distanceM, index) => ({
    sensorId: `lel-0${index + 1}`,
    ...corridor2,
    ...lel('src-corridor-2', distanceM),
  })),
  { sensorId: 'o2-01', ...corridor2, ...oxygen('src-corridor-2') },
  { sensorId: 'temp', ...corridor2, ...tunnelTemperature },
];

const stationSensors: readonly CitySensor[] = [
  { sensorId: 'lel-01', ...station, ...lel('src-gas-station-1', 5) },
  {
    sensorId: 'pressure',
    ...station,
    instrument: instruments.pressure,
    model: { kind: 'climate', mean: 380, swing: 12, crestHour: 3, weather: 8 },
  },
  {
    sensorId: 'valve',
    ...station,
    instrument: instruments.valve,
    model: { kind: 'valve', feeds: 'supply:src-gas-station-1' },
  },
  {
    sensorId: 'temp',
    ...station,
    instrument: instruments.temperature,
    model: { kind: 'climate', mean: 6, swing: 5, weather: 4 },
  },
];

/** One radio router in the regulator station serves both compartments too. */
const gatewayId = 'gw-renmin';
const chaoyang = '220104';

export const gasUtility: CityEnterprise = {
  enterpriseId: 'ent-changchun-gas',
  name: { zh: '长春燃气管网公司', en: 'Changchun Gas Networks' },
  area: '2201',
  trades: ['gas'],
  sites: [
    {
      siteId: 'site-renmin-corridor',
      name: { zh: '人民大街综合管廊', en: 'Renmin Avenue utility tunnel' },
      area: chaoyang,
      address: '长春市朝阳区人民大街 5268 号',
      position: [125.319, 43.863],
      sources: [
        {
          sourceId: 'src-corridor-1',
          name: { zh: '一号燃气舱', en: 'Gas compartment 1' },
          kind: 'gas-compartment',
          trade: 'gas',
          area: chaoyang,
        },
        {
          sourceId: 'src-corridor-2',
          name: { zh: '二号燃气舱', en: 'Gas compartment 2' },
          kind: 'gas-compartment',
          trade: 'gas',
          area: chaoyang,
        },
        {
          sourceId: 'src-gas-station-1',
          name: { zh: '人民大街调压站', en: 'Renmin Avenue regulator station' },
          kind: 'regulator-station',
          trade: 'gas',
          area: chaoyang,
        },
      ],
      devices: [
        {
          deviceId: 'gas-corridor-1',
          gatewayId,
          name: { zh: '一号燃气舱控制器', en: 'Compartment 1 controller' },
          sensors: corridor1Sensors,
        },
        {
          deviceId: 'gas-corridor-2',
          gatewayId,
          name: { zh: '二号燃气舱控制器', en: 'Compartment 2 controller' },
          sensors: corridor2Sensors,
        },
        {
          deviceId: 'gas-station-1',
          gatewayId,
          name: { zh: '调压站监测终端', en: 'Regulator station monitor' },
          sensors: stationSensors,
        },
      ],
    },
  ],
};
