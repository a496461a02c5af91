import type { Bug } from './bug.ts';

export const bugsOfAccounts: readonly Bug[] = [
  {
    law: 'archive-complete',
    what: 'a message is missing from the archive',
    breakIt: (history) => ({ ...history, archive: history.archive.toSpliced(7, 1) }),
  },
  {
    law: 'archive-complete',
    what: 'the archive has another receive time',
    breakIt: (history) => ({
      ...history,
      archive: history.archive.map((line, at) =>
        at === 3 ? line.replace(/"receivedAt":\d/, '"receivedAt":2') : line,
      ),
    }),
  },
  {
    law: 'archive-complete',
    what: 'the archive has a message that nobody sent',
    breakIt: (history) => ({
      ...history,
      archive: [
        ...history.archive,
        JSON.stringify({ id: 'x', topic: 't', clientId: 'c', principal: '-', receivedAt: 1, data: '' }),
      ],
    }),
  },
  {
    law: 'queues-empty',
    what: 'a message is left in the telemetry queue',
    breakIt: (history) => ({ ...history, left: new Map([['telemetry', ['{}']]]) }),
  },
  {
    law: 'queues-empty',
    what: 'a dead letter is left',
    breakIt: (history) => ({ ...history, left: new Map([['telemetry-dead', ['{}']]]) }),
  },
  {
    law: 'records-add-up',
    what: 'a record was accepted and not stored',
    breakIt: (history) => ({
      ...history,
      metrics: { ...history.metrics, RecordsStored: (history.metrics['RecordsStored'] ?? 0) - 1 },
    }),
  },
  {
    law: 'records-add-up',
    what: 'a message was never counted',
    breakIt: (history) => ({
      ...history,
      metrics: {
        ...history.metrics,
        MessagesCompleted: 10,
        RecordsAccepted: 20,
        RecordsStored: 20,
        RecordsDuplicate: 0,
        RecordsQuarantined: 0,
      },
    }),
  },
  {
    law: 'quarantine-complete',
    what: 'what was refused was not kept',
    breakIt: (history) => {
      const [key] = history.quarantine.keys();
      if (key === undefined) return undefined;
      return { ...history, quarantine: new Map([...history.quarantine].filter(([other]) => other !== key)) };
    },
  },
  {
    law: 'quarantine-complete',
    what: 'not all bytes of what was refused were kept',
    breakIt: (history) => {
      const [[key, body] = ['', '']] = history.quarantine;
      const quarantine = new Map(history.quarantine);
      return key === ''
        ? undefined
        : { ...history, quarantine: quarantine.set(key, body.replace(/"data":"..../, '"data":"')) };
    },
  },
  {
    law: 'quarantine-complete',
    what: 'it was kept under another reason',
    breakIt: (history) => {
      const [[key, body] = ['', '']] = history.quarantine;
      const quarantine = new Map(history.quarantine);
      return key === ''
        ? undefined
        : {
            ...history,
            quarantine: quarantine.set(key, body.replace(/"reason":"[^"]+"/, '"reason":"too-deep"')),
          };
    },
  },
  {
    law: 'quarantine-complete',
    what: 'a sound message is in quarantine as a conflict',
    breakIt: (history) => {
      const sound = history.accepted.find(({ sender }) => sender === 'device');
      if (sound === undefined) return undefined;
      const { topic, clientId, bytes } = sound;
      const body = JSON.stringify({
        reason: 'conflict',
        topic,
        clientId,
        data: Buffer.from(bytes).toString('base64'),
      });
      return { ...history, quarantine: new Map([...history.quarantine, ['conflict/x.json', body]]) };
    },
  },
];
