import { gzipSync } from 'node:zlib';
import { compareDevice, settledAfterMs } from '../../../cli/archive-check/compare.ts';
import { daysBetween } from '../../../cli/archive-check/fetch.ts';
import { storedEpisodes, uncovered } from '../../../cli/archive-check/law.ts';
import { createLedger } from '../../../cli/archive-check/ledger.ts';
import { readObject } from '../../../cli/archive-check/read.ts';
import type { Episode } from '../../../cli/backtest/episodes.ts';
import type { Transition } from '../../../functions/domain/alerts/alert.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { DeviceId } from '../../../functions/domain/ids.ts';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { admitMessage } from '../../../functions/domain/telemetry/message.ts';
import { openMessage } from '../../../functions/domain/telemetry/open-message.ts';
import { emptyTelemetryState } from '../../../functions/domain/telemetry/state.ts';
import { instant } from '../../../functions/domain/time.ts';
import { fresh } from '../../support/alerts.ts';
import { archivedValue, archiveStart } from '../../support/cli/archived.ts';
import { tempFolder } from '../../support/cli/temp-folder.ts';
import { registrationOf } from '../../support/registration.ts';

const deviceId = DeviceId.parse('dev-1');
const registration = registrationOf({ deviceId });
const registrations = new Map([[deviceId, registration]]);
const line = (seq: number) => archivedValue(deviceId, 'ch4', seq, 0.4);

/** What the twin remembers that has had these numbers. */
function memoryOf(seqs: readonly number[]) {
  let state = emptyTelemetryState;
  for (const seq of seqs) {
    const read = parseEnvelope(line(seq), { messageId: '-', sentAt: instant(0) });
    if (!read.ok) throw new Error(read.refusal.detail);
    state = admitMessage(openMessage(read.envelope, 'senml', registration), state).next;
  }
  return state.memory;
}

