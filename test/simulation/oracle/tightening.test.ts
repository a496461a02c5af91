import type { Change, HumanAct } from '../history.ts';
import { judge } from './oracle.ts';
import { type DeviceStory, type SpokenRecord, spoken } from './support/device-story.ts';
import { recordedHistory, startAt } from './support/recorded-history.ts';

const at = (seconds: number): number => startAt + seconds * 1_000;

/** One sensor says what `values` has at each second, each in a message of its own. */
const storyOf =
  (values: readonly (readonly [seconds: number, value: number, flag?: string])[]): DeviceStory =>
  () =>
    values.map(([seconds, value, flag], place) => {
      const record: SpokenRecord = { sensor: 'a', at: at(seconds), value, ...(flag && { flag }) };
      return spoken('dev-1', { at: at(seconds) + 200, seq: place + 1, clockMs: 0, records: [record] });
    });
const every5s = (from: number, to: number, value: number) =>
  Array.from({ length: (to - from) / 5 }, (_, i) => [from + i * 5, value] as const);

/** 25 as the rule says; somebody asks for 22. */
const act = {
  kind: 'set-limit',
  ruleId: 'sim.gas.level',
  limit: 'warn',
  value: 22,
  sensor: 'dev-1/a',
  validFrom: at(100),
} as const;

const told = (seconds: number, sensorId = 'a'): Change => {
  const scope = { kind: 'sensor', deviceId: 'dev-1', sensorId };
  const doc = { overrides: [{ ruleId: act.ruleId, limit: act.limit, value: act.value, scope }] };
  const after = { pk: { S: 'DEV#dev-1' }, sk: { S: 'DEV' }, doc: { S: JSON.stringify(doc) } };
  return { at: at(seconds), table: 'records', before: undefined, after, by: 'api', write: 1_000_000 };
};

/** Whether it is missed that nobody was told; in a recorded history nobody ever hears of another limit. */
async function isMissed(
  values: readonly (readonly [number, number, string?])[],
  change: Change | undefined,
  asked: HumanAct['act'] = act,
): Promise<boolean> {
  const history = await recordedHistory({ seed: 1, forMs: 260_000, story: storyOf(values) });
  const acts = [...history.acts, { at: at(100), act: asked, status: 201, answeredAt: at(101) }];
  const changes = change === undefined ? history.changes : [...history.changes, change];
  return judge({ ...history, acts, changes }).some(({ law }) => law === 'tightening-judged');
}

test('a last value that breaks the tightened limit must be told with the next message', async () => {
  expect(await isMissed([...every5s(0, 151, 23), ...every5s(155, 200, 10)], told(153))).toBe(true);
});

test('a last good value too that bad readings have followed', async () => {
  const bad = [150, 155, 160].map((t) => [t, 10, 'unknown'] as const);
  expect(await isMissed([...every5s(0, 146, 23), ...bad], told(153))).toBe(true);
  expect(await isMissed([...every5s(0, 146, 21), ...bad], told(153))).toBe(false);
});

test('and by a tick when nothing more comes', async () => {
  expect(await isMissed(every5s(0, 151, 23), told(153))).toBe(true);
});

test('nothing is missed while the device has not been told, or another sensor was', async () => {
  expect(await isMissed(every5s(0, 151, 23), undefined)).toBe(false);
  expect(await isMissed(every5s(0, 151, 23), told(153, 'b'))).toBe(false);
});

test('nor by a value below the new limit, or that is no good one', async () => {
  expect(await isMissed(every5s(0, 151, 21), told(153))).toBe(false);
  expect(await isMissed([...every5s(0, 146, 21), [150, 23, 'calibrating']], told(153))).toBe(false);
});

test('nor when people were told before, and it stands', async () => {
  expect(await isMissed(every5s(0, 151, 26), told(153))).toBe(false);
});

test('nor by a limit that a regulator has signed: it may have been loosened', async () => {
  expect(await isMissed(every5s(0, 151, 23), told(153), { ...act, isSigned: true })).toBe(false);
});
