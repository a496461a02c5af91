import assert from 'node:assert/strict';
import { canaryClientId, canaryTopic, identify } from '../../../functions/domain/telemetry/identity.ts';
import { remedies } from '../../../functions/domain/telemetry/refusal.ts';
import { envelopeOf } from '../../domain/telemetry/fixtures.ts';
import type { FuzzTarget } from '../target.ts';

/** A topic and a client id, parted by a line end: only who is named by both is let through. */
export const target: FuzzTarget = {
  bytesMax: 600,
  shortInputs: 60_000,
  words: ['tocsin/v1/', '/senml', 'mine-07', canaryTopic, canaryClientId, '\n', '$aws/rules/', '+', '#'],
  run: (input) => {
    const [topic = '', clientId = ''] = input.toString('utf8').split('\n', 2);
    const identity = identify(envelopeOf('', { topic, clientId }));
    if (identity.kind === 'device') {
      assert.equal(topic, `tocsin/v1/${clientId}/${identity.format}`);
      assert.equal(identity.deviceId, clientId);
      return;
    }
    if (identity.kind === 'canary') {
      assert.deepEqual([topic, clientId], [canaryTopic, canaryClientId]);
      return;
    }
    assert(identity.refusal.reason in remedies);
    assert.match(identity.refusal.detail, /^[ -~…]*$/);
    if (identity.deviceId !== undefined) assert.equal(identity.deviceId, clientId);
  },
};
