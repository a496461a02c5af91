import type { History, HumanAct } from '../history.ts';
import { countedMax } from './bounds.ts';
import { judge } from './oracle.ts';
import { breakTransition, transitionsOf, withOtherReadings, withoutRaised } from './support/broken.ts';
import { type DeviceStory, type SpokenRecord, spoken } from './support/device-story.ts';
import { recordedHistory, startAt } from './support/recorded-history.ts';

const at = (seconds: number): number => startAt + seconds * 1_000;

/** Both sensors of dev-1 say what `values` has at each second, each in a message of its own; the others keep still. */
const storyOf =
  (values: readonly (readonly [seconds: number, value: number, flag?: string])[], clockMs = 0): DeviceStory =>
  () =>
    values.map(([seconds, value, flag], place) => {
      const record: SpokenRecord = {
        sensor: 'a',
        at: at(seconds),
        value,
        ...(flag === undefined ? {} : { flag }),
      };
      return spoken('dev-1', { at: at(seconds) + 200, seq: place + 1, clockMs, records: [record] });
    });

const lawsOf = (history: History): readonly string[] => [...new Set(judge(history).map(({ law }) => law))];
const every5s = (from: number, to: number, value: number, flag?: string) =>
  Array.from({ length: (to - from) / 5 }, (_, i) =>
    flag === undefined ? ([from + i * 5, value] as const) : ([from + i * 5, value, flag] as const),
  );

test('a run that waits through a calibration is raised at its deadline, and must be', async () => {
  const story = storyOf([...every5s(0, 30, 10), [30, 40], ...every5s(35, 130, 40, 'calibrating')]);
  const history = await recordedHistory({ seed: 1, forMs: 130_000, story });
  expect(judge(history)).toEqual([]);
  const raised = transitionsOf(history).find(
    (doc) => doc.matter.ruleId === 'sim.gas.held' && doc.change === 'raised' && doc.condition === 'firing',
  );
  expect(raised?.phenomenonAt).toBe(at(30) + 200 + 20_000 + 30_000);
  const broken = withoutRaised(history, 'sim.gas.held', 'firing');
  expect(broken && lawsOf(broken)).toContain('deadline-kept');
});

test('a breach by a clock that is wrong by 20 minutes must be told too', async () => {
  const story = storyOf([...every5s(0, 30, 10), [30, 40], ...every5s(35, 80, 10)], 1_200_000);
  const history = await recordedHistory({ seed: 1, forMs: 80_000, story });
  expect(judge(history)).toEqual([]);
  const broken = withoutRaised(history, 'sim.gas.level', 'firing');
  expect(broken && lawsOf(broken)).toContain('alarm-covered');
});

test('a reading beyond the range is a breach whatever its number', async () => {
  const story = storyOf([...every5s(0, 30, 10), [30, 120], ...every5s(35, 80, 10)]);
  const history = await recordedHistory({ seed: 1, forMs: 80_000, story });
  expect(judge(history)).toEqual([]);
  const broken = withoutRaised(history, 'sim.gas.level', 'firing');
  expect(broken && lawsOf(broken)).toContain('alarm-covered');
});

describe('a limit that somebody sets', () => {
  const story = storyOf([...every5s(0, 200, 10), ...every5s(200, 220, 23), ...every5s(220, 260, 10)]);
  const act = {
    kind: 'set-limit',
    ruleId: 'sim.gas.level',
    limit: 'warn',
    value: 22,
    sensor: 'dev-1/a',
    validFrom: at(10),
  } as const;
  const withAct = async (answer: Omit<HumanAct, 'act'>) => {
    const history = await recordedHistory({ seed: 1, forMs: 260_000, story });
    return lawsOf({ ...history, acts: [...history.acts, { ...answer, act }] });
  };

  test('holds for what is measured once every device has heard of it', async () => {
    expect(await withAct({ at: at(10), status: 201, answeredAt: at(11) })).toContain('alarm-covered');
  });

  test('may hold or not while its answer is missing', async () => {
    expect(await withAct({ at: at(10) })).toEqual([]);
  });

  test('does not hold when it was refused', async () => {
    expect(await withAct({ at: at(10), status: 400, answeredAt: at(11) })).toEqual([]);
  });

  test('does not bind what was measured before every device can have heard of it', async () => {
    expect(await withAct({ at: at(150), status: 201, answeredAt: at(151) })).not.toContain('alarm-covered');
  });
});

