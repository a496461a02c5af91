import type { KeptRefusal } from '../../../cli/quarantine/kept.ts';
import { type Known, redriveVerdict } from '../../../cli/quarantine/redrive-verdict.ts';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { admitMessage } from '../../../functions/domain/telemetry/message.ts';
import { openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { registrationOf } from '../../support/registration.ts';
import { pack, start } from '../../support/world.ts';

const registration = registrationOf({ deviceId: 'dev-1' });
const registered: Known = { registration, telemetry: undefined };
const at = instant(start + 60_000);

const kept = (given: Partial<KeptRefusal> = {}): KeptRefusal => ({
  reason: 'device-unregistered',
  detail: 'no such device is registered',
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: 'certificate',
  receivedAt: instant(start),
  id: 'broker-1',
  data: Buffer.from(JSON.stringify(pack('dev-1', 1, [[0, 1.2]]))).toString('base64'),
  ...given,
});

/** What a twin remembers that has had the message. */
function remembering(message: KeptRefusal) {
  const body = JSON.stringify(message);
  const read = parseEnvelope(body, { messageId: '-', sentAt: instant(0) });
  if (!read.ok) throw new Error(read.refusal.detail);
  return admitMessage(openMessage(read.envelope, 'senml', registration), emptyTelemetryState).next;
}

test('what would be taken now goes out as the topic rule writes it, with its own id and receive time', () => {
  const message = kept();
  const verdict = redriveVerdict(message, registered, at);
  if (verdict.outcome !== 'send') throw new Error(verdict.detail);
  const body: unknown = JSON.parse(verdict.body);
  const { data, topic, clientId, principal, receivedAt, id } = message;
  expect(body).toEqual({
    data,
    topic,
    clientId,
    principal,
    receivedAt,
    id,
    redrivenAt: new Date(at).toISOString(),
  });
  expect(parseEnvelope(verdict.body, { messageId: 'm', sentAt: at })).toMatchObject({
    ok: true,
    envelope: { id: 'broker-1', receivedAt: start },
  });
});

test.each([
  [
    'whose device still is not registered',
    kept(),
    { registration: undefined, telemetry: undefined },
    'still-refused',
  ],
  ['that still is no pack', kept({ data: Buffer.from('{').toString('base64') }), registered, 'still-refused'],
  ['in whose name another client spoke', kept({ clientId: 'dev-2' }), registered, 'still-refused'],
  ['that the twin has had', kept(), { registration, telemetry: remembering(kept()) }, 'evaluated'],
  [
    'of which only a record was refused',
    kept({ records: [{ recordIndex: 0, detail: 'x' }] }),
    registered,
    'evaluated',
  ],
  ['that was refused for its order', kept({ reason: 'conflict' }), registered, 'evaluated'],
  ['of which only the beginning was kept', kept({ dataCharsBeforeCut: 2_000_000 }), registered, 'cut'],
  ['that is an old canary', kept({ topic: 'tocsin/v1/-/canary', clientId: 'n/a' }), registered, 'canary'],
  ['whose twin newer code has written', kept(), { registration, telemetry: 'newer' }, 'newer-twin'],
] as const)('a message %s stays where it is', (_, message, known, why) => {
  expect(redriveVerdict(message, known, at)).toMatchObject({ outcome: 'skip', why });
});

test('a body that was no envelope is read again, with the time at which the queue had it', () => {
  const { topic, data } = kept();
  const document = { topic, clientId: 'dev-1', base64OriginalPayload: data };
  const body = kept({
    reason: 'envelope-unreadable',
    topic: '-',
    clientId: '-',
    data: Buffer.from(JSON.stringify(document)).toString('base64'),
  });
  const verdict = redriveVerdict(body, registered, at);
  expect(verdict.outcome === 'send' && JSON.parse(verdict.body)).toMatchObject({
    topic,
    data,
    receivedAt: start,
  });
  const noise = { ...body, data: Buffer.from('noise').toString('base64') };
  expect(redriveVerdict(noise, registered, at)).toMatchObject({ outcome: 'skip', why: 'still-refused' });
});
