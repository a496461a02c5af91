import assert from 'node:assert/strict';
import { admitMessage } from '../../../functions/domain/telemetry/message.ts';
import { openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import { decodeSenml, readSenml } from '../../../functions/domain/telemetry/senml.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { deviceId, envelopeOf, registration, t0 } from '../../domain/telemetry/fixtures.ts';
import type { FuzzTarget } from '../target.ts';

/** What may stand in a log line. */
const loggable = /^[ -~…]*$/;

/** A payload: decoded by both ways alike, its records counted without loss, refusals fit for a log. */
export const target: FuzzTarget = {
  bytesMax: 4_096,
  shortInputs: 15_000,
  words: [
    '"n":"ch4-1"',
    '"v":',
    '"vb":true',
    '"vs":"open"',
    '"bn":"mine-07/"',
    '"bt":',
    '"bv":',
    '"q":"fault"',
    '},{',
  ],
  run: (data) => {
    const context = { deviceId, receivedAt: t0 };
    const decoded = decodeSenml(data, context);
    assert.deepEqual(decoded, readSenml(data, context));
    const opened = openMessage(envelopeOf(data), 'senml', registration);
    const { counts, refusals, readings } = admitMessage(opened, emptyTelemetryState);
    assert.equal(counts.records, counts.stored + counts.quarantined + counts.duplicate);
    assert.equal(readings.length, counts.stored);
    for (const { detail } of refusals) assert.match(detail, loggable);
    for (const { phenomenonAt } of readings) assert(Number.isSafeInteger(phenomenonAt) && phenomenonAt >= 0);
  },
};
