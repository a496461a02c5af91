import { deviceSubject, noScope, scopeOf } from '../../domain/alerts/belonging.ts';
import type { StandingRuleId } from '../../domain/alerts/standing.ts';
import type { Admitted } from '../../domain/telemetry/message.ts';
import { isSecurityMatter } from '../../domain/telemetry/refusal.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import type { BrokerMessage } from '../ports/archive.ts';
import { raiseMatter, type StandingDeps } from '../standing-matter.ts';
import type { IngestDeps } from './deps.ts';

/** A refusal as the quarantine keeps it; the use case adds reasons of its own to telemetry's. */
export interface KeptRefusal {
  readonly reason: string;
  readonly detail: string;
  readonly recordIndex?: number;
}

/** Keeps what was refused, byte for byte. @returns false when a copy could not be kept: the message must fail. */
export async function keepRefused(
  deps: Pick<IngestDeps, 'quarantine'>,
  broker: BrokerMessage,
  refusals: readonly KeptRefusal[],
): Promise<boolean> {
  if (refusals.length === 0) return true;
  const kept = await deps.quarantine.keep(
    refusals.map(({ reason, detail, recordIndex }) => ({
      reason,
      detail,
      ...(recordIndex === undefined ? {} : { recordIndex }),
      message: broker,
    })),
  );
  return kept.every(({ ok }) => ok);
}

/** The standing alerts that a message gives cause for. */
export function troubleOf(
  admitted: Pick<Admitted, 'admission' | 'clockSuspect' | 'refusals'>,
): StandingRuleId[] {
  const trouble: StandingRuleId[] = [];
  if (admitted.refusals.some(({ reason }) => isSecurityMatter(reason)))
    trouble.push('security.identity-mismatch');
  if (admitted.admission === 'conflict') trouble.push('data.conflict');
  if (admitted.admission === 'sequence-reset') trouble.push('data.sequence-reset');
  if (admitted.clockSuspect) trouble.push('data.clock-suspect');
  return trouble;
}

/** Raises them on the device, before the message is committed: raising twice is one alert. @throws AdapterError */
export async function reportTrouble(
  deps: StandingDeps,
  deviceId: string,
  registration: DeviceRegistration | undefined,
  broker: BrokerMessage,
  trouble: readonly StandingRuleId[],
): Promise<void> {
  for (const ruleId of trouble)
    await raiseMatter(deps, {
      ruleId,
      subject: deviceSubject(deviceId),
      scope: registration === undefined ? noScope(deviceId) : scopeOf(registration),
      at: broker.receivedAt,
      because: {
        topic: broker.topic,
        clientId: broker.clientId,
        principal: broker.principal,
        messageId: broker.id,
      },
    });
}
