import type { SeededBug } from '../bug.ts';

/** Conditional writes, transactions, and what an error of theirs means. */
export const commitBugs: readonly SeededBug[] = [
  {
    name: 'twin-without-condition',
    story: 'a twin is written whatever its version',
    file: 'functions/adapters/dynamo/twin-items.ts',
    find: "'#version = :expected'",
    replace: "'#version = :expected OR attribute_exists(id)'",
  },
  {
    name: 'lost-race-is-a-repeat',
    story: 'every failed condition of a transaction is taken for a repeat of our own',
    file: 'functions/adapters/dynamo/transaction.ts',
    find: "return 'conflict';",
    replace: "return 'committed';",
  },
  {
    name: 'lost-twin-is-a-repeat',
    story: 'a twin that somebody else wrote meanwhile counts as written',
    file: 'functions/adapters/dynamo/twin-store.ts',
    find: "if (error instanceof ConditionalCheckFailedException) return 'conflict';",
    replace: "if (error instanceof ConditionalCheckFailedException) return 'committed';",
  },
  {
    name: 'timeout-is-success',
    story: 'a transaction that timed out is taken for applied',
    file: 'functions/adapters/dynamo/transaction.ts',
    find: '    throw toAdapterError(what, error);',
    replace:
      "    if (error instanceof Error && error.name === 'TimeoutError') return 'committed';\n    throw toAdapterError(what, error);",
  },
  {
    name: 'throttled-is-success',
    story: 'a throttled transaction is logged and forgotten',
    file: 'functions/adapters/dynamo/transaction.ts',
    find: '    throw toAdapterError(what, error);',
    replace:
      "    if (error instanceof Error && error.name === 'ThrottlingException') return 'committed';\n    throw toAdapterError(what, error);",
  },
  {
    name: 'twin-outside-transaction',
    story: 'the twin is written before its alerts and not with them',
    file: 'functions/adapters/dynamo/alert-store.ts',
    find: "commit: (commit) => transact(client, writesOf(tables, commit), 'commit alerts'),",
    replace: `commit: async ({ twin, ...rest }) => {
      const first = twin === undefined ? 'committed' : await transact(client, [twinWrite(tables.twins, twin)], 'write');
      return first === 'conflict' ? first : transact(client, writesOf(tables, rest), 'commit alerts');
    },`,
  },
  {
    name: 'memory-outside-transaction',
    story: 'which messages were had is not written with the alerts that they changed',
    file: 'functions/usecases/ingest/take-message.ts',
    find: 'telemetry: isLast ? next : session.twin.telemetry,',
    replace: 'telemetry: session.twin.telemetry,',
  },
  {
    name: 'hint-not-kept',
    story: 'the twin does not learn which alert it has opened',
    file: 'functions/usecases/device-session.ts',
    find: 'for (const hint of plan.hints) rules =',
    replace: 'for (const hint of plan.hints.slice(1)) rules =',
  },
  {
    name: 'rules-of-an-old-registration',
    story: 'compiled rules are kept by device alone, so limits that change do not arrive',
    file: 'functions/usecases/device-session.ts',
    find: '`${registration.deviceId}@${registration.version}`',
    replace: 'registration.deviceId as string',
  },
  {
    name: 'rules-of-another-device',
    story: 'compiled rules are kept by version alone, so devices share them',
    file: 'functions/usecases/device-session.ts',
    find: '`${registration.deviceId}@${registration.version}`',
    replace: 'String(registration.version)',
  },
  {
    name: 'registration-cached-for-ever',
    story: 'a registration is parsed once per process, whatever its version',
    file: 'functions/adapters/dynamo/twin-store.ts',
    find: "`${text(item, 'pk')}@${number(item, 'version')}`",
    replace: "text(item, 'pk')",
  },
  {
    name: 'unprocessed-keys-forgotten',
    story: 'keys that a batch read left unprocessed count as not there',
    file: 'functions/adapters/dynamo/twin-store.ts',
    find: 'pending = page.UnprocessedKeys ?? {};',
    replace: 'pending = {};',
  },
  {
    name: 'list-entry-left-behind',
    story: 'an alert that moves in a list is not taken from its old place',
    file: 'functions/adapters/dynamo/alert-items.ts',
    find: 'const gone = moved ? listsOf(before) : [];',
    replace: 'const gone = moved ? listsOf(before).slice(1) : [];',
  },
  {
    name: 'occurrence-opens-anew',
    story: 'a second episode opens an alert of its own while the first is not closed',
    file: 'functions/domain/alerts/from-rules.ts',
    find: '    current === undefined || current.closed ? opened(',
    replace: "    current === undefined || current.closed || current.condition === 'recovered' ? opened(",
  },
];
