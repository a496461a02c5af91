import { alertFrom } from '../../../cli/explain/fetch-alert.ts';
import { memoryAlertStore } from '../../../functions/adapters/memory/alert-store.ts';
import { memoryState } from '../../../functions/adapters/memory/state.ts';
import { bindDevice } from '../../../functions/domain/rules/engine/bind.ts';
import { emptyRuleState } from '../../../functions/domain/rules/engine/state.ts';
import { advance, judge } from '../../../functions/domain/rules/engine.ts';
import type { TransitionDraft } from '../../../functions/domain/rules/transition.ts';
import type { Quality } from '../../../functions/domain/telemetry/reading.ts';
import { DeviceRegistration } from '../../../functions/domain/telemetry/registration.ts';
import { instant } from '../../../functions/domain/time.ts';
import { loadBook } from '../../../sensors-sim/virtual/book.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();
const start = Date.UTC(2026, 2, 1);

const device = DeviceRegistration.parse({
  deviceId: 'plant-1',
  enterpriseId: 'ent-1',
  siteId: 'site',
  status: 'active',
  sensors: [{ sensorId: 'gas', quantity: 'h2s', unit: 'mg/m3', period: 10_000, sourceId: 'tank', tags: [] }],
  sources: [
    {
      sourceId: 'tank',
      kind: 'tank-farm',
      trade: 'chemical',
      area: '220104',
      siteId: 'site',
      enterpriseId: 'ent-1',
      tags: [],
    },
  ],
  registeredAt: start,
  version: 1,
});

type Said = readonly [s: number, value: number | boolean | undefined, quality?: Quality, trusted?: boolean];

/** What the engine says of these readings, and of time until `until` seconds. */
function drafts(said: readonly Said[], until?: number, of = device): readonly TransitionDraft[] {
  const rules = bindDevice(loadBook(), of);
  let state = emptyRuleState(rules, instant(start));
  const found: TransitionDraft[] = [];
  let received = start;
  for (const [s, value, quality = 'good', trusted = true] of said) {
    const at = instant(start + s * 1000);
    received = Math.max(received, at);
    const reading = {
      sensorId: of.sensors[0]?.sensorId ?? '',
      index: 0,
      phenomenonAt: at,
      receivedAt: instant(received),
      lifeAt: at,
      value,
      quality,
      trusted,
    };
    const judged = judge(
      rules,
      state,
      { receivedAt: instant(received), readings: [reading] },
      instant(received),
    );
    state = judged.state;
    found.push(...judged.transitions);
  }
  if (until !== undefined) {
    const now = instant(start + until * 1000);
    found.push(...advance(rules, state, now, now).transitions);
  }
  return found;
}

const last = (said: readonly Said[], until?: number, of = device): string =>
  drafts(said, until, of).at(-1)?.because ?? '';

async function explain(record: string, ...words: string[]) {
  const file = await folder.put('record.json', record);
  return tocsin('rules', 'explain', file, ...words);
}

test('a raise is a tree: the change, each severity with its clauses and their values, limits, timers', async () => {
  const { out, code } = await explain(
    last([
      [0, 1],
      [10, 12.5],
    ]),
  );
  expect(code).toBe(0);
  expect(out).toMatch(/^raised orange: \w.* {3}chemical\.toxic-gas\.h2s \/ gas\n/);
  expect(out.split('\n').slice(1, 4)).toEqual([
    '├─ at 2026-03-01 00:00:10 UTC, decided 2026-03-01 00:00:10',
    '├─ because of a reading',
    '│  └─ 2026-03-01 00:00:10: 12.5 mg/m3, received 2026-03-01 00:00:10',
  ]);
  expect(out).toContain('├─ red: ✗ false');
  expect(out).toMatch(/✓ value >= limits\.\w+ {2}true {3}\(value = 12\.5, limits\.\w+ = 10\)/);
  expect(out).toContain('from rule; GB/T 50493-2019');
  expect(out).toContain('(not verified)');
  expect(out).toContain('timers: idle → active since 2026-03-01 00:00:10');
  expect(out).toContain('the rule in the book has the version that decided');
});

