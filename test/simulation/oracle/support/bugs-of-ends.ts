import { isTransitionItem } from '../facts/alerts.ts';
import { breakTransition, type Doc, docOf, transitionsOf, withOtherReadings } from './broken.ts';
import type { Bug } from './bug.ts';

export const bugsOfEnds: readonly Bug[] = [
  {
    law: 'down-earned',
    what: 'red became orange at an instant of which no reading had come',
    breakIt: (history) => {
      const isAfterRed = ({ alertId, version }: Doc): boolean =>
        transitionsOf(history).some(
          (one) => one.alertId === alertId && one.version === version - 1 && one.severity === 'red',
        );
      return breakTransition(history, (doc) =>
        doc.matter.ruleId === 'sim.gas.level' && isAfterRed(doc)
          ? {
              ...doc,
              change: 'severity-down',
              condition: 'firing',
              severity: 'orange',
              phenomenonAt: doc.phenomenonAt + 1,
            }
          : undefined,
      );
    },
  },
  {
    law: 'ends-when-over',
    what: 'an alert stands although its sensor has been calm for minutes',
    breakIt: (history) => {
      const over = transitionsOf(history).findLast(
        ({ matter, change, phenomenonAt }) =>
          matter.ruleId === 'sim.gas.level' &&
          change === 'recovered' &&
          phenomenonAt < history.phases.end - 300_000,
      );
      if (over === undefined) return undefined;
      const calm = withOtherReadings(history, ({ sensor, at }) =>
        sensor === over.subject.id && at > over.phenomenonAt ? { v: 5, q: 'good' } : undefined,
      );
      const isIt = ({ alertId, version }: Doc): boolean =>
        alertId === over.alertId && version >= over.version;
      const { records } = calm.tables;
      const kept = records.filter((item) => !isTransitionItem(item) || !isIt(docOf(item)));
      return { ...calm, tables: { ...calm.tables, records: kept } };
    },
  },
  {
    law: 'release-earned',
    what: 'a correlation that mutes nobody has released an alert',
    breakIt: (history) => {
      const parent = transitionsOf(history).find(({ matter }) => matter.ruleId === 'sim.site.many')?.alertId;
      const because = JSON.stringify({ kind: 'correlation', parent });
      return breakTransition(history, (doc) =>
        parent !== undefined && doc.change === 'acknowledged' && doc.condition === 'firing'
          ? { ...doc, change: 'inhibition-ended', because }
          : undefined,
      );
    },
  },
];
