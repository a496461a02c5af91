import { isTransitionItem } from '../facts/alerts.ts';
import { textOf } from '../facts/items.ts';
import { attribute, breakChange, breakRecord, docOf } from './broken.ts';
import type { Bug } from './bug.ts';

const decided = (outcome: string, reason: string) => attribute(JSON.stringify({ outcome, reason, at: 0 }));

export const bugsOfNotices: readonly Bug[] = [
  {
    law: 'one-decision',
    what: 'nobody decided on a transition',
    breakIt: (history) =>
      breakRecord(history, ({ decision, decidedAt, ...item }) => (decision === undefined ? undefined : item)),
  },
  {
    law: 'one-decision',
    what: 'a transition was put off for ever',
    breakIt: (history) =>
      breakRecord(history, (item) =>
        item['decision'] === undefined ? undefined : { ...item, decision: decided('deferred', 'group') },
      ),
  },
  {
    law: 'one-decision',
    what: 'a final decision was changed',
    breakIt: (history) =>
      breakChange(history, (change) => {
        const { after } = change;
        if (after?.['decidedAt'] === undefined) return undefined;
        return { ...change, before: { ...after, decision: decided('sent', 'first') } };
      }),
  },
  {
    law: 'decision-earned',
    what: 'red was inhibited',
    breakIt: (history) =>
      breakRecord(history, (item) => {
        if (!isTransitionItem(item) || docOf(item).severity !== 'red') return undefined;
        return { ...item, decision: decided('suppressed', 'inhibited') };
      }),
  },
  {
    law: 'decision-earned',
    what: 'a beginning was kept back as if people had done it',
    breakIt: (history) =>
      breakRecord(history, (item) => {
        if (!isTransitionItem(item) || docOf(item).change !== 'raised') return undefined;
        return { ...item, decision: decided('suppressed', 'handling-only') };
      }),
  },
  {
    law: 'decision-earned',
    what: 'an end was kept back under a root cause that there is not',
    breakIt: (history) =>
      breakRecord(history, (item) => {
        if (!isTransitionItem(item) || docOf(item).change !== 'recovered') return undefined;
        return { ...item, decision: decided('suppressed', 'root-cause') };
      }),
  },
  {
    law: 'told-after-commit',
    what: 'something was published before it was committed',
    breakIt: (history) => ({
      ...history,
      published: history.published.map((one) => ({ ...one, at: one.at - 3_600_000 })),
    }),
  },
  {
    law: 'told-after-commit',
    what: 'a transition was published that is not in the tables',
    breakIt: (history) => {
      const [first, ...rest] = history.published;
      if (first === undefined) return undefined;
      return { ...history, published: [{ ...first, body: first.body.replaceAll('al-', 'xx-') }, ...rest] };
    },
  },
  {
    law: 'told-after-commit',
    what: 'what was published says another severity',
    breakIt: (history) => {
      const [first, ...rest] = history.published;
      if (first === undefined) return undefined;
      const body = first.body.replace(/"severity":"\w+"/, '"severity":"blue"');
      return { ...history, published: [{ ...first, body }, ...rest] };
    },
  },
  {
    law: 'told-after-commit',
    what: 'a receiver has what nobody published',
    breakIt: (history) => ({
      ...history,
      received: history.received.map((one, at) => (at === 0 ? { ...one, messageId: 'other' } : one)),
    }),
  },
  {
    law: 'sent-is-published',
    what: 'the log says sent of what was never published',
    breakIt: (history) => ({ ...history, published: history.published.slice(1) }),
  },
  {
    law: 'sent-is-published',
    what: 'the log said sent before it was published',
    breakIt: (history) => ({
      ...history,
      published: history.published.map((one) => ({ ...one, at: one.at + 5_000 })),
    }),
  },
  {
    law: 'heard',
    what: 'a receiver never heard of a transition',
    breakIt: (history) => ({ ...history, received: history.received.slice(1) }),
  },
  {
    law: 'heard',
    what: 'a receiver with a filter never heard of what matches it',
    breakIt: (history) => ({
      ...history,
      received: history.received.filter(({ receiver }) => receiver !== 'city'),
    }),
  },
  {
    law: 'heard',
    what: 'a receiver heard minutes too late',
    breakIt: (history) => ({
      ...history,
      received: history.received.map((one, at) => (at === 0 ? { ...one, at: one.at + 200_000 } : one)),
    }),
  },
  {
    law: 'receivers-agree',
    what: 'a receiver missed the last that was said of an alert',
    breakIt: (history) => {
      const last = history.received.at(-1);
      return last && { ...history, received: history.received.filter(({ body }) => body !== last.body) };
    },
  },
  {
    law: 'acknowledgement-kept',
    what: 'a person was told that it is acknowledged, and it is not',
    breakIt: (history) => {
      const act = history.acts.find((one) => one.act.kind === 'acknowledge');
      return (
        act && { ...history, acts: [...history.acts, { ...act, act: { ...act.act, by: 'somebody-else' } }] }
      );
    },
  },
  {
    law: 'acknowledgement-kept',
    what: 'an acknowledgement came after the answer',
    breakIt: (history) => ({
      ...history,
      acts: history.acts.map(({ at, ...act }) => ({ ...act, at: at - 60_000, answeredAt: at - 50_000 })),
    }),
  },
  {
    law: 'acknowledgement-kept',
    what: 'somebody acknowledged who did not ask',
    breakIt: (history) => (history.acts.length === 0 ? undefined : { ...history, acts: [] }),
  },
  {
    law: 'limit-kept',
    what: 'a limit was set and is not there',
    breakIt: (history) => ({
      ...history,
      acts: [
        ...history.acts,
        {
          at: history.phases.warmUp,
          act: {
            kind: 'set-limit',
            ruleId: 'sim.gas.level',
            limit: 'warn',
            value: 22,
            sensor: 'dev-1/a',
            validFrom: history.phases.warmUp,
          },
          status: 201,
          answeredAt: history.phases.warmUp + 100,
        },
      ],
    }),
  },
  {
    law: 'limit-kept',
    what: 'a limit is there that nobody asked for',
    breakIt: (history) => {
      const scope = { kind: 'sensor', deviceId: 'dev-1', sensorId: 'a' };
      const limit = { ruleId: 'sim.gas.level', limit: 'warn', value: 90, validFrom: 0, scope };
      const item = { pk: attribute('LIM#x'), sk: attribute('LIM'), doc: attribute(JSON.stringify(limit)) };
      return { ...history, tables: { ...history.tables, records: [...history.tables.records, item] } };
    },
  },
  {
    law: 'limit-set-once',
    what: 'a request that came twice has set its limit twice',
    breakIt: (history) => {
      const { warmUp } = history.phases;
      const named = { ruleId: 'sim.gas.level', limit: 'warn', value: 22, validFrom: warmUp };
      const scope = { kind: 'sensor', deviceId: 'dev-1', sensorId: 'a' };
      const act = { kind: 'set-limit', ...named, sensor: 'dev-1/a' } as const;
      const items = ['LIM#x', 'LIM#y'].map((pk) => ({
        pk: attribute(pk),
        sk: attribute('LIM'),
        doc: attribute(JSON.stringify({ ...named, scope })),
      }));
      return {
        ...history,
        acts: [...history.acts, { at: warmUp, act, status: 201, answeredAt: warmUp + 100 }],
        tables: { ...history.tables, records: [...history.tables.records, ...items] },
      };
    },
  },
  {
    law: 'watermark-true',
    what: 'the watermark passed a canary that had not come',
    breakIt: (history) =>
      breakChange(history, (change) => {
        if (textOf(change.after, 'id') !== 'WATERMARK' || change.before === undefined) return undefined;
        const { firstDueAt, until } = docOf(change.after ?? {});
        const doc = attribute(JSON.stringify({ firstDueAt, until: Number(until) + 30_000, early: [] }));
        return { ...change, after: { ...change.after, doc } };
      }),
  },
  {
    law: 'watermark-true',
    what: 'the watermark went back',
    breakIt: (history) => {
      const steps = history.changes.filter(({ after }) => textOf(after, 'id') === 'WATERMARK');
      const old = steps[3];
      return old && { ...history, changes: [...history.changes, { ...old, at: history.phases.end }] };
    },
  },
];
