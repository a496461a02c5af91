import type { Accepted, City, CityDevice, History } from '../../history.ts';
import { type Decoded, decodePack, type Pack, type PackRecord } from './pack.ts';

/** A refusal that the oracle expects by itself. */
export interface Expected {
  readonly reason: string;
  readonly recordIndex?: number;
}

/** One accepted message, opened. */
export interface Message extends Accepted {
  readonly kind: 'canary' | 'pack' | 'refused' | 'odd';
  readonly device: CityDevice | undefined;
  readonly pack: Pack | undefined;
  /** Records that are as registered. */
  readonly records: readonly PackRecord[];
  /** Why it, or records of it, must be in quarantine; of what is `odd` nothing is expected. */
  readonly refusals: readonly Expected[];
  /** Nothing can have come of it before, and all has come of it by then. */
  readonly taken: number;
  readonly done: number;
}

const canaryTopic = 'tocsin/v1/-/canary';
/** Ids of devices: anything else in a topic is none. */
const deviceShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function messagesOf(history: History): readonly Message[] {
  const devices = new Map(history.city.devices.map((one) => [one.deviceId, one]));
  return history.accepted.map((accepted) => {
    const taken = accepted.takenAt ?? accepted.receivedAt;
    const done = accepted.doneAt ?? history.phases.end;
    return { ...accepted, ...opened(accepted, devices), taken, done };
  });
}

type Opened = Pick<Message, 'kind' | 'device' | 'pack' | 'records' | 'refusals'>;

function opened(message: Accepted, devices: ReadonlyMap<string, CityDevice>): Opened {
  const { topic, clientId } = message;
  if (topic === canaryTopic)
    return clientId === 'n/a' ? { ...nothing, kind: 'canary' } : refused('identity-mismatch');
  const [root, version, deviceId = '', format, ...more] = topic.split('/');
  const isOurs = root === 'tocsin' && version === 'v1' && format !== undefined && more.length === 0;
  if (!isOurs || Buffer.byteLength(topic) > 256 || !deviceShape.test(deviceId))
    return refused('topic-malformed');
  if (clientId !== deviceId) return refused('identity-mismatch');
  if (format !== 'senml') return refused('format-unknown');
  const device = devices.get(deviceId);
  if (device === undefined) return refused('device-unregistered');
  if (device.registeredAt > message.receivedAt) return { ...nothing, kind: 'odd', device };
  return { ...checked(decodePack(message.bytes, deviceId, message.receivedAt), device), device };
}

const nothing = { device: undefined, pack: undefined, records: [], refusals: [] } as const;
const refused = (reason: string): Opened => ({ ...nothing, kind: 'refused', refusals: [{ reason }] });

function checked(decoded: Decoded, device: CityDevice): Opened {
  if (decoded.kind === 'odd') return { ...nothing, kind: 'odd' };
  if (decoded.kind === 'refused') return refused(decoded.reason);
  const { pack } = decoded;
  const refusals: Expected[] = pack.faults.map(({ index, reason }) => ({ reason, recordIndex: index }));
  const records: PackRecord[] = [];
  for (const record of pack.records) {
    const reason = reasonAgainst(record, device.sensors);
    if (reason === undefined) records.push(record);
    else refusals.push({ reason, recordIndex: record.index });
  }
  return { kind: 'pack', device, pack, records, refusals };
}

function reasonAgainst(record: PackRecord, sensors: City['devices'][number]['sensors']): string | undefined {
  const sensor = sensors.find(({ sensorId }) => sensorId === record.sensorId);
  if (sensor === undefined) return 'sensor-unknown';
  if (sensor.unit !== undefined && record.unit !== undefined && record.unit !== sensor.unit)
    return 'unit-mismatch';
  if (typeof record.value === 'boolean') return 'kind-mismatch';
  if (typeof record.value === 'string' && !noValueTexts.has(record.value)) return 'kind-mismatch';
  return undefined;
}

/** Texts that loggers send for a number that they do not have; then the value is missing, and the record is none the worse. */
const noValueTexts: ReadonlySet<string> = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', '---']);
