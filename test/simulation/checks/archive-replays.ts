import { type StoredEpisodes, storedEpisodes, uncovered } from '../../../cli/archive-check/law.ts';
import type { Episode } from '../../../cli/backtest/episodes.ts';
import { createHistory } from '../../../cli/backtest/history.ts';
import { Transition } from '../../../functions/domain/alerts/alert.ts';
import type { RuleBook } from '../../../functions/domain/rules/book.ts';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { History } from '../history.ts';
import { jsonOf } from '../oracle/facts/items.ts';
import type { Reading } from '../oracle/facts/readings.ts';
import { isExact } from '../oracle/facts/readings.ts';
import type { View } from '../oracle/facts/view.ts';
import type { Check } from './check.ts';
import { registrationsIn } from './registrations.ts';

/** What the archive raises once more, by the code of `tocsin verify-archive`. */
function replayed(history: History, live: RuleBook): { episodes: readonly Episode[]; end: number } {
  const registrations = [...registrationsIn(history).values()];
  const again = createHistory({ books: [live], registrations });
  const envelopes = history.archive.flatMap((line) => {
    const read = parseEnvelope(line, { messageId: '-', sentAt: instant(0) });
    return read.ok ? [read.envelope] : [];
  });
  for (const envelope of envelopes.toSorted((a, b) => a.receivedAt - b.receivedAt))
    again.take({ envelope, file: 'archive', line: 0 });
  return { episodes: again.end()[0] ?? [], end: again.tally.until };
}

const storedIn = ({ told }: View): StoredEpisodes =>
  storedEpisodes(
    [...told.values()].map((some) => some.map(({ item }) => Transition.parse(jsonOf(item, 'doc')))),
  );

/**
 * In the order of their instants the readings came, were handed out, and were done with. Of messages that came in the same
 * millisecond, as they do from a device that was cut off, the archive does not tell which was first.
 */
const isInOrder = (series: readonly Reading[]): boolean =>
  series.every((one, place) => {
    const before = series[place - 1];
    if (before === undefined) return true;
    const [came, cameBefore] = [Math.min(...one.receivedAts), Math.max(...before.receivedAts)];
    return one.message === before.message
      ? one.from > before.from
      : came > cameBefore && one.taken >= before.taken && one.done >= before.done;
  });

/**
 * Sensors of which the replay must say what was said: their clocks were right, all came and was handled in order, and nobody
 * changed their limits meanwhile. Otherwise the replay, which takes things as they came, is no reference (semantics 24): what
 * is raised then the oracle's own laws judge, reading by reading.
 */
function comparable({ history, readings }: View): ReadonlySet<string> {
  const changed = new Set(history.acts.flatMap(({ act }) => (act.kind === 'set-limit' ? [act.sensor] : [])));
  const isTrusted = (one: Reading): boolean => one.trust === 'yes' && isExact(one);
  return new Set(
    [...readings]
      .filter(([sensor, series]) => !changed.has(sensor) && series.every(isTrusted) && isInOrder(series))
      .map(([sensor]) => sensor),
  );
}

/** What waits for a deadline is raised so late after its reading at the most: the longest `for` of the city, its grace, a tick. */
const deadlineWithinMs = 65_000;

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
    const { episodes, end } = replayed(history, live);
    const must = episodes.filter(
      (one) =>
        sensors.has(`${one.deviceId}/${one.sensorId}`) &&
        isOfReadings(one) &&
        // The replay waits for deadlines; the world may have ended before.
        one.from <= history.phases.end - deadlineWithinMs,
    );
    const devices = new Set(history.city.devices.map(({ deviceId }) => deviceId));
    return uncovered(must, storedIn(view), devices, end).map(({ ruleId, subjectId, from, peak }) => ({
      what: `the archive raises ${peak} of ${ruleId} on ${subjectId} at ${from}, and nothing stored covers it`,
      at: from,
    }));
  },
};
