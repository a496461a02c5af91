import type { Accepted, City, CityRule, HumanAct } from '../history.ts';
import type { Told } from './facts/alerts.ts';
import { widened } from './facts/cover.ts';
import { episodesOf } from './facts/episodes.ts';
import { limitsOf } from './facts/limits.ts';
import { meansAt, windowOf } from './facts/means.ts';
import { messagesOf } from './facts/messages.ts';
import { decodePack } from './facts/pack.ts';
import { type Reading, readingsOf } from './facts/readings.ts';
import { canariesOf, judgeableBy, passedBy } from './facts/watermark.ts';
import { nothingHappened } from './nothing.ts';
import { smallCity } from './support/small-city.ts';

const t0 = 1_700_000_000_000;
const text = (value: unknown): Uint8Array =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const decode = (value: unknown) => decodePack(text(value), 'dev-1', t0);

describe('a pack', () => {
  test.each([
    ['', 'empty-payload'],
    ['{', 'not-json'],
    ['{}', 'not-a-pack'],
    ['[]', 'empty-pack'],
    [`[${'1'.repeat(130_000)}]`, 'too-large'],
    [[{ bn: 'dev-2/', n: 'a', v: 1 }], 'identity-mismatch'],
  ])('%.20j is refused as %s', (value, reason) => {
    expect(decode(value)).toEqual({ kind: 'refused', reason });
  });

  test.each([[[{ n: 'a', v: '1' }]], [[{ n: 'a', v: 1, x: 1 }]], ['[{"n":"a","v":1,"v":2}]'], [[1]]])(
    '%.40j is odd: nothing is asked of it',
    (value) => {
      expect(decode(value)).toEqual({ kind: 'odd' });
    },
  );

  test('gives each record its time from base, record, and what it is relative to', () => {
    const decoded = decode([
      { bn: 'dev-1/', bt: -5, sent: t0 / 1000, boot: 'b', seq: 1, n: 'a', v: 1 },
      { n: 'b', t: -1, v: 2 },
    ]);
    expect(decoded.kind === 'pack' && decoded.pack.records.map(({ deviceAt }) => deviceAt - t0)).toEqual([
      -5_000, -6_000,
    ]);
  });

  test('names the record that has several values, and the one that has none', () => {
    const decoded = decode([{ n: 'a', v: 1, vb: true }, { n: 'a' }]);
    expect(decoded.kind === 'pack' && decoded.pack.faults).toEqual([
      { index: 0, reason: 'several-values' },
      { index: 1, reason: 'no-value' },
    ]);
  });
});

const city: City = smallCity(t0 - 1_000);
const accepted = (given: {
  at: number;
  sent: number;
  times: readonly number[];
  seq?: number;
  boot?: string;
  id?: string;
  value?: number;
  taken?: number;
  done?: number;
}): Accepted => ({
  id: given.id ?? `m-${given.seq ?? 1}-${given.at}`,
  topic: 'tocsin/v1/dev-1/senml',
  clientId: 'dev-1',
  principal: 'cert',
  receivedAt: t0 + given.at,
  bytes: text([
    { bn: 'dev-1/', boot: given.boot ?? 'b', seq: given.seq ?? 1, sent: (t0 + given.sent) / 1000 },
    ...given.times.map((time) => ({ n: 'a', t: (t0 + time) / 1000, v: given.value ?? 1 })),
  ]),
  sender: 'device',
  takenAt: t0 + (given.taken ?? given.at),
  doneAt: t0 + (given.done ?? given.at + 100),
});
const phases = { warmUp: t0, faults: t0, heal: t0, quiet: t0, end: t0 + 3_600_000 };
const opened = (...messages: readonly Accepted[]) => messagesOf({ ...emptyHistory, accepted: messages });
const emptyHistory = { ...nothingHappened, city, phases };
const readings = (...messages: readonly Accepted[]): readonly Reading[] =>
  readingsOf(opened(...messages)).get('dev-1/a') ?? [];
const spans = (list: readonly Reading[]) => list.map(({ from, to, trust }) => [from - t0, to - t0, trust]);

