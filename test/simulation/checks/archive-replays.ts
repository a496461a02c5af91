import { type StoredEpisodes, storedEpisodes, uncovered } from '../../../cli/archive-check/law.ts';
import type { Episode } from '../../../cli/backtest/episodes.ts';
import { createHistory } from '../../../cli/backtest/history.ts';
import { Transition } from '../../../functions/domain/alerts/alert.ts';
import type { RuleBook } from '../../../functions/domain/rules/book.ts';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { History } from '../history.ts';
import { jsonOf } from '../oracle/facts/items.ts';
import { isExact, isSurelyInOrder } from '../oracle/facts/points.ts';
import type { View } from '../oracle/facts/view.ts';
import type { Check } from './check.ts';
import { registrationsIn } from './registrations.ts';

/** What the archive raises once more, by the code of `tocsin verify-archive`. */
function replayedEpisodes(history: History, live: RuleBook): readonly Episode[] {
  const registrations = [...registrationsIn(history).values()];
  const again = createHistory({ books: [live], registrations });
  const envelopes = history.archive.flatMap((line) => {
    const read = parseEnvelope(line, { messageId: '-', sentAt: instant(0) });
    return read.ok ? [read.envelope] : [];
  });
  for (const envelope of envelopes.toSorted((a, b) => a.receivedAt - b.receivedAt))
    again.take({ envelope, file: 'archive', line: 0 });
  return again.end()[0] ?? [];
}

const storedIn = ({ told }: View): StoredEpisodes =>
  storedEpisodes(
    [...told.values()].map((some) => some.map(({ item }) => Transition.parse(jsonOf(item, 'doc')))),
  );

/**
 * Sensors of which the replay must say what was said: their readings were trusted and handled in their order, and nobody
 * changed their limits meanwhile. Of the others the oracle's own laws judge each reading by itself.
 */
function comparable({ history, readings }: View): ReadonlySet<string> {
  const changed = new Set(history.acts.flatMap(({ act }) => (act.kind === 'set-limit' ? [act.sensor] : [])));
  return new Set(
    [...readings]
      .filter(
        ([sensor, series]) =>
          !changed.has(sensor) &&
          series.every((one) => one.trust === 'yes' && isExact(one) && isSurelyInOrder(one, series)),
      )
      .map(([sensor]) => sensor),
  );
}

/** Silence depends on how old the watermark was when somebody looked, which the archive does not tell. */
const isOfReadings = ({ steps }: Episode): boolean =>
  steps.every(({ trigger }) => trigger !== 'silence' && trigger !== 'unknown');

/**
 * The archive replayed satisfies the order-free law (semantics 24): each episode that it raises has a stored one of the same
 * rule and sensor, at least as severe, that overlaps it and does not end before it.
 */
export const archiveReplays: Check = {
  name: 'archive-replays',
  check: (view, { live }) => {
    const { history } = view;
    const sensors = comparable(view);
    const must = replayedEpisodes(history, live).filter(
      (one) => sensors.has(`${one.deviceId}/${one.sensorId}`) && isOfReadings(one),
    );
    const devices = new Set(history.city.devices.map(({ deviceId }) => deviceId));
    return uncovered(must, storedIn(view), devices).map(({ ruleId, subjectId, from, peak }) => ({
      what: `the archive raises ${peak} of ${ruleId} on ${subjectId} at ${from}, and nothing stored covers it`,
      at: from,
    }));
  },
};
