import { instruments } from './instruments.ts';
import type { CityEnterprise, CitySensor } from './shape.ts';

const periodMs = 10_000;
const kuancheng = '220103';

const tankSensors = (sourceId: string, fillFromHour: number, productCel: number): readonly CitySensor[] => [
  {
    sensorId: 'level',
    sourceId,
    periodMs,
    instrument: instruments.tankLevel,
    model: { kind: 'tank-level', source: sourceId, lowPct: 38, highPct: 68, fillFromHour },
  },
  {
    sensorId: 'temp',
    sourceId,
    periodMs,
    instrument: instruments.temperature,
    model: { kind: 'climate', mean: productCel, swing: 2, weather: 2 },
  },
  {
    sensorId: 'inlet-valve',
    sourceId,
    periodMs,
    instrument: instruments.valve,
    model: { kind: 'valve', feeds: `inflow:${sourceId}` },
  },
];

const unit = { sourceId: 'src-desulf-unit', periodMs };
const h2s = (share: number) =>
  ({
    instrument: instruments.h2s,
    model: { kind: 'toxic-gas', source: 'src-desulf-unit', background: 0.4, share },
  }) as const;

const unitSensors: readonly CitySensor[] = [
  { sensorId: 'h2s-01', ...unit, ...h2s(1) },
  { sensorId: 'h2s-02', ...unit, ...h2s(0.3) },
  { sensorId: 'h2s-03', ...unit, ...h2s(0.15) },
  { sensorId: 'h2s-04', ...unit, ...h2s(0.05) },
  {
    sensorId: 'wind',
    ...unit,
    instrument: instruments.windSpeed,
    model: { kind: 'climate', mean: 3, swing: 1, weather: 1.5 },
  },
];

export const chemicalWorks: CityEnterprise = {
  enterpriseId: 'ent-kuancheng-chem',
  name: { zh: '宽城精细化工', en: 'Kuancheng Fine Chemicals' },
  area: kuancheng,
  trades: ['chemical'],
  sites: [
    {
      siteId: 'site-kuancheng-works',
      name: { zh: '宽城厂区', en: 'Kuancheng works' },
      area: kuancheng,
      address: '长春市宽城区兰家镇工业路 18 号',
      position: [125.341, 43.989],
      sources: [
        {
          sourceId: 'src-tank-101',
          name: { zh: '甲醇储罐 101', en: 'Methanol tank 101' },
          kind: 'storage-tank',
          trade: 'chemical',
          area: kuancheng,
          chemicals: [{ row: 65, name: '甲醇', classes: ['W5.3'], designMaxT: '499' }],
          peopleNearby: 40,
        },
        {
          sourceId: 'src-tank-102',
          name: { zh: '液氨储罐 102', en: 'Ammonia tank 102' },
          kind: 'storage-tank',
          trade: 'chemical',
          area: kuancheng,
          chemicals: [{ row: 1, name: '氨', designMaxT: '60' }],
          peopleNearby: 80,
        },
        {
          sourceId: 'src-desulf-unit',
          name: { zh: '脱硫装置', en: 'Desulphurisation unit' },
          kind: 'production-unit',
          trade: 'chemical',
          area: kuancheng,
          chemicals: [
            { row: 10, name: '硫化氢', designMaxT: '4.5' },
            { row: 4, name: '二氧化硫', designMaxT: '2' },
          ],
          peopleNearby: 80,
        },
      ],
      devices: [
        {
          deviceId: 'chem-tank-101',
          name: { zh: '101 罐监测', en: 'Tank 101 monitor' },
          sensors: tankSensors('src-tank-101', 8, 15),
        },
        {
          deviceId: 'chem-tank-102',
          name: { zh: '102 罐监测', en: 'Tank 102 monitor' },
          sensors: tankSensors('src-tank-102', 20, -5),
        },
        {
          deviceId: 'chem-desulf',
          name: { zh: '脱硫装置气体报警控制器', en: 'Desulphurisation gas controller' },
          sensors: unitSensors,
        },
      ],
    },
  ],
};