describe('the time of a reading', () => {
  test('is the device’s own while its clock is right', () => {
    expect(spans(readings(accepted({ at: 100, sent: 50, times: [-5_000, 0] })))).toEqual([
      [-5_000, -5_000, 'yes'],
      [0, 0, 'yes'],
    ]);
  });

  test('is moved back by as much as the clock is ahead, or was in another pack of the boot', () => {
    const some = readings(
      accepted({ at: 100, sent: 600, times: [0] }),
      accepted({ at: 5_100, sent: 5_050, times: [5_000], seq: 2 }),
    );
    expect(spans(some)).toEqual([
      [-500, -500, 'yes'],
      [4_500, 5_000, 'yes'],
    ]);
  });

  test('is not sure, and cannot be trusted, while a clock is wrong by more than five minutes', () => {
    expect(spans(readings(accepted({ at: 0, sent: 300_000, times: [299_000] })))).toEqual([
      [-1_000, -1_000, 'yes'],
    ]);
    expect(spans(readings(accepted({ at: 0, sent: 300_001, times: [299_001] })))).toEqual([
      [-31_000, -1_000, 'no'],
    ]);
  });

  test('cannot be trusted after the pack was sent', () => {
    expect(spans(readings(accepted({ at: 100, sent: 50, times: [60] })))).toEqual([[60, 60, 'no']]);
  });

  test('is told once however often the message comes, and its copy may have been first', () => {
    const first = accepted({ at: 100, sent: 50, times: [0], id: 'one', done: 9_000 });
    const again = accepted({ at: 3_000, sent: 50, times: [0], id: 'two', taken: 3_100, done: 3_200 });
    const [reading, ...more] = readings(first, again);
    expect(more).toEqual([]);
    expect([reading?.receivedAts.map((at) => at - t0), (reading?.done ?? 0) - t0]).toEqual([
      [100, 3_000],
      3_200,
    ]);
  });

  test('may be untrusted when another message has its number and other bytes', () => {
    const some = readings(
      accepted({ at: 100, sent: 50, times: [0] }),
      accepted({ at: 200, sent: 50, times: [1], value: 2 }),
    );
    expect(some.map(({ trust }) => trust)).toEqual(['maybe', 'maybe']);
  });

  test('is of no use when it is over 31 days old', () => {
    const days31 = 31 * 86_400_000;
    expect(readings(accepted({ at: 0, sent: 0, times: [-days31] }))).toHaveLength(1);
    expect(readings(accepted({ at: 0, sent: 0, times: [-days31 - 1] }))).toEqual([]);
  });
});

describe('a limit', () => {
  const [rule] = city.rules;
  const act = (value: number, at: number, given: Partial<HumanAct> = {}): HumanAct => ({
    at,
    act: {
      kind: 'set-limit',
      ruleId: 'sim.gas.level',
      limit: 'warn',
      value,
      sensor: 'dev-1/a',
      validFrom: at,
    },
    ...given,
  });
  const at = (acts: readonly HumanAct[], when: number) =>
    limitsOf(rule ?? ({} as CityRule), acts, (at) => at)('dev-1/a', 'warn', when);

  test('is the rule’s own until somebody asks for another', () => {
    expect(at([act(22, t0 + 10)], t0 + 9)).toEqual({ least: 25, most: 25 });
  });

  test('is one or the other while no answer has come, or not every device can have heard', () => {
    expect(at([act(22, t0)], t0 + 500_000)).toEqual({ least: 22, most: 25 });
    expect(at([act(22, t0, { status: 201, answeredAt: t0 + 10 })], t0 + 120_009)).toEqual({
      least: 22,
      most: 25,
    });
  });

  test('is the new one from then on, and never looser without a signature', () => {
    expect(at([act(22, t0, { status: 201, answeredAt: t0 + 10 })], t0 + 120_010)).toEqual({
      least: 22,
      most: 22,
    });
    expect(at([act(40, t0, { status: 201, answeredAt: t0 + 10 })], t0 + 120_010)).toEqual({
      least: 25,
      most: 25,
    });
  });
});

