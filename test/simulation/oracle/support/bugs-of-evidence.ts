import type { History } from '../../history.ts';
import { textOf } from '../facts/items.ts';
import {
  breakTransition,
  type Doc,
  transitionsOf,
  withOtherReadings,
  withoutAlert,
  withoutRaised,
} from './broken.ts';
import type { Bug } from './bug.ts';

const isOf =
  (ruleId: string) =>
  (doc: Doc): boolean =>
    doc.matter.ruleId === ruleId;

const find = (history: History, ruleId: string, change: string): Doc | undefined =>
  transitionsOf(history).find((doc) => doc.matter.ruleId === ruleId && doc.change === change);

/** The readings of a sensor shortly before an instant, and at it, are something else. */
const otherwise = (
  history: History,
  { subject, phenomenonAt }: Doc,
  backMs: number,
  other: object,
): History =>
  withOtherReadings(history, ({ sensor, at }) =>
    sensor === subject.id && at <= phenomenonAt && at > phenomenonAt - backMs ? other : undefined,
  );

export const bugsOfEvidence: readonly Bug[] = [
  {
    law: 'alarm-covered',
    what: 'a breach raised nothing',
    breakIt: (history) => withoutRaised(history, 'sim.gas.level', 'firing'),
  },
  {
    law: 'alarm-covered',
    what: 'a breach that had to be held raised nothing',
    breakIt: (history) => withoutRaised(history, 'sim.gas.held', 'firing'),
  },
  {
    law: 'alarm-covered',
    what: 'one accepted reading over the limit was lost',
    breakIt: (history) => {
      const told = transitionsOf(history).filter((doc) => doc.matter.ruleId === 'sim.gas.level');
      const quiet = { from: history.phases.warmUp + 60_000, to: history.phases.end - 180_000 };
      const isNear = (sensor: string, at: number): boolean =>
        told.some(({ subject, phenomenonAt }) => subject.id === sensor && phenomenonAt < at + 60_000);
      let isDone = false;
      const broken = withOtherReadings(history, ({ sensor, at, v }) => {
        if (isDone || v >= 20 || at < quiet.from || at > quiet.to || isNear(sensor, at)) return undefined;
        isDone = true;
        return { v: 27 };
      });
      return isDone ? broken : undefined;
    },
  },
  {
    law: 'alarm-covered',
    what: 'red was told as orange',
    breakIt: (history) => {
      const red = find(history, 'sim.gas.level', 'severity-up');
      return (
        red &&
        breakTransition(history, (doc) =>
          doc.alertId === red.alertId && doc.version === red.version
            ? { ...doc, severity: 'orange' }
            : undefined,
        )
      );
    },
  },
  {
    law: 'count-covered',
    what: 'the third breach within a minute raised nothing',
    breakIt: (history) => withoutRaised(history, 'sim.gas.times', 'firing'),
  },
  {
    law: 'mean-covered',
    what: 'a mean over the limit raised nothing',
    breakIt: (history) => withoutRaised(history, 'sim.gas.mean', 'firing'),
  },
  {
    law: 'clear-earned',
    what: 'an alert recovered between its limits',
    breakIt: (history) => {
      const end = find(history, 'sim.gas.level', 'recovered');
      return end && otherwise(history, end, 8_000, { v: 22 });
    },
  },
  {
    law: 'clear-earned',
    what: 'an alert recovered on one good reading',
    breakIt: (history) => {
      const end = find(history, 'sim.gas.held', 'recovered');
      return (
        end &&
        withOtherReadings(history, ({ sensor, at }) =>
          sensor === end.subject.id && at < end.phenomenonAt && at > end.phenomenonAt - 60_000
            ? { v: 40 }
            : undefined,
        )
      );
    },
  },
  {
    law: 'clear-earned',
    what: 'an alert recovered on readings of a sensor that was calibrated',
    breakIt: (history) => {
      const end = find(history, 'sim.gas.level', 'recovered');
      return end && otherwise(history, end, 60_000, { q: 'calibrating' });
    },
  },
  {
    law: 'clear-earned',
    what: 'an alert recovered at an instant of which no reading came',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.change === 'recovered' && doc.subject.kind === 'sensor' && doc.matter.ruleId.startsWith('sim.')
          ? { ...doc, phenomenonAt: doc.phenomenonAt + 1 }
          : undefined,
      ),
  },
  {
    law: 'clear-earned',
    what: 'an alert recovered on readings that came late',
    breakIt: (history) => {
      const end = find(history, 'sim.gas.level', 'recovered');
      if (end === undefined) return undefined;
      const isIn = ({ bytes }: History['accepted'][number]): boolean =>
        Buffer.from(bytes).includes(`"t":${end.phenomenonAt / 1000}`);
      const own = history.accepted.find(
        (one) => one.topic.includes(end.subject.id.split('/')[0] ?? '') && isIn(one),
      );
      const newer = history.accepted.find(
        (one) =>
          own !== undefined &&
          one.topic === own.topic &&
          one.receivedAt > own.receivedAt &&
          one.sender === 'device',
      );
      if (own === undefined || newer === undefined) return undefined;
      const early = { takenAt: own.receivedAt - 2, doneAt: own.receivedAt - 1 };
      return {
        ...history,
        accepted: history.accepted.map((one) => (one === newer ? { ...one, ...early } : one)),
      };
    },
  },
  {
    law: 'raise-earned',
    what: 'an alert was raised below its limit',
    breakIt: (history) => {
      const raised = find(history, 'sim.gas.level', 'raised');
      return raised && otherwise(history, raised, 1, { v: 24.9 });
    },
  },
  {
    law: 'raise-earned',
    what: 'an alert was raised before its time was over',
    breakIt: (history) => {
      const raised = transitionsOf(history).find(
        (doc) =>
          doc.matter.ruleId === 'sim.gas.held' && doc.change === 'raised' && doc.condition === 'firing',
      );
      return (
        raised &&
        withOtherReadings(history, ({ sensor, at }) =>
          sensor === raised.subject.id && at < raised.phenomenonAt - 5_000 ? { v: 12 } : undefined,
        )
      );
    },
  },
  {
    law: 'raise-earned',
    what: 'an alert was raised at the second breach of three',
    breakIt: (history) => {
      const raised = transitionsOf(history).find(
        (doc) =>
          doc.matter.ruleId === 'sim.gas.times' && doc.change === 'raised' && doc.condition === 'firing',
      );
      return (
        raised &&
        withOtherReadings(history, ({ sensor, at }) =>
          sensor === raised.subject.id && (at < raised.phenomenonAt - 6_000 || at > raised.phenomenonAt)
            ? { v: 12 }
            : undefined,
        )
      );
    },
  },
  {
    law: 'raise-earned',
    what: 'a mean was raised over readings of which none was high',
    breakIt: (history) => {
      const raised = transitionsOf(history).find(
        (doc) =>
          doc.matter.ruleId === 'sim.gas.mean' && doc.change === 'raised' && doc.condition === 'firing',
      );
      return raised && otherwise(history, raised, 120_000, { v: 12 });
    },
  },
  {
    law: 'value-origin',
    what: 'a transition tells a value that was never sent',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        typeof doc['value'] === 'number' && doc.matter.ruleId.startsWith('sim.gas')
          ? { ...doc, value: 77.77 }
          : undefined,
      ),
  },
  {
    law: 'silence-earned',
    what: 'a sensor was called silent while it spoke',
    breakIt: (history) =>
      breakTransition(history, (doc) =>
        doc.condition === 'stale' && doc.matter.ruleId === 'sim.gas.level' && doc.change !== 'acknowledged'
          ? { ...doc, phenomenonAt: doc.phenomenonAt - 6_000 }
          : undefined,
      ),
  },
  {
    law: 'silence-earned',
    what: 'a sensor was called silent while our own telemetry stood still',
    breakIt: (history) => {
      const silent = transitionsOf(history).find(
        (doc) => doc.condition === 'stale' && doc.matter.ruleId === 'sim.gas.level',
      );
      if (silent === undefined) return undefined;
      const isBefore = (at: number): boolean => at < silent.phenomenonAt - 20_000;
      return {
        ...history,
        changes: history.changes.filter(
          ({ at, after }) => textOf(after, 'id') !== 'WATERMARK' || isBefore(at),
        ),
      };
    },
  },
  {
    law: 'silence-found',
    what: 'nobody noticed a silent sensor',
    breakIt: (history) => withoutRaised(history, 'sim.gas.level', 'stale'),
  },
  {
    law: 'silence-found',
    what: 'a silent sensor shows as firing',
    breakIt: (history) => {
      let broken: History | undefined;
      for (let next: History | undefined = history; next !== undefined; ) {
        next = breakTransition(next, (doc) =>
          doc.condition === 'stale' && doc.matter.ruleId === 'sim.gas.times'
            ? { ...doc, condition: 'firing' }
            : undefined,
        );
        broken = next ?? broken;
      }
      return broken;
    },
  },
  {
    law: 'correlation-raised',
    what: 'two alerts of a site were not put together',
    breakIt: (history) => withoutAlert(history, isOf('sim.site.many')),
  },
  {
    law: 'correlation-earned',
    what: 'a correlation was raised over one member',
    breakIt: (history) => {
      const raised = find(history, 'sim.site.many', 'raised');
      let broken: History | undefined = raised && history;
      for (let left = 20; raised !== undefined && broken !== undefined && left > 0; left--) {
        const next = withoutAlert(broken, isOf('sim.gas.level'));
        if (next === undefined) return broken;
        broken = next;
      }
      return broken;
    },
  },
];
