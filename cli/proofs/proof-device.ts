/** The device that stands in a proof: a sensor that the rule selects, and the others that it names. */
import { DeviceId, EnterpriseId, SensorId, SiteId, SourceId } from '../../functions/domain/ids.ts';
import type { Rule } from '../../functions/domain/rules/book.ts';
import { Trade } from '../../functions/domain/severity.ts';
import { quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { DeviceRegistration, SensorRegistration } from '../../functions/domain/telemetry/registration.ts';
import type { Case, ProofFile, Setting } from './proof-file.ts';
import { proofStart } from './proof-start.ts';
import type { Step } from './series.ts';

export const proofSensor = SensorId.parse('sensor');
const sourceId = SourceId.parse('source');
const siteId = SiteId.parse('site');
const enterpriseId = EnterpriseId.parse('enterprise');

/** A sensor of the device with what it sends, step by step. */
interface ProofSensor {
  readonly registration: SensorRegistration;
  readonly steps: readonly Step[];
}

/** Six digits of an area below the first prefix that the rule selects, or of any. */
const areaOf = (prefix: string | undefined): string =>
  (prefix ?? '220104').padEnd(Math.max(6, prefix?.length ?? 0), '0');

interface Described {
  readonly sensorId: string;
  readonly quantity: string;
  readonly period: number;
  readonly position?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly range?: SensorRegistration['range'];
}

const register = ({ quantity, tags, ...rest }: Described): SensorRegistration =>
  SensorRegistration.parse({
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    quantity,
    unit: quantityOf(quantity)?.unit ?? '1',
    sourceId,
    tags: tags ?? [],
  });

/** The sensor that is proved. */
function ownSensor({ select }: Rule, { sensor }: ProofFile, { readings }: Case): ProofSensor {
  const registration = register({
    sensorId: proofSensor,
    quantity: sensor.quantity ?? select.quantities[0] ?? 'methane',
    period: sensor.period,
    position: sensor.position ?? select.positions?.[0],
    tags: sensor.tag ?? select.tags?.slice(0, 1),
    range: sensor.range,
  });
  return { registration, steps: readings };
}

/** The roles of the rule; one without a series never says anything. */
function roleSensors(rule: Rule, proof: ProofFile, { others }: Case): ProofSensor[] {
  return Object.entries(rule.roles ?? {}).map(([name, role]) => {
    const given = proof.sensors?.[name];
    const registration = register({
      sensorId: `other-${name}`,
      quantity: role.quantity,
      period: given?.period ?? proof.sensor.period,
      position: given?.position ?? role.positions?.[0],
      tags: given?.tag ?? role.tags?.slice(0, 1),
    });
    return { registration, steps: others?.[name] ?? [] };
  });
}

function peerSensors(proof: ProofFile, { peers }: Case): ProofSensor[] {
  return Object.entries(peers ?? {}).flatMap(([quantity, all]) =>
    all.map((steps, i) => ({
      registration: register({
        sensorId: `peer-${quantity}-${i + 1}`,
        quantity,
        period: proof.sensor.period,
      }),
      steps,
    })),
  );
}

/** Every sensor of a case; the one that is proved comes first. */
export const proofSensors = (rule: Rule, proof: ProofFile, one: Case): readonly ProofSensor[] => [
  ownSensor(rule, proof, one),
  ...roleSensors(rule, proof, one),
  ...peerSensors(proof, one),
];

/** A registration of one device with these sensors, on a source that `rule` selects. */
export function proofDevice(
  { select, trade }: Rule,
  sensors: readonly ProofSensor[],
  set: Setting,
): DeviceRegistration {
  const grade = set.grade ?? select.grades?.[0];
  return DeviceRegistration.parse({
    deviceId: DeviceId.parse('device'),
    enterpriseId,
    siteId,
    status: 'active',
    sensors: sensors.map(({ registration }) => registration),
    sources: [
      {
        sourceId,
        kind: set.kind ?? select.sourceKinds?.[0] ?? 'any',
        trade: select.trades?.[0] ?? (trade === 'any' ? Trade.options[0] : trade),
        area: set.area ?? areaOf(select.areaPrefixes?.[0]),
        siteId,
        enterpriseId,
        ...(grade !== undefined && { grade }),
        tags: [],
      },
    ],
    registeredAt: proofStart,
    version: 1,
  });
}
