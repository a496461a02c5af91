import type { Delivery, Envelope } from '../../../functions/domain/telemetry/envelope.ts';
import { type Admitted, decodeMessage } from '../../../functions/domain/telemetry/message.ts';
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { emptyTelemetryState, type TelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { type Instant, instant } from '../../../functions/domain/time.ts';

/** 2026-03-01T00:00:00Z. */
export const t0: Instant = instant(1_772_323_200_000);
export const t0Seconds = t0 / 1000;

export const deviceId = 'mine-07';

const sourceId = 'mine-07-face-1';

const sensor = (sensorId: string, quantity: string, unit: string, more: object = {}): object => ({
  sensorId,
  quantity,
  unit,
  period: 5_000,
  sourceId,
  ...more,
});

/** A device with one sensor of every kind that the tests need. */
export const registration: DeviceRegistration = DeviceRegistration.parse({
  deviceId,
  enterpriseId: 'north-mine',
  siteId: 'north-mine-1',
  status: 'active',
  sensors: [
    sensor('ch4-1', 'methane', '%{vol}', { position: 'T1', range: { min: 0, max: 4 } }),
    sensor('ch4-2', 'methane', '%{vol}', { position: 'T0' }),
    sensor('o2-1', 'oxygen', '%{vol}', { range: { min: 5, max: 25 } }),
    sensor('temp-1', 'temperature', 'Cel', { range: { min: -40, max: 80 } }),
    sensor('shift-1', 'displacement', 'mm', { range: { min: -500, max: 500 } }),
    sensor('fan-1', 'fan-state', '1'),
    sensor('valve-1', 'valve-state', '1'),
    sensor('odd-1', 'phlogiston', '1'),
  ],
  sources: [
    {
      sourceId,
      kind: 'coal-face',
      trade: 'coal-mine',
      area: '220104',
      siteId: 'north-mine-1',
      enterpriseId: 'north-mine',
    },
  ],
  registeredAt: t0,
  version: 1,
});

export const delivery: Delivery = { messageId: 'queue-message-1', sentAt: t0 };

/** An envelope of the device around `payload`: bytes as they are, text as UTF-8, anything else as JSON. */
export function envelopeOf(payload: unknown, more: Partial<Envelope> = {}): Envelope {
  const data =
    payload instanceof Uint8Array
      ? payload
      : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return {
    id: 'broker-message-1',
    topic: `tocsin/v1/${deviceId}/senml`,
    clientId: deviceId,
    principal: 'certificate-1',
    receivedAt: t0,
    via: 'rule',
    data,
    ...more,
  };
}

export const decode = (
  payload: unknown,
  before: TelemetryState = emptyTelemetryState,
  more: Partial<Envelope> = {},
): Admitted => decodeMessage(envelopeOf(payload, more), 'senml', registration, before);

/** Reasons of all refusals, with the index of the record where one is meant. */
export const reasonsOf = ({ refusals }: Admitted): string[] =>
  refusals.map(({ reason, recordIndex }) =>
    recordIndex === undefined ? reason : `${reason}@${recordIndex}`,
  );

/** A pack of one methane value that left the device at `sentAt`, measured then. */
export const packAt = (seq: number, sentAt: number, v = 0.4, boot = 'b1'): readonly object[] => [
  { bn: `${deviceId}/`, boot, seq, sent: sentAt / 1000, n: 'ch4-1', v, t: 0 },
];
