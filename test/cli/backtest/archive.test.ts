import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { instant } from '../../../functions/domain/time.ts';
import { archiveLine } from '../../../functions/usecases/archive-messages.ts';
import { archivedValue, archiveStart, inventoryDevice } from '../../support/cli/archived.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();
const start = archiveStart;

const registration = (deviceId: string) =>
  inventoryDevice(
    deviceId,
    `ent-${deviceId}`,
    { sensorId: 'gas', quantity: 'h2s', unit: 'mg/m3' },
    { sourceId: 'tank', kind: 'tank-farm', trade: 'chemical' },
  );

const lineOf = (device: string, s: number, value: number): string => archivedValue(device, 'gas', s, value);

const canary = (s: number): string =>
  archiveLine({
    id: `canary-${s}`,
    topic: 'tocsin/v1/-/canary',
    clientId: 'n/a',
    principal: 'https',
    receivedAt: instant(start + s * 1000),
    data: Buffer.from(JSON.stringify({ at: start + s * 1000 })).toString('base64'),
  });

/** Every 10 s from `from` to `to`, one value. */
const calm = (device: string, from: number, to: number, value = 1): string[] =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, i) => lineOf(device, from + i * 10, value));

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

async function put(name: string, data: string | Uint8Array): Promise<string> {
  const path = join(folder.path(), 'archive', name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, data);
  return path;
}

async function backtest(devices: readonly string[], ...words: string[]) {
  const inventory = await folder.put('inventory.json', JSON.stringify(devices.map(registration), null, 1));
  const path = join(folder.path(), 'archive');
  const ran = await tocsin('rules', 'backtest', path, '--inventory', inventory, '--json', ...words);
  return { ...ran, json: ran.out === '' ? undefined : JSON.parse(ran.out) };
}

const seconds = (json: { alerts: { from: number; deviceId: string; peak: string }[] }) =>
  json.alerts.map(({ deviceId, from, peak }) => `${deviceId} ${peak} ${(from - start) / 1000}`);

test('objects of the archive are read in order of their time, whatever folder they lie in', async () => {
  await put('day=2026-03-01/stream-2-2026-03-01-00-05-00-b.gz', gzipSync(text(calm('a', 310, 400, 25))));
  await put('day=2026-03-01/stream-10-2026-03-01-00-00-00-a.gz', gzipSync(text(calm('a', 0, 300))));
  const { json, code, remarks } = await backtest(['a']);
  expect(code).toBe(0);
  expect(remarks).toMatch(/^41 readings evaluated, [\d,]+ a second$/m);
  expect(seconds(json)).toEqual(['a red 310']);
  expect(json.alerts[0].steps[0].marks).toEqual([]);
});

test('lines out of order, as parallel functions write them, and repeats change nothing', async () => {
  const lines = [...calm('a', 0, 300), ...calm('a', 310, 400, 25)];
  await put('x.gz', gzipSync(text([...lines.toReversed(), ...lines])));
  const { json } = await backtest(['a']);
  expect(seconds(json)).toEqual(['a red 310']);
  expect(json.history).toMatchObject({ readings: 41, duplicates: 41 });
});

test('an object that was cut gives everything before the cut, says so, and its absence is no silence', async () => {
  // Noise, so that compressing leaves something to cut.
  const noise = Array.from({ length: 300 }, (_, i) => lineOf('a', i * 10, ((i * 7919) % 1000) / 200));
  const whole = gzipSync(text(noise));
  await put('2026-03-01-00-00-00.gz', whole.subarray(0, Math.floor(whole.length * 0.7)));
  await put('2026-03-01-00-50-00.gz', gzipSync(text(calm('a', 3_000, 3_100, 25))));
  const { json, remarks, code } = await backtest(['a']);
  expect(code).toBe(1);
  const used = Number(
    /is cut in the middle of its gzip data; the (\d+) whole lines before were used/.exec(remarks)?.[1],
  );
  expect(used).toBeGreaterThan(180);
  expect(remarks).toContain(`2026-03-01-00-00-00.gz:${used + 1}:1`);
  expect(json.history.readings).toBe(used + 11);
  expect(seconds(json)).toEqual(['a red 3000']);
});

test('damaged bytes in an object are told, and the other objects are used', async () => {
  const whole = gzipSync(
    text(Array.from({ length: 300 }, (_, i) => lineOf('a', i * 10, ((i * 7919) % 1000) / 200))),
  );
  whole.fill(0xff, 600, 700);
  await put('2026-03-01-00-00-00.gz', whole);
  await put('2026-03-01-01-00-00.gz', gzipSync(text(calm('a', 3_600, 3_700, 25))));
  const { json, remarks, code } = await backtest(['a']);
  expect(code).toBe(1);
  expect(remarks).toContain('has damaged gzip data');
  expect(seconds(json)).toContain('a red 3600');
});

