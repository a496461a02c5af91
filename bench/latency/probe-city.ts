/** An enterprise for the bench alone: coal faces whose methane rises when the bench says so, each rise a notification. */
import { instruments } from '../../sensors-sim/city/instruments.ts';
import type { CityDevice, CityEnterprise } from '../../sensors-sim/city/shape.ts';

/** Enough devices that a second's messages come from different ones, and each is heard before it counts as silent. */
export const probeDeviceCount = 20;
export const probeSensorCount = 20;

const area = '220112';

const device = (deviceId: string, sourceId: string): CityDevice => ({
  deviceId,
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

/** A colliery whose devices are called `<name>-01` and so on. */
export const collieryOf = (name: string, deviceCount: number): CityEnterprise => ({
  enterpriseId: `ent-${name}`,
  name: { zh: '测试煤矿', en: 'Probe Colliery' },
  area,
  trades: ['coal-mine'],
  sites: [
    {
      siteId: `site-${name}`,
      name: { zh: '测试井下', en: 'Probe colliery, underground' },
      area,
      address: '测试路 1 号',
      position: [125.6, 43.5],
      sources: [
        {
          sourceId: `src-${name}-face`,
          name: { zh: '测试采煤工作面', en: 'Probe coal face' },
          kind: 'coal-face',
          trade: 'coal-mine',
          area,
        },
      ],
      devices: Array.from({ length: deviceCount }, (_, number) =>
        device(`${name}-${String(number + 1).padStart(2, '0')}`, `src-${name}-face`),
      ),
    },
  ],
});

export const probeEnterprise = collieryOf('probe', probeDeviceCount);
