import { isAlertItem, isTransitionItem } from '../facts/alerts.ts';
import { numberOf, textOf } from '../facts/items.ts';
import {
  attribute,
  breakAlert,
  breakChange,
  breakRecord,
  breakTransition,
  docOf,
  transitionsOf,
} from './broken.ts';
import type { Bug } from './bug.ts';

const isOfSensor = (id: string): boolean => id.includes('/');

export const bugsOfTables: readonly Bug[] = [
  {
    law: 'numbering',
    what: 'a transition is missing between two others',
    breakIt: (history) => {
      const later = transitionsOf(history).find(({ version }) => version === 3);
      return (
        later &&
        breakTransition(history, ({ alertId, version }) =>
          alertId === later.alertId && version === 2 ? null : undefined,
        )
      );
    },
  },
  {
    law: 'numbering',
    what: 'a transition was written over',
    breakIt: (history) =>
      breakChange(history, (change) => {
        const { after } = change;
        if (after === undefined || !isTransitionItem(after) || change.before !== undefined) return undefined;
        return { ...change, before: { ...after, doc: attribute('{}') } };
      }),
  },
  {
    law: 'numbering',
    what: 'an alert is behind its transitions',
    breakIt: (history) =>
      breakAlert(history, (doc) => (doc.version > 1 ? { ...doc, version: doc.version - 1 } : undefined)),
  },
  {
    law: 'versions-advance',
    what: 'a twin was written over by somebody who had not seen the last write',
    breakIt: (history) =>
      breakChange(history, (change) => {
        const { after, before } = change;
        const version = numberOf(before, 'version') ?? 0;
        if (after === undefined || version < 3 || !(textOf(after, 'id') ?? '').startsWith('DEV#'))
          return undefined;
        return { ...change, after: { ...after, version: attribute(version) } };
      }),
  },
  {
    law: 'versions-advance',
    what: 'an alert was taken away',
    breakIt: (history) =>
      breakChange(history, ({ after, ...change }) =>
        after !== undefined && isAlertItem(after) && change.before !== undefined
          ? { ...change, after: undefined }
          : undefined,
      ),
  },
  {
    law: 'one-transaction',
    what: 'a transition was written apart from its alert',
    breakIt: (history) =>
      breakChange(history, (change) => {
        const isIt =
          change.after !== undefined && isTransitionItem(change.after) && change.before === undefined;
        return isIt ? { ...change, write: change.write + 0.5 } : undefined;
      }),
  },
  {
    law: 'one-transaction',
    what: 'a transition was written apart from the twin of its device',
    breakIt: (history) => {
      const raised = history.changes.find(
        ({ after, before }) =>
          after !== undefined &&
          before === undefined &&
          isTransitionItem(after) &&
          isOfSensor(docOf(after).subject.id) &&
          docOf(after).change === 'raised',
      );
      return (
        raised &&
        breakChange(history, (change) =>
          change.write === raised.write && change.table === 'twins'
            ? { ...change, write: change.write + 0.5 }
            : undefined,
        )
      );
    },
  },
  {
    law: 'legal-steps',
    what: 'an alert was raised twice',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.version > 1 && doc.change !== 'raised' ? { ...doc, change: 'raised' } : undefined,
      ),
  },
  {
    law: 'legal-steps',
    what: 'a recovery changed the severity',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.change === 'recovered' ? { ...doc, severity: 'blue' } : undefined,
      ),
  },
  {
    law: 'legal-steps',
    what: 'an occurrence left the handling as it was',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.change === 'occurrence' ? { ...doc, handling: 'acknowledged' } : undefined,
      ),
  },
  {
    law: 'legal-steps',
    what: 'a transition fires while it says that it has recovered',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.change === 'recovered' ? { ...doc, condition: 'firing' } : undefined,
      ),
  },
  {
    law: 'alert-is-fold',
    what: 'an alert shows another severity than its last transition',
    breakIt: (history) =>
      breakAlert(history, (doc) => (doc.severity === 'orange' ? { ...doc, severity: 'yellow' } : undefined)),
  },
  {
    law: 'alert-is-fold',
    what: 'an alert that is stale shows as recovered',
    breakIt: (history) =>
      breakAlert(history, (doc) =>
        doc.condition === 'stale' ? { ...doc, condition: 'recovered' } : undefined,
      ),
  },
  {
    law: 'alert-is-fold',
    what: 'a later write took an acknowledgement away',
    breakIt: (history) =>
      breakAlert(history, (doc) =>
        doc['acknowledgedBy'] === undefined ? undefined : { ...doc, acknowledgedBy: undefined },
      ),
  },
  {
    law: 'alert-is-fold',
    what: 'an alert shows a peak that it never had',
    breakIt: (history) =>
      breakAlert(history, (doc) =>
        doc['peak'] === undefined || !doc.matter.ruleId.startsWith('sim.gas')
          ? undefined
          : { ...doc, peak: { value: 99, at: 0 } },
      ),
  },
  {
    law: 'linked-to-last',
    what: 'an alert names one before it that was none of its kind',
    breakIt: (history) => breakAlert(history, (doc) => ({ ...doc, previous: 'al-other' })),
  },
  {
    law: 'lists-agree',
    what: 'an alert is missing from a list',
    breakIt: (history) =>
      breakRecord(history, (item) => ((textOf(item, 'pk') ?? '').startsWith('LIST#A#22') ? null : undefined)),
  },
  {
    law: 'lists-agree',
    what: 'a list shows how an alert was before',
    breakIt: (history) =>
      breakRecord(history, (item) =>
        (textOf(item, 'pk') ?? '').startsWith('LIST#')
          ? { ...item, condition: attribute('verified') }
          : undefined,
      ),
  },
  {
    law: 'lists-agree',
    what: 'an alert stands in a list twice',
    breakIt: (history) => {
      const entry = history.tables.records.find((item) => (textOf(item, 'pk') ?? '').startsWith('LIST#'));
      const other = entry && { ...entry, sk: attribute('0open#9#0000000000000000#al-x') };
      return (
        other && { ...history, tables: { ...history.tables, records: [...history.tables.records, other] } }
      );
    },
  },
  {
    law: 'one-open-alert',
    what: 'two alerts of a rule on a sensor are open',
    breakIt: (history) => {
      const change = history.changes.find(({ after }) => after !== undefined && isAlertItem(after));
      if (change?.after === undefined) return undefined;
      const doc = attribute(JSON.stringify({ ...docOf(change.after), alertId: 'al-second' }));
      const after = { ...change.after, pk: attribute('ALERT#al-second'), doc };
      return {
        ...history,
        changes: [...history.changes, { ...change, before: undefined, after, write: 1e9 }],
      };
    },
  },
  {
    law: 'nothing-overdue',
    what: 'a device has been due for long and nobody has looked',
    breakIt: (history) => {
      const [first, ...twins] = history.tables.twins;
      const dueAt = attribute(history.phases.end - 300_000);
      return { ...history, tables: { ...history.tables, twins: [{ ...first, dueAt }, ...twins] } };
    },
  },
  {
    law: 'canary-sent',
    what: 'a tick is done and nobody has sent its canary',
    breakIt: (history) => ({
      ...history,
      ticks: { planned: new Set([history.phases.warmUp + 61_234]), left: new Set() },
    }),
  },
  {
    law: 'ticks-planned',
    what: 'a plan reaches one minute ahead',
    breakIt: (history) => ({ ...history, ticks: { ...history.ticks, aheadMs: 60_000 } }),
  },
  {
    law: 'logs-clean',
    what: 'a log line shows personal data',
    breakIt: (history) => ({ ...history, logs: [...history.logs, `{"by":"${history.personal?.[0]}"}`] }),
  },
  {
    law: 'logs-clean',
    what: 'a log line shows a payload, and in it personal data',
    breakIt: (history) => {
      const payload = Buffer.from(`[{"n":"${history.personal?.[0]}"}]`).toString('base64');
      return { ...history, logs: [...history.logs, `{"data":"${payload}"}`] };
    },
  },
  {
    law: 'logs-clean',
    what: 'a log line shows a path, and in it personal data',
    breakIt: (history) => {
      const path = `/v1/alerts?of=${encodeURIComponent(history.personal?.[0] ?? '')}`;
      return { ...history, logs: [...history.logs, `{"path":"${path}"}`] };
    },
  },
];
