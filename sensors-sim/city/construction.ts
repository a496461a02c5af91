import { instruments } from './instruments.ts';
import type { CityEnterprise, CitySensor } from './shape.ts';

const pitPeriodMs = 30_000;
const dustPeriodMs = 60_000;
const nanguan = '220102';
const luyuan = '220106';

const pitSensors: readonly CitySensor[] = [
  ...[1, 0.8, 0.35, 0.15, 0.05, 0, 0, 0].map((share, index) => ({
    sensorId: `disp-0${index + 1}`,
    sourceId: 'src-pit-north',
    periodMs: pitPeriodMs,
    instrument: instruments.displacement,
    model: { kind: 'pit-wall', source: 'src-pit-north', startMm: 9 - index * 0.7, share } as const,
  })),
  {
    sensorId: 'temp',
    sourceId: 'src-pit-north',
    periodMs: pitPeriodMs,
    instrument: instruments.temperature,
    model: { kind: 'climate', mean: 8, swing: 6, weather: 4 },
  },
];

const dustSensor = (sourceId: string, meanUgM3: number): CitySensor => ({
  sensorId: 'pm25',
  sourceId,
  periodMs: dustPeriodMs,
  instrument: instruments.pm25,
  model: { kind: 'dust', source: sourceId, meanUgM3 },
});

const yard = { sourceId: 'src-yard-nanguan', periodMs: dustPeriodMs };
const yardSensors: readonly CitySensor[] = [
  dustSensor('src-yard-nanguan', 34),
  {
    sensorId: 'pm10',
    ...yard,
    instrument: instruments.pm10,
    model: { kind: 'dust', source: 'src-yard-nanguan', meanUgM3: 62 },
  },
  {
    sensorId: 'temp',
    ...yard,
    instrument: instruments.temperature,
    model: { kind: 'climate', mean: 8, swing: 6, weather: 4 },
  },
  {
    sensorId: 'wind',
    ...yard,
    instrument: instruments.windSpeed,
    model: { kind: 'climate', mean: 3, swing: 1, weather: 1.5 },
  },
  { sensorId: 'baro', ...yard, instrument: instruments.pressure, model: { kind: 'barometer' } },
];

export const metroBuilder: CityEnterprise = {
  enterpriseId: 'ent-nanguan-metro',
  name: { zh: '南关轨道建设', en: 'Nanguan Metro Construction' },
  area: nanguan,
  trades: ['construction'],
  sites: [
    {
      siteId: 'site-nanguan-station',
      name: { zh: '南关站工地', en: 'Nanguan station site' },
      area: nanguan,
      address: '长春市南关区亚泰大街 3600 号',
      position: [125.35, 43.86],
      sources: [
        {
          sourceId: 'src-pit-north',
          name: { zh: '北基坑', en: 'North foundation pit' },
          kind: 'foundation-pit',
          trade: 'construction',
          area: nanguan,
        },
        {
          sourceId: 'src-yard-nanguan',
          name: { zh: '南关站工地扬尘', en: 'Nanguan site dust' },
          kind: 'construction-site',
          trade: 'construction',
          area: nanguan,
        },
      ],
      devices: [
        { deviceId: 'pit-north', name: { zh: '北基坑采集仪', en: 'North pit logger' }, sensors: pitSensors },
        {
          deviceId: 'dust-nanguan',
          name: { zh: '南关扬尘监测仪', en: 'Nanguan dust monitor' },
          sensors: yardSensors,
        },
      ],
    },
  ],
};

export const houseBuilder: CityEnterprise = {
  enterpriseId: 'ent-luyuan-homes',
  name: { zh: '绿园安居建筑', en: 'Luyuan Homes' },
  area: luyuan,
  trades: ['construction'],
  sites: [
    {
      siteId: 'site-luyuan-homes',
      name: { zh: '绿园安居工地', en: 'Luyuan housing site' },
      area: luyuan,
      address: '长春市绿园区西安大路 7000 号',
      position: [125.24, 43.88],
      sources: [
        {
          sourceId: 'src-yard-luyuan',
          name: { zh: '绿园工地扬尘', en: 'Luyuan site dust' },
          kind: 'construction-site',
          trade: 'construction',
          area: luyuan,
        },
      ],
      devices: [
        {
          deviceId: 'dust-luyuan',
          name: { zh: '绿园扬尘监测仪', en: 'Luyuan dust monitor' },
          sensors: [dustSensor('src-yard-luyuan', 30)],
        },
      ],
    },
  ],
};