test('what came over the error action is in the archive under another id', async () => {
  const history = await recordedHistory({ seed: 1, forMs: 60_000, story: storyOf(every5s(0, 60, 10)) });
  const [first] = history.accepted.filter(({ sender }) => sender === 'device');
  const archive = history.archive.map((line) => line.replace(`"${first?.id}"`, '"sqs-other"'));
  expect(judge({ ...history, archive })).toEqual([]);
  expect(lawsOf({ ...history, archive: archive.filter((line) => !line.includes('sqs-other')) })).toEqual([
    'archive-complete',
  ]);
});

test('an alarm that only a later breach has brought was lost until then', async () => {
  const story = storyOf([
    ...every5s(0, 60, 10),
    [60, 40],
    ...every5s(65, 120, 10),
    [120, 40],
    ...every5s(125, 160, 10),
  ]);
  const history = await recordedHistory({ seed: 1, forMs: 160_000, story });
  expect(judge(history)).toEqual([]);
  const late = {
    ...history,
    changes: history.changes.map((one) => (one.at < at(100) ? { ...one, at: at(110) } : one)),
  };
  expect(lawsOf(late)).toContain('alarm-covered');
});

test('during faults nothing is asked for that they hold up', async () => {
  const history = await recordedHistory({ seed: 3 });
  const silent = withoutRaised(history, 'sim.gas.held', 'stale');
  const phases = { ...history.phases, faults: startAt, heal: history.phases.end, quiet: history.phases.end };
  expect(silent && lawsOf(silent)).toContain('silence-found');
  expect(silent && lawsOf({ ...silent, phases })).not.toContain('silence-found');
});

test('a silence that was told while the watermark stood still is invented', async () => {
  const history = await recordedHistory({ seed: 3 });
  const changes = history.changes.filter(({ after }) => after?.['id']?.S !== 'WATERMARK');
  expect(lawsOf({ ...history, changes })).toContain('silence-earned');
});

test('a decision counts from when the log had it, whatever the clock of its function said', async () => {
  const history = await recordedHistory({ seed: 3 });
  const records = history.tables.records.map((item) =>
    item['decidedAt'] === undefined ? item : { ...item, decidedAt: { N: String(startAt) } },
  );
  expect(judge({ ...history, tables: { ...history.tables, records } })).toEqual([]);
});

test('a late breach from before all that are still counted may be told, one from after some of them may not', async () => {
  const over = 120 + 5 * countedMax;
  const inOrder = storyOf([...every5s(0, 120, 10), ...every5s(120, over, 40), ...every5s(over, 500, 10)]);
  const late = spoken('dev-1', { at: at(500), seq: 900, records: [{ sensor: 'a', at: at(2), value: 40 }] });
  const story: DeviceStory = (from, to) => [...inOrder(from, to), late];
  const history = await recordedHistory({ seed: 1, forMs: 520_000, story });
  expect(lawsOf(history)).toEqual([]);
  const told = transitionsOf(history).filter(({ matter }) => matter.ruleId === 'sim.gas.times');
  expect(told.find(({ phenomenonAt }) => phenomenonAt === at(2))).toMatchObject({ marks: ['late'] });
  const fewer = withOtherReadings(history, ({ at: t, v }) => ({ v: t === at(120) ? 10 : v }));
  expect(lawsOf(fewer)).toContain('raise-earned');
});

test('a mean that was too high during a hold may be told when the hold ends, and must have been', async () => {
  const story = storyOf([
    ...every5s(0, 70, 4),
    ...every5s(70, 100, 40),
    [100, 4],
    ...every5s(105, 200, 4, 'calibrating'),
    ...every5s(200, 240, 4),
  ]);
  const history = await recordedHistory({ seed: 1, forMs: 240_000, story });
  expect(lawsOf(history)).toEqual([]);
  const calm = withOtherReadings(history, () => ({ v: 10 }));
  expect(lawsOf(calm)).toContain('raise-earned');
});