function archiveOf(seqs: readonly number[]) {
  const ledger = createLedger(registrations);
  for (const seq of seqs) expect(ledger.take(line(seq))).toBeUndefined();
  return ledger;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** All of it, long ago. */
const range = { from: archiveStart - 1, settledUntil: archiveStart + 86_400_000 };
const compared = (twin: readonly number[], archive: readonly number[], given: Partial<typeof range> = {}) =>
  compareDevice(memoryOf(twin), archiveOf(archive).devices.get(deviceId), { ...range, ...given });

describe('the archive beside the twins', () => {
  test('nothing is wrong when both have had the same', () => {
    expect(compared(numbers(1, 200), numbers(1, 200))).toEqual([]);
  });

  test.each([
    ['in the middle', [80, 81], [{ from: 80, to: 81 }]],
    ['at the beginning', [1], [{ from: 1, to: 1 }]],
    ['at the end', [200], [{ from: 200, to: 200 }]],
  ])('what the twin has had and the archive has not is missing: %s', (_, gone, ranges) => {
    const archive = numbers(1, 200).filter((seq) => !gone.includes(seq));
    expect(compared(numbers(1, 200), archive)).toEqual([
      { kind: 'missing', boot: 'b', ranges, count: gone.length },
    ]);
  });

  test('a device of which nothing is here is missing as a whole', () => {
    expect(compared(numbers(1, 9), [])).toMatchObject([{ kind: 'missing', count: 9 }]);
  });

  test('what may not be an object yet is not missing, one millisecond later it is', () => {
    const lastAt = archiveStart + 200_000;
    const until = (settledUntil: number) => compared(numbers(1, 200), numbers(1, 190), { settledUntil });
    expect(until(lastAt - 1)).toEqual([]);
    expect(until(lastAt)).toMatchObject([{ kind: 'missing', count: 10 }]);
    expect(settledAfterMs).toBeGreaterThan(300_000);
  });

  test('what came before the days is not asked for', () => {
    const from = archiveStart + 100_000;
    expect(compared(numbers(1, 200), numbers(100, 200), { from })).toEqual([]);
  });

  test('what neither has had is a gap, what only the archive has was not committed', () => {
    const twin = numbers(1, 100).filter((seq) => seq !== 50);
    const archive = [...twin, 101, 102];
    expect(compared(twin, archive)).toEqual([
      { kind: 'not-committed', boot: 'b', ranges: [{ from: 101, to: 102 }], count: 2 },
      { kind: 'gap', boot: 'b', ranges: [{ from: 50, to: 50 }], count: 1 },
    ]);
  });
});

describe('an object', () => {
  const folder = tempFolder();
  const read = async (bytes: Uint8Array) => {
    const ledger = createLedger(registrations);
    const problems = await readObject('k', await folder.put('one.gz', bytes), ledger);
    return { problems, tally: ledger.tally };
  };
  const packed = gzipSync(`${[line(1), line(2), line(2)].join('\n')}\n`);

  test('that is whole is counted: messages, records, repeats', async () => {
    const { problems, tally } = await read(packed);
    expect(problems).toEqual([]);
    expect(tally).toMatchObject({ objects: 1, lines: 3, messages: 3, records: 2, repeats: 1 });
    expect([tally.from, tally.until]).toEqual([archiveStart + 1_000, archiveStart + 2_000]);
  });

  test.each([
    ['is cut', packed.subarray(0, packed.length - 9), 'cut'],
    ['is empty', gzipSync(''), 'empty'],
    ['holds a line that is no message', gzipSync(`${line(1)}\nnoise\n`), 'not JSON'],
    ['holds bytes that are no text', gzipSync(Buffer.from([0x7b, 0xff, 0x0a])), 'not-utf8'],
  ])('that %s is told', async (_, bytes, found) => {
    const { problems } = await read(bytes);
    expect(problems).toEqual([{ key: 'k', line: expect.any(Number), found: expect.stringContaining(found) }]);
  });
});

describe('the law of a replay', () => {
  const at = instant(1_000);
  const raised = change(fresh('orange', 1_000), { change: 'raised', at, phenomenonAt: at, committedAt: at });
  const ends = (ms: number): readonly Transition[] => {
    const end = instant(ms);
    const over = {
      change: 'recovered',
      condition: 'recovered',
      at: end,
      phenomenonAt: end,
      committedAt: end,
    } as const;
    return [raised.transition, change(raised.alert, over).transition];
  };
  const episode = (from: number, until: number | undefined, peak: Episode['peak'] = 'orange'): Episode => ({
    deviceId: 'dev-1',
    enterpriseId: 'ent-1',
    ruleId: raised.alert.matter.ruleId,
    sensorId: 'ch4',
    steps: [],
    peak,
    from,
    until,
  });
  const broken = (replayed: Episode, stored: readonly Transition[]) =>
    uncovered([replayed], storedEpisodes([stored]), new Set(['dev-1']), 9_000).length;

  test('holds for an episode that a stored one covers', () => {
    expect(broken(episode(1_000, 5_000), ends(5_000))).toBe(0);
    expect(broken(episode(1_000, undefined), [raised.transition])).toBe(0);
  });

  test('holds for an episode that a deadline raised after what turned out to be its end', () => {
    expect(broken(episode(400, 400), ends(400))).toBe(0);
  });

  test.each([
    ['holds, if it began at a later reading', 1_400, 0],
    ['holds, if it began when the replay ended', 9_000, 0],
    ['is broken, if it began a millisecond after the replay ended', 9_001, 1],
  ])('for an episode that stands and a stored one %s', (_, from, found) => {
    const later = { ...raised.transition, phenomenonAt: instant(from) };
    expect(broken(episode(400, undefined), [later])).toBe(found);
  });

  test.each([
    ['that was not stored', episode(1_000, 5_000), []],
    ['that is graver', episode(1_000, 5_000, 'red'), ends(5_000)],
    ['that ends a millisecond later', episode(1_000, 5_001), ends(5_000)],
    ['that came later', episode(6_000, 7_000), ends(5_000)],
  ])('is broken by an episode %s', (_, replayed, stored) => {
    expect(broken(replayed, stored)).toBe(1);
  });
});

test('days are counted over the end of a month', () => {
  expect(daysBetween('2026-02-28', '2026-03-01')).toEqual(['2026-02-28', '2026-03-01']);
  expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
});