test('lines that are no JSON, no message or of another format are told with their place, and the rest is used', async () => {
  await put('a.ndjson', text([lineOf('a', 0, 1), '{"id": "cut', '{"hello":1}', lineOf('a', 10, 25)]));
  await put('b.csv', 'time,h2s\n2026-03-01T00:00Z,1\n');
  await put('c.zip', 'PK\u0003\u0004');
  await put('d.gz', '');
  await put('.hidden', 'nothing');
  const { json, remarks, code } = await backtest(['a']);
  expect(code).toBe(1);
  expect(remarks).toContain('a.ndjson:2:1  -: the line is no JSON');
  expect(remarks).toContain('a.ndjson:3:1  -: the line is no message: it is neither an envelope');
  expect(remarks).toContain('b.csv:1:1  -: the line is no JSON');
  expect(remarks).toContain('c.zip:1:1  -: is a ZIP archive or an Excel workbook, no archive');
  expect(remarks).toContain('d.gz:1:1  -: is empty');
  expect(remarks).toContain('6 findings in the history');
  expect(seconds(json)).toEqual(['a red 10']);
});

test('what production would quarantine is quarantined, counted by reason and no finding', async () => {
  const spoof = lineOf('a', 10, 99).replace('"clientId":"a"', '"clientId":"b"');
  await put('a.gz', gzipSync(text([lineOf('a', 0, 1), spoof, lineOf('ghost', 20, 99), lineOf('a', 20, 1)])));
  const { json, remarks, code } = await backtest(['a']);
  expect(code).toBe(0);
  expect(
    json.history.quarantined.map(
      ({ reason, count }: { reason: string; count: number }) => `${count} ${reason}`,
    ),
  ).toEqual(['1 identity-mismatch', '1 device-unregistered']);
  expect(remarks).toMatch(/quarantined, as in production: 1 × device-unregistered, the first at .*a\.gz:3/);
  expect(json.alerts).toEqual([]);
});

test('silence is found at its own time, of devices that were heard at all', async () => {
  await put('a.gz', gzipSync(text([...calm('a', 0, 100), ...calm('b', 0, 300)])));
  const { json, remarks } = await backtest(['a', 'b', 'c', 'd']);
  expect(json.alerts).toMatchObject([
    { deviceId: 'a', from: start + 130_000, steps: [{ trigger: 'silence' }] },
  ]);
  expect(remarks).toContain('2 registered devices sent nothing in this history and are left out: c, d');
});

test('with canaries in the archive their watermark proves absence, as in production', async () => {
  const canaries = (from: number, to: number) =>
    Array.from({ length: (to - from) / 5 + 1 }, (_, i) => canary(from + i * 5));
  const heard = [...calm('a', 0, 100), ...calm('a', 400, 500)];
  await put('a.gz', gzipSync(text([...heard, ...canaries(0, 500)])));
  expect((await backtest(['a'])).json.alerts).toMatchObject([{ from: start + 130_000 }]);
  await put('a.gz', gzipSync(text([...heard, ...canaries(0, 100), ...canaries(400, 500)])));
  expect((await backtest(['a'])).json.alerts).toEqual([]);
});

test('an archive without an inventory is refused with what helps', async () => {
  const file = await folder.put('a.ndjson', text([lineOf('a', 0, 1)]));
  const { remarks, code } = await tocsin('rules', 'backtest', file);
  expect(remarks).toContain('say what they are: --inventory <file.json>');
  expect(code).toBe(2);
});

test.each([
  ['{', 'is no JSON'],
  ['{}', 'an inventory is an array of registrations'],
  ['[{"deviceId":"a"}]', 'holds no registration that can be read'],
])('inventory %j is refused', async (json, reason) => {
  const file = await folder.put('a.ndjson', text([lineOf('a', 0, 1)]));
  const inventory = await folder.put('inventory.json', json);
  const { remarks, code } = await tocsin('rules', 'backtest', file, '--inventory', inventory);
  expect(remarks).toContain(reason);
  expect(code).toBe(2);
});

test('a bad entry of the inventory is told with its line, the others are used', async () => {
  await put('a.gz', gzipSync(text(calm('a', 0, 50, 25))));
  const bad = { ...registration('b'), status: 'gone' };
  const inventory = await folder.put('inventory.json', JSON.stringify([registration('a'), bad], null, 1));
  const { remarks, code, out } = await tocsin(
    'rules',
    'backtest',
    join(folder.path(), 'archive'),
    '--inventory',
    inventory,
  );
  expect(code).toBe(1);
  expect(remarks).toMatch(/inventory\.json:\d+:1 {2}1\.status: Invalid option/);
  expect(out).toContain('chemical.toxic-gas.h2s  ent-a            1  1 red                 1');
});

test('a path that is not there, and a folder without files, are wrong usage', async () => {
  const { remarks, code } = await tocsin('rules', 'backtest', 'nowhere', '--inventory', 'x');
  expect(remarks).toBe('nowhere: cannot be read (ENOENT)');
  expect(code).toBe(2);
  expect((await tocsin('rules', 'backtest', folder.path())).remarks).toContain('the folder holds no file');
});