test('so may one of a hold that came late, with the next reading that does not contradict it', async () => {
  const held = 'calibrating';
  const inOrder = storyOf([
    ...every5s(0, 35, 4),
    ...every5s(35, 60, 4, held),
    ...every5s(85, 165, 4, held),
    ...every5s(165, 240, 4),
  ]);
  // The mean of a minute is too high at 80 s only, and nothing is known of it from 165 s to 180 s.
  const values = [...every5s(60, 75, 40), ...every5s(75, 85, 4, held)] as const;
  const late = spoken('dev-1', {
    at: at(177),
    seq: 900,
    records: values.map(([t, value, flag]) => ({ sensor: 'a', at: at(t), value, ...(flag && { flag }) })),
  });
  const story: DeviceStory = (from, to) => [...inOrder(from, to), late].toSorted((a, b) => a.at - b.at);
  const history = await recordedHistory({ seed: 1, forMs: 240_000, story });
  const mean = transitionsOf(history).find(
    ({ matter, condition }) => matter.ruleId === 'sim.gas.mean' && condition === 'firing',
  );
  expect(mean).toMatchObject({ change: 'raised', phenomenonAt: at(190) });
  expect(lawsOf(history)).toEqual([]);
  const calm = withOtherReadings(history, () => ({ v: 10 }));
  expect(lawsOf(calm)).toContain('raise-earned');
});

test('a hold is over half an hour after its receipt: what comes at that instant may tell of it, also if it was read before', async () => {
  const held = 'calibrating';
  const inOrder = storyOf([
    ...every5s(0, 10, 4),
    [10, 40, held],
    ...every5s(15, 1805, 4, held),
    ...every5s(1815, 1860, 4),
  ]);
  const record = { sensor: 'a', at: at(1807), value: 4, flag: held } as const;
  const last = spoken('dev-1', { at: at(1810) + 200, seq: 900, records: [record] });
  const story: DeviceStory = (from, to) => [...inOrder(from, to), last].toSorted((a, b) => a.at - b.at);
  const history = await recordedHistory({ seed: 1, forMs: 1_860_000, story });
  expect(transitionsOf(history).map(({ phenomenonAt }) => phenomenonAt)).toContain(at(1807));
  expect(lawsOf(history)).toEqual([]);
  const calm = withOtherReadings(history, () => ({ v: 10 }));
  expect(lawsOf(calm)).toContain('raise-earned');
});

test('a fault at the end of a hold does not end it: what was held is told with the first good reading', async () => {
  const story = storyOf([
    ...every5s(0, 70, 4),
    ...every5s(70, 100, 40),
    ...every5s(100, 200, 4, 'calibrating'),
    [200, 4, 'fault'],
    ...every5s(205, 240, 4),
  ]);
  const history = await recordedHistory({ seed: 1, forMs: 240_000, story });
  expect(lawsOf(history)).toEqual([]);
  // It was held from the first high value on, so that nothing was told before the fault.
  const held = storyOf([
    ...every5s(0, 70, 4),
    ...every5s(70, 100, 40, 'calibrating'),
    ...every5s(100, 200, 4, 'calibrating'),
    [200, 4, 'fault'],
    ...every5s(205, 240, 4),
  ]);
  expect(lawsOf(await recordedHistory({ seed: 1, forMs: 240_000, story: held }))).toEqual([]);
});

test('what reaches its deadline may be stale from the first while the sensor is faulty, and only then', async () => {
  const story = storyOf([...every5s(0, 30, 10), [30, 40], ...every5s(35, 130, 40, 'calibrating')]);
  const history = await recordedHistory({ seed: 1, forMs: 130_000, story });
  const stale = breakTransition(history, (doc) =>
    doc.matter.ruleId === 'sim.gas.held' && doc.change === 'raised' && doc.condition === 'firing'
      ? { ...doc, condition: 'stale' }
      : undefined,
  );
  if (stale === undefined) throw new Error('nothing was raised');
  // It speaks well at 70 s, so that it is not silent when it is raised.
  const faultyFrom = (seconds: number) =>
    withOtherReadings(stale, (row) =>
      row.at === at(70) ? { q: undefined } : row.at >= at(seconds) ? { q: 'fault' } : undefined,
    );
  expect(lawsOf(faultyFrom(75))).not.toContain('silence-earned');
  expect(lawsOf(faultyFrom(85))).toContain('silence-earned');
});
