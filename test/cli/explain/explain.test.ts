import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';
import { device, deviceOf, drafts, last, type Said } from '../../support/cli/told-by-engine.ts';

const folder = tempFolder();
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