/** The same device with another sensor. */
const deviceOf = (quantity: string, unit: string, kind: string, position: string, period: number) =>
  DeviceRegistration.parse({
    ...device,
    sensors: [{ sensorId: 'one', quantity, unit, position, period, sourceId: 'tank', tags: [] }],
    sources: device.sources.map((source) => ({ ...source, kind })),
  });

test('a switch has no unit, and a deadline that is yet to come is due', async () => {
  const { out } = await explain(
    last(
      [
        [0, true],
        [10, false],
      ],
      undefined,
      deviceOf('fan-state', '1', 'main-fan', 'main-fan', 10_000),
    ),
  );
  expect(out).toContain('└─ 2026-03-01 00:00:10: false, received');
  expect(out).toMatch(/timers: idle → pending since 2026-03-01 00:00:10, due 2026-03-01 00:10:40/);
});

test('a limit of a rate is told in its own unit', async () => {
  const house = deviceOf('settlement', 'mm', 'pit-neighbour', 'building', 21_600_000);
  const { out } = await explain(
    last(
      [0, 1, 2, 3].map((i): Said => [i * 21_600, i * 0.5]),
      undefined,
      house,
    ),
  );
  expect(out).toContain('limits.warn = 2 mm/d ');
  expect(out).toContain('limits.share = 0.7 ');
});

test('in Chinese all words but names are Chinese', async () => {
  const { out } = await explain(
    last([
      [0, 1],
      [10, 12.5],
    ]),
    '--lang',
    'zh',
    '--zone',
    'Asia/Shanghai',
  );
  expect(out).toMatch(/^报警 orange: .*\p{Script=Han}/u);
  expect(out).toContain('├─ 时间 2026-03-01 08:00:10 Asia/Shanghai, 判定 2026-03-01 08:00:10');
  expect(out).toContain('触发条件');
  expect(out).not.toMatch(/raises when|timers|because/);
});

test('with the registration it says whether replaying gives the same bytes', async () => {
  const record = last([
    [0, 1],
    [10, 12.5],
  ]);
  const inventory = await folder.put('devices.json', JSON.stringify([device]));
  expect((await explain(record)).out).toContain('not replayed: give --inventory');
  const same = await explain(record, '--inventory', inventory);
  expect(same.out).toContain('replayed: the same bytes');
  expect(same.code).toBe(0);
  const forged = record.replace('"change":"raised"', '"change":"severity-up"');
  const differs = await explain(forged, '--inventory', inventory);
  expect(differs.out).toContain('replayed: something differs');
  expect(differs.code).toBe(1);
});

test('silence, quality, late and held are told in words', async () => {
  expect((await explain(last([[0, 1]], 100))).out).toContain('because of silence of the sensor');
  const held = await explain(
    last([
      [0, 1],
      [10, 25, 'calibrating'],
    ]),
  );
  expect(held.out).toContain('held: the sensor says that it is being worked on');
  expect(held.out).toContain('what the rule does with this quality: hold');
  expect(
    (
      await explain(
        last([
          [0, 1],
          [60, 1],
          [30, 25],
        ]),
      )
    ).out,
  ).toContain('late: older than what had been evaluated');
  const fault = await explain(
    drafts([
      [0, 12],
      [10, undefined, 'fault'],
    ]).find(({ change }) => change === 'stale')?.because ?? '',
  );
  expect(fault.out).toMatch(/\? value >= .* unknown/);
  expect(fault.out).toContain('no value of value');
  expect(fault.out).toContain('unknown: value: quality fault');
});

test('an alert on data says what caused it', async () => {
  const fault = drafts([
    [0, 1],
    [10, undefined, 'fault'],
  ]).find(({ ruleId }) => ruleId === 'data.fault');
  const { out } = await explain(fault?.because ?? '');
  expect(out).toContain('raised yellow   data.fault / gas');
  expect(out).toContain('built into the engine');
});

