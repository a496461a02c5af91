import type { SeededBug } from '../bug.ts';

/** What a function answers to its queue: a forgotten id is a lost message. */
export const answerBugs: readonly SeededBug[] = [
  {
    name: 'answer-says-all-done',
    story: 'ingest answers its queue that everything is done, whatever failed',
    file: 'functions/handlers/ingest.ts',
    find: '[...unproven].map((itemIdentifier) => ({ itemIdentifier }))',
    replace: '[]',
  },
  {
    name: 'answer-off-by-one',
    story: 'the list of failed messages is cut one too short',
    file: 'functions/handlers/ingest.ts',
    find: '[...unproven].map(',
    replace: '[...unproven].slice(1).map(',
  },
  {
    name: 'answer-names-what-is-done',
    story: 'the answer names the messages that are done instead of those that failed',
    file: 'functions/handlers/ingest.ts',
    find: '      unproven.delete(id);\n    return { batchItemFailures: [...unproven].map(',
    replace:
      '      unproven.delete(id);\n    return { batchItemFailures: event.Records.map(({ messageId }) => messageId).filter((id) => !unproven.has(id)).map(',
  },
  {
    name: 'failed-tick-is-done',
    story: 'a tick whose work failed is answered as done, and marked',
    file: 'functions/usecases/sweep/run-ticks.ts',
    find: 'if (errors.length > 0) throw new AggregateError(',
    replace: 'if (errors.length > due.length + 4) throw new AggregateError(',
  },
  {
    name: 'aside-without-receipt',
    story: 'an old message is done although the backlog queue refused it',
    file: 'functions/usecases/ingest/batch.ts',
    find: 'if (handed[position]?.ok === true) done.add(messageId);',
    replace: 'if (position >= 0) done.add(messageId);',
  },
  {
    name: 'aside-for-ever',
    story: 'an old message is put aside again when it comes out of the backlog queue',
    file: 'functions/usecases/ingest/receive.ts',
    find: "message.queue !== 'backlog' && now",
    replace: 'now',
  },
  {
    name: 'error-means-done',
    story: 'a message whose work failed is logged and let go',
    file: 'functions/usecases/ingest/batch.ts',
    find: 'alone(deps, deviceId, () => takeDevice(deps, known, deviceId, safe, done)),',
    replace:
      'alone(deps, deviceId, () => takeDevice(deps, known, deviceId, safe, done)).then(() => safe.forEach((one) => { if (one.identity.kind === "device" && one.identity.deviceId === deviceId) done.add(one.messageId); })),',
  },
  {
    name: 'error-document-not-understood',
    story: 'what comes by the error action of the topic rule is taken for no envelope of ours',
    file: 'functions/domain/telemetry/envelope.ts',
    find: 'base64OriginalPayload: z.string(),',
    replace: 'base64OriginalPayload: z.string().max(0),',
  },
  {
    name: 'time-of-ours-for-receive-time',
    story: 'a message counts as received when ingest reads it',
    file: 'functions/usecases/ingest/receive.ts',
    find: 'const { envelope } = parsed;',
    replace: 'const envelope = { ...parsed.envelope, receivedAt: now };',
  },
];
