import { instruments } from './instruments.ts';
import type { CityEnterprise, CitySensor } from './shape.ts';

const periodMs = 10_000;
const face = { sourceId: 'src-face-3102', periodMs };
const heading = { sourceId: 'src-heading-3105', periodMs };
const shaft = { sourceId: 'src-main-fan', periodMs };

const methane = (fan: string, normalPct: number, airChangeSeconds = 60) =>
  ({
    instrument: instruments.methane,
    model: { kind: 'methane', fan, normalPct, airChangeSeconds },
  }) as const;
const air = (fan: string, speedMps: number) =>
  ({ instrument: instruments.windSpeed, model: { kind: 'airflow', fan, speedMps } }) as const;
const rockTemperature = (mean: number) =>
  ({
    instrument: instruments.temperature,
    model: { kind: 'climate', mean, swing: 0.3, weather: 0.4 },
  }) as const;
const traceCo = {
  instrument: instruments.co,
  model: { kind: 'climate', mean: 5, swing: 0, weather: 2 },
} as const;

const faceSensors: readonly CitySensor[] = [
  { sensorId: 'ch4-t0', ...face, position: 'T0', ...methane('main', 0.45) },
  { sensorId: 'ch4-t1', ...face, position: 'T1', ...methane('main', 0.4) },
  { sensorId: 'co', ...face, ...traceCo },
  { sensorId: 'air', ...face, ...air('main', 1.8) },
  { sensorId: 'temp', ...face, ...rockTemperature(24) },
  {
    sensorId: 'o2',
    ...face,
    instrument: instruments.oxygen,
    model: { kind: 'climate', mean: 20.6, swing: 0, weather: 0.1 },
  },
];

const returnSensors: readonly CitySensor[] = [
  { sensorId: 'ch4-t2', ...face, position: 'T2', ...methane('main', 0.38, 80) },
  { sensorId: 'co', ...face, ...traceCo },
  { sensorId: 'air', ...face, ...air('main', 2.4) },
  { sensorId: 'temp', ...face, ...rockTemperature(25) },
];

const headingSensors: readonly CitySensor[] = [
  { sensorId: 'ch4-t1', ...heading, position: 'T1', ...methane('local-3105', 0.3, 45) },
  { sensorId: 'ch4-t2', ...heading, position: 'T2', ...methane('local-3105', 0.28, 60) },
  { sensorId: 'fan', ...heading, instrument: instruments.fan, model: { kind: 'fan', fan: 'local-3105' } },
  { sensorId: 'temp', ...heading, ...rockTemperature(23) },
];

const fanSensors: readonly CitySensor[] = [
  { sensorId: 'fan', ...shaft, instrument: instruments.fan, model: { kind: 'fan', fan: 'main' } },
  { sensorId: 'air', ...shaft, ...air('main', 9.5) },
  { sensorId: 'baro', ...shaft, instrument: instruments.pressure, model: { kind: 'barometer' } },
];

export const coalMine: CityEnterprise = {
  enterpriseId: 'ent-shuangyang-mine',
  name: { zh: '双阳一矿', en: 'Shuangyang No. 1 Colliery' },
  area: '220112',
  trades: ['coal-mine'],
  sites: [
    {
      siteId: 'site-shuangyang-mine',
      name: { zh: '双阳一矿井下', en: 'Shuangyang colliery, underground' },
      area: '220112',
      address: '长春市双阳区平湖街 1 号',
      position: [125.664, 43.525],
      sources: [
        {
          sourceId: 'src-face-3102',
          name: { zh: '3102 采煤工作面', en: 'Coal face 3102' },
          kind: 'coal-face',
          trade: 'coal-mine',
          area: '220112',
        },
        {
          sourceId: 'src-heading-3105',
          name: { zh: '3105 掘进工作面', en: 'Heading 3105' },
          kind: 'heading-face',
          trade: 'coal-mine',
          area: '220112',
        },
        {
          sourceId: 'src-main-fan',
          name: { zh: '主要通风机', en: 'Main fan' },
          kind: 'main-fan',
          trade: 'coal-mine',
          area: '220112',
        },
      ],
      devices: [
        {
          deviceId: 'mine-face-3102',
          name: { zh: '3102 工作面分站', en: 'Face 3102 station' },
          sensors: faceSensors,
        },
        {
          deviceId: 'mine-return-3102',
          name: { zh: '3102 回风分站', en: 'Return 3102 station' },
          sensors: returnSensors,
        },
        {
          deviceId: 'mine-heading-3105',
          name: { zh: '3105 掘进分站', en: 'Heading 3105 station' },
          sensors: headingSensors,
        },
        {
          deviceId: 'mine-main-fan',
          name: { zh: '主通风机监测', en: 'Main fan monitor' },
          sensors: fanSensors,
        },
      ],
    },
  ],
};