test('fields that nobody knows yet are shown as they are, under inputs', async () => {
  const record = JSON.parse(
    last([
      [0, 1],
      [10, 12.5],
    ]),
  );
  const { out, code } = await explain(
    JSON.stringify({ ...record, windows: [{ avg: 3.25 }], input: { ...record.input, more: 1 } }),
  );
  expect(code).toBe(0);
  expect(out).toContain('├─ inputs\n│  ├─ more: 1\n│  └─ windows: [{"avg":3.25}]');
});

test('a rule of another version, or of no book, is said to be so', async () => {
  const record = JSON.parse(
    last([
      [0, 1],
      [10, 12.5],
    ]),
  );
  const other = await explain(JSON.stringify({ ...record, ruleVersion: '0123456789abcdef' }));
  expect(other.out).toMatch(/the rule has changed since; .* \(0123456789abcdef → [0-9a-f]{16}\)/);
  const none = await explain(JSON.stringify({ ...record, rule: 'chemical.gone' }));
  expect(none.out).toContain('the book has no such rule; only what was recorded can be told');
  expect(none.out).toContain('orange: ✓ true');
});

test('of an alert the newest transition is explained, or the one that is asked for', async () => {
  const transitions = drafts([
    [0, 1],
    [10, 12.5],
    [20, 25],
  ]).map(({ because }, i) => ({ version: i + 1, because: JSON.parse(because) }));
  const acknowledged = { version: 3, change: 'acknowledged' };
  const alert = JSON.stringify({
    alertId: 'x',
    subject: { kind: 'sensor', id: 'plant-1/gas' },
    transitions: [...transitions, acknowledged],
  });
  const newest = await explain(alert);
  expect(newest.out).toMatch(/^#2 severity up red/);
  expect(newest.out).toContain('other transitions with a record: --transition 1');
  expect((await explain(alert, '--transition', '1')).out).toMatch(/^#1 raised orange/);
  const missing = await explain(alert, '--transition', '3');
  expect(missing.remarks).toContain('no transition 3; those with a record are 1, 2');
  expect(missing.code).toBe(2);
});

test('--json gives the same as data', async () => {
  const { out } = await explain(
    last([
      [0, 1],
      [10, 12.5],
    ]),
    '--json',
  );
  const json = JSON.parse(out);
  expect(json).toMatchObject({ book: 'same', replay: 'not-tried', record: { change: 'raised' } });
  expect(json.severities[0].when).toMatchObject({
    verdict: true,
    operands: [{ text: 'value', value: 12.5 }, { value: 10 }],
  });
});

test('an alert comes out of the store with its transitions', async () => {
  await expect(
    alertFrom(
      memoryAlertStore(memoryState(), () => undefined),
      'unknown-alert',
    ),
  ).rejects.toThrow('there is no alert unknown-alert');
});

test.each([
  ['{', 'is no JSON'],
  ['[]', 'is no decision record, transition or alert'],
  ['{"hello":1}', 'is no decision record: rule:'],
  ['{"because":"{"}', 'is no JSON'],
  ['{"transitions":[]}', 'none has a decision record'],
])('%j is refused with what is wrong', async (text, reason) => {
  const { remarks, code } = await explain(text);
  expect(remarks).toContain(reason);
  expect(code).toBe(2);
});

test('a file that is not there, and a transition that is no number, are wrong usage', async () => {
  expect(await tocsin('rules', 'explain', 'nowhere.json')).toMatchObject({
    remarks: 'nowhere.json: cannot be read',
    code: 2,
  });
  expect((await tocsin('rules', 'explain', 'not an id!')).remarks).toContain(
    'is no file and no id of an alert',
  );
  expect((await explain('{}', '--transition', 'last')).remarks).toContain(
    '--transition last: must be the number',
  );
});
