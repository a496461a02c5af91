import type { SeededBug } from '../bug.ts';

/** The archive, the quarantine, and the queues that they fall back on. */
export const keepingBugs: readonly SeededBug[] = [
  {
    name: 'quarantine-failure-swallowed',
    story: 'a message goes on although its copy could not be kept',
    file: 'functions/usecases/ingest/report.ts',
    find: 'return kept.every(({ ok }) => ok);',
    replace: 'return kept.length > 0;',
  },
  {
    name: 'quarantine-not-awaited',
    story: 'nobody waits for the writes of the quarantine',
    file: 'functions/adapters/s3/quarantine.ts',
    find: 'await Promise.all(writes);',
    replace: 'void Promise.all(writes);',
  },
  {
    name: 'quarantine-keys-collide',
    story: 'the key of a copy leaves out the message, so that the next one writes over it',
    file: 'functions/adapters/quarantine-copies.ts',
    find: "sha256(principal, topic, Buffer.from(data, 'base64'), id)",
    replace: 'sha256(principal, topic, data.slice(0, 0), id.slice(0, 0))',
  },
  {
    name: 'quarantine-keeps-text',
    story: 'the quarantine keeps the text of a message and not its bytes',
    file: 'functions/adapters/quarantine-copies.ts',
    find: '...cutData(message.data),',
    replace:
      "...cutData(Buffer.from(Buffer.from(message.data, 'base64').toString('utf8')).toString('base64')),",
  },
  {
    name: 'first-bad-record-only',
    story: 'of the bad records of a message only the first is kept',
    file: 'functions/usecases/ingest/report.ts',
    find: '    refusals.map(({ reason, detail, recordIndex }) => ({',
    replace: '    refusals.slice(0, 1).map(({ reason, detail, recordIndex }) => ({',
  },
  {
    name: 'bad-record-refuses-message',
    story: 'one bad record takes the good ones of its message with it',
    file: 'functions/domain/telemetry/message.ts',
    find: 'const { readings, tooOld } = timed(message, timing, isInOrder);',
    replace:
      'const { readings, tooOld } = timed(message.refusals.length > 0 ? { ...message, records: [] } : message, timing, isInOrder);',
  },
  {
    name: 'archive-refusal-ignored',
    story: 'a message goes on although neither stream nor queue has taken it for the archive',
    file: 'functions/usecases/ingest/batch.ts',
    find: 'const safe = arrivals.filter((_, position) => kept[position]?.ok === true);',
    replace: 'const safe = arrivals.slice(0, kept.length);',
  },
  {
    name: 'archive-queue-forgotten',
    story: 'what the stream refuses is logged, and no queue has it',
    file: 'functions/usecases/archive-messages.ts',
    find: "outcomes[position] = queued[sent] ?? { ok: false, problem: 'not-answered' };",
    replace: 'outcomes[position] = { ok: true };',
  },
  {
    name: 'archive-partial-not-looked-at',
    story: 'a batch of which the stream took a part counts as taken',
    file: 'functions/adapters/firehose/archive-stream.ts',
    find: 'if (outcome?.RecordId !== undefined) return { ok: true };',
    replace: 'if (outcome !== undefined) return { ok: true };',
  },
  {
    name: 'archive-wrong-places',
    story: 'which lines the stream refused is told by their place among the refused',
    file: 'functions/usecases/archive-messages.ts',
    find: 'refused.map((position) => ({ body: lines[position] ??',
    replace: 'refused.map((_, position) => ({ body: lines[position] ??',
  },
  {
    name: 'archive-drained-blindly',
    story: 'lines leave the archive queue whether or not the stream took them',
    file: 'functions/usecases/sweep/drain-archive.ts',
    find: 'accepted.map(({ receipt }) => receipt)',
    replace: 'messages.map(({ receipt }) => receipt)',
  },
  {
    name: 'archive-never-drained',
    story: 'nobody empties the archive queue',
    file: 'functions/usecases/sweep/run-ticks.ts',
    find: "      run('archive', () => parts.archive()),\n",
    replace: '',
  },
  {
    name: 'queue-partial-not-looked-at',
    story: 'a batch of which the queue took a part counts as taken',
    file: 'functions/adapters/sqs/queue.ts',
    find: 'sent.has(Id) ? { ok: true }',
    replace: "Id !== '' ? { ok: true }",
  },
  {
    name: 'queue-batch-too-long',
    story: 'a batch is closed one entry too late, and the service refuses it',
    file: 'functions/adapters/batches.ts',
    find: 'open.length >= countMax',
    replace: 'open.length > countMax',
  },
];