const canary = (at: number, done: number): Accepted => ({
  ...accepted({ at, sent: 0, times: [] }),
  topic: 'tocsin/v1/-/canary',
  clientId: 'n/a',
  bytes: text({ at: t0 + at }),
  doneAt: t0 + done,
});

test('the watermark must have passed an instant once all canaries to it are done, or ten minutes after a lost one', () => {
  const canaries = canariesOf(
    opened(
      canary(0, 100),
      canary(5_000, 9_000),
      canary(10_000, 10_100),
      canary(20_000, 20_100),
      // What is missing is given up by the next one that comes, and by no repeat of an old one.
      canary(620_000, 620_100),
    ),
  );
  expect(passedBy(canaries, t0 + 4_999) - t0).toBe(9_000);
  expect(passedBy(canaries, t0 + 5_000) - t0).toBe(10_100);
  expect(passedBy(canaries, t0 + 15_000) - t0).toBe(620_100);
  expect(passedBy(canaries, t0 + 20_000)).toBe(Number.POSITIVE_INFINITY);
});

test('absence can be judged once the watermark has been young for as long as that takes, and not while a canary is missing', () => {
  const instants = Array.from({ length: 60 }, (_, place) => place * 5_000);
  const canaries = canariesOf(
    opened(...instants.map((at) => canary(at, at === 30_000 ? 100_000 : at + 2_000))),
  );
  const by = (at: number): number => judgeableBy(canaries, t0 + at, 15_000) - t0;
  expect(by(20_000)).toBe(35_000);
  // The watermark stands at 25 s until the canary of 30 s has come: at 54 s it is too old.
  expect(by(45_000)).toBe(115_000);
  expect(by(400_000)).toBe(Number.POSITIVE_INFINITY);
});

test('the mean of a minute is between that of the window and that of a bucket more, and unknown over less than half of it', () => {
  const values = [90, 10, 10, 10].map((value, i) =>
    accepted({ at: i * 20_500 + 100, sent: i * 20_500 + 50, times: [i * 20_500], seq: i + 1, value }),
  );
  const means = meansAt(readings(...values), windowOf({ windowMs: 60_000 }));
  expect(means.map(({ least }) => least === undefined)).toEqual([true, true, false, false]);
  expect(means[3]?.least).toBeCloseTo(10, 2);
  expect(means[3]?.most).toBeCloseTo(30, 2);
  expect(means.every(({ isInOrder }) => isInOrder)).toBe(true);
});

test('an episode reaches from the change that brought a rank to the one that took it away', () => {
  const told = (phenomenonAt: number, severity: string, condition: string): Told =>
    ({ alertId: 'al', phenomenonAt, writtenAt: phenomenonAt + 1, severity, condition }) as Told;
  const matter = {
    ruleId: 'r',
    subjectId: 's',
    told: [
      told(10, 'orange', 'firing'),
      told(20, 'red', 'firing'),
      told(5, 'red', 'stale'),
      told(40, 'red', 'recovered'),
      told(50, 'orange', 'firing'),
    ],
  };
  const red = { alertId: 'al', from: 5, to: 40, writtenFrom: 21, writtenTo: 41 };
  expect(episodesOf(matter, 4)).toEqual([red]);
  expect(episodesOf(matter, 3)).toEqual([
    { ...red, writtenFrom: 11 },
    {
      alertId: 'al',
      from: 50,
      to: Number.POSITIVE_INFINITY,
      writtenFrom: 51,
      writtenTo: Number.POSITIVE_INFINITY,
    },
  ]);
});

test('an episode reaches back to what came while it stood, and to nothing that came later', () => {
  const episode = { alertId: 'al', from: 100, to: 200, writtenFrom: 110, writtenTo: 210 };
  const run = (from: number, taken: number) => ({ from, to: from, taken, done: taken + 5 });
  const reached = (...runs: readonly ReturnType<typeof run>[]) => widened([episode], runs)[0]?.from;
  expect(reached(run(50, 150))).toBe(50);
  expect(reached(run(50, 210))).toBe(50);
  expect(reached(run(50, 211))).toBe(100);
  expect(reached(run(50, 104))).toBe(100);
  expect(reached(run(150, 150))).toBe(100);
});
