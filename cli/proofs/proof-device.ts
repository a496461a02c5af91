/** The device that stands in a proof: one sensor that the rule selects. */
import { DeviceId, EnterpriseId, SensorId, SiteId, SourceId } from '../../functions/domain/ids.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { DeviceRegistration } from '../../functions/domain/telemetry/registration.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import type { ProofFile } from './proof-file.ts';

/** The first step of every case. */
export const proofStart: Instant = instant(Date.UTC(2026, 0, 1));

export const proofSensor = SensorId.parse('sensor');

/** Six digits of an area below the first prefix that the rule selects, or of any. */
const areaOf = (prefix: string | undefined): string =>
  (prefix ?? '220104').padEnd(Math.max(6, prefix?.length ?? 0), '0');

/** A registration of one device with one sensor, such that `rule` selects it. */
export function proofDevice(rule: Rule, sensor: ProofFile['sensor']): DeviceRegistration {
  const { select } = rule;
  const position = sensor.position ?? select.positions?.[0];
  const grade = select.grades?.[0];
  const tags = select.tags?.slice(0, 1) ?? [];
  return DeviceRegistration.parse({
    deviceId: DeviceId.parse('device'),
    enterpriseId: EnterpriseId.parse('enterprise'),
    siteId: SiteId.parse('site'),
    status: 'active',
    sensors: [
      {
        sensorId: proofSensor,
        quantity: select.quantities[0] ?? 'methane',
        unit: rule.unit,
        ...(position !== undefined && { position }),
        period: sensor.period,
        sourceId: SourceId.parse('source'),
        tags,
      },
    ],
    sources: [
      {
        sourceId: SourceId.parse('source'),
        kind: select.sourceKinds?.[0] ?? 'any',
        trade: rule.trade,
        area: areaOf(select.areaPrefixes?.[0]),
        siteId: SiteId.parse('site'),
        enterpriseId: EnterpriseId.parse('enterprise'),
        ...(grade !== undefined && { grade }),
        tags: [],
      },
    ],
    registeredAt: proofStart,
    version: 1,
  });
}
