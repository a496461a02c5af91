import type { Change } from '../../history.ts';
import { isTransitionItem } from '../facts/alerts.ts';
import { keyOf, numberOf, textOf } from '../facts/items.ts';
import type { Law } from '../law.ts';

/** Changes that readings and time bring to the alert of a sensor; its twin is the lock and the memory of them. */
const ofSensors = new Set([
  'raised',
  'occurrence',
  'severity-up',
  'severity-down',
  'stale',
  'firing-again',
  'recovered',
]);

/**
 * A transition is written with its alert in one transaction, and what a device's readings or deadlines brought about with
 * its twin too (design 2.3): else a crash between them loses it or brings it twice.
 */
export const oneTransaction: Law = {
  name: 'one-transaction',
  check: ({ history, byId, writes }) => {
    return history.changes.flatMap(({ at, table, before, after, write, by }) => {
      if (table !== 'records' || after === undefined || before !== undefined || by === 'world') return [];
      if (!isTransitionItem(after)) return [];
      const pk = textOf(after, 'pk') ?? '';
      const version = Number((textOf(after, 'sk') ?? '').slice('T#'.length));
      const others = writes.get(write) ?? [];
      const alert = others.find((one) => one.after && keyOf(one.after) === `${pk}/ALERT`);
      if ((numberOf(alert?.after, 'version') ?? 0) < version)
        return [{ what: `transition ${keyOf(after)} was written without its alert`, at }];
      const told = byId.get(`${pk.slice('ALERT#'.length)}/${version}`);
      if (told?.subject.kind !== 'sensor' || !ofSensors.has(told.change)) return [];
      const twin = `DEV#${told.subject.id.split('/')[0]}`;
      return others.some((one) => isWriteOf(one, twin))
        ? []
        : [{ what: `transition ${told.id} was written without the twin ${twin}`, at }];
    });
  },
};

const isWriteOf = ({ table, after }: Change, id: string): boolean =>
  table === 'twins' && textOf(after, 'id') === id;
