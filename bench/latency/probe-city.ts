/** An enterprise for the bench alone: coal faces whose methane rises when the bench says so, each rise a notification. */
import { instruments } from '../../sensors-sim/city/instruments.ts';
import type { CityDevice, CityEnterprise } from '../../sensors-sim/city/shape.ts';

/** Enough devices that a second's messages come from different ones, and each is heard before it counts as silent. */
export const probeDeviceCount = 20;
export const probeSensorCount = 20;

const sourceId = 'src-probe-face';
const area = '220112';

const device = (number: number): CityDevice => ({
  deviceId: `probe-${String(number).padStart(2, '0')}`,
  name: { zh: '测试分站', en: 'Probe' },
  sensors: Array.from({ length: probeSensorCount }, (_, position) => ({
    sensorId: `ch4-${String(position + 1).padStart(2, '0')}`,
    sourceId,
    periodMs: 60_000,
    position: 'T1',
    instrument: instruments.methane,
    model: { kind: 'methane', fan: 'main', normalPct: 0.4, airChangeSeconds: 60 },
  })),
});

export const probeEnterprise: CityEnterprise = {
  enterpriseId: 'ent-probe',
  name: { zh: '测试煤矿', en: 'Probe Colliery' },
  area,
  trades: ['coal-mine'],
  sites: [
    {
      siteId: 'site-probe',
      name: { zh: '测试井下', en: 'Probe colliery, underground' },
      area,
      address: '测试路 1 号',
      position: [125.6, 43.5],
      sources: [
        {
          sourceId,
          name: { zh: '测试采煤工作面', en: 'Probe coal face' },
          kind: 'coal-face',
          trade: 'coal-mine',
          area,
        },
      ],
      devices: Array.from({ length: probeDeviceCount }, (_, number) => device(number + 1)),
    },
  ],
};
