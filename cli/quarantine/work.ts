/** Kept messages sent again or thrown away, one by one: each first told to the audit. */
import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoTwinStore } from '../../functions/adapters/dynamo/twin-store.ts';
import type { DeviceId } from '../../functions/domain/ids.ts';
import { telemetryIn } from '../../functions/domain/twin/twin.ts';
import type { AuditLog } from '../../functions/usecases/ports/audit.ts';
import type { Queue } from '../../functions/usecases/ports/messaging.ts';
import type { Clock } from '../../functions/usecases/ports/time.ts';
import type { Pace } from '../pace.ts';
import { dropKept, type KeptRefusal, type Place, putAside, readKept } from './kept.ts';
import { deviceOf, type Known, redriveVerdict, type Verdict } from './redrive-verdict.ts';

export interface QuarantineParts {
  readonly place: Place;
  readonly dynamo: DynamoDBClient;
  readonly tables: { readonly twins: string; readonly records: string };
  readonly telemetry: Queue;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly by: string;
  readonly reason: string;
  /** False: nothing is done. */
  readonly apply: boolean;
}

/** What became, or would become, of one object. */
export interface Outcome {
  readonly key: string;
  readonly outcome: 'sent' | 'dropped' | 'skipped' | 'failed' | 'gone';
  readonly detail: string;
}

/** What the tables know of the device that a kept message is from. @throws AdapterError */
export async function knownOf(
  kept: KeptRefusal,
  { dynamo, tables }: Pick<QuarantineParts, 'dynamo' | 'tables'>,
): Promise<Known> {
  const deviceId: DeviceId | undefined = deviceOf(kept)?.deviceId;
  if (deviceId === undefined) return { registration: undefined, telemetry: undefined };
  const { devices } = await dynamoTwinStore(dynamo, tables).read([deviceId]);
  const { twin, registration } = devices.get(deviceId) ?? {};
  return { registration, telemetry: twin && (telemetryIn(twin.bytes) ?? 'newer') };
}

const bytesHash = ({ data }: KeptRefusal): string =>
  createHash('sha256').update(Buffer.from(data, 'base64')).digest('hex');

async function audited(
  parts: QuarantineParts,
  action: string,
  key: string,
  kept: KeptRefusal | undefined,
): Promise<void> {
  const facts =
    kept === undefined
      ? { readable: false }
      : {
          refusedFor: kept.reason,
          topic: kept.topic,
          id: kept.id,
          receivedAt: kept.receivedAt,
          sha256: bytesHash(kept),
        };
  const { by, reason, clock, audit } = parts;
  await audit.append({ at: clock.now(), by, action, target: key, reason, detail: facts });
}

/**
 * Sends the message at `key` to the telemetry queue when `ingest` would take it now, and puts the object aside.
 *
 * Stopped in the middle it may be sent twice, which is one message to the twin. @throws AdapterError, Refused
 */
export async function redriveKept(key: string, parts: QuarantineParts): Promise<Outcome> {
  await parts.pace();
  const kept = await readKept(parts.place, key);
  if (kept === undefined)
    return { key, outcome: 'gone', detail: 'there is no such object of the quarantine' };
  const verdict: Verdict = redriveVerdict(kept, await knownOf(kept, parts), parts.clock.now());
  if (verdict.outcome === 'skip')
    return { key, outcome: 'skipped', detail: `${verdict.why}: ${verdict.detail}` };
  if (!parts.apply) return { key, outcome: 'sent', detail: verdict.detail };
  await audited(parts, 'quarantine redrive', key, kept);
  const [sent] = await parts.telemetry.send([{ body: verdict.body }]);
  if (sent?.ok !== true) return { key, outcome: 'failed', detail: sent?.problem ?? 'not-answered' };
  await putAside(parts.place, key);
  return { key, outcome: 'sent', detail: verdict.detail };
}

/** Throws the object at `key` away; the audit keeps what it was and the hash of its bytes. @throws AdapterError, Refused */
export async function dropOne(key: string, parts: QuarantineParts): Promise<Outcome> {
  await parts.pace();
  const kept = await readKept(parts.place, key);
  const detail = kept === undefined ? 'unreadable, or gone already' : `${kept.reason} of ${kept.topic}`;
  if (!parts.apply) return { key, outcome: 'dropped', detail };
  await audited(parts, 'quarantine drop', key, kept);
  await dropKept(parts.place, key);
  return { key, outcome: 'dropped', detail };
}
