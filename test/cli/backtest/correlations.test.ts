import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archivedValue, archiveStart, inventoryDevice } from '../../support/cli/archived.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();
const start = archiveStart;
const rule = 'gas.leak.several-detectors';

/** A detector in the gas compartment `sourceId`. */
const registration = (deviceId: string, sourceId: string) =>
  inventoryDevice(
    deviceId,
    'ent',
    { sensorId: 'lel', quantity: 'combustible-gas', unit: '%{LEL}' },
    { sourceId, kind: 'gas-compartment', trade: 'gas' },
  );

const lineOf = (device: string, s: number, value: number): string => archivedValue(device, 'lel', s, value);

/** Gas at one detector from 100 s to 190 s, and at the other from 160 s to the end. */
const lines = Array.from({ length: 81 }, (_, i) => i * 10).flatMap((s) => [
  lineOf('a', s, s >= 100 && s < 190 ? 30 : 5),
  lineOf('b', s, s >= 160 ? 30 : 5),
]);

async function backtest(sources: readonly [string, string], ...words: string[]) {
  const devices = [registration('a', sources[0]), registration('b', sources[1])];
  const inventory = await folder.put('inventory.json', JSON.stringify(devices));
  const archive = await folder.put('archive.ndjson', lines.map((line) => `${line}\n`).join(''));
  return tocsin('rules', 'backtest', archive, '--inventory', inventory, ...words);
}

test('two detectors of one source are a correlation too: raised with the second, over when one has been over', async () => {
  const { out } = await backtest(['compartment', 'compartment'], '--json');
  const { alerts, rows } = JSON.parse(out);
  const [leak, ...more] = alerts.filter(({ ruleId }: { ruleId: string }) => ruleId === rule);
  expect(more).toEqual([]);
  expect(leak).toMatchObject({
    deviceId: 'source',
    sensorId: 'compartment',
    enterpriseId: 'ent',
    peak: 'red',
    from: start + 160_000,
    // The first is clear for 30 s at 220 s and counts five minutes more; then the pattern is gone for a minute.
    until: start + 580_000,
  });
  expect(rows).toContainEqual(expect.objectContaining({ ruleId: rule, enterpriseId: 'ent', alerts: 1 }));
});

test('detectors of two sources are none', async () => {
  const { out } = await backtest(['east', 'west'], '--json');
  expect(JSON.parse(out).rows.map(({ ruleId }: { ruleId: string }) => ruleId)).not.toContain(rule);
});

test('the table, the report and the records have it', async () => {
  const report = join(folder.path(), 'report.html');
  const records = join(folder.path(), 'records.ndjson');
  const words = ['--all', '--report', report, '--records', records];
  const { out } = await backtest(['compartment', 'compartment'], ...words);
  expect(out).toMatch(/^gas\.leak\.several-detectors +ent +1 +1 red +0$/m);
  expect(out).toContain(`${rule} on source/compartment: red 2026-03-01 00:02:40, until 2026-03-01 00:09:40`);
  expect(await readFile(report, 'utf8')).toMatch(
    /<h2>关联报警.*gas\.leak\.several-detectors.*source compartment/s,
  );
  const told = (await readFile(records, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const own = told.filter(({ because }) => JSON.parse(because).rule === rule);
  expect(own.map(({ change, subject }) => [change, subject.id])).toEqual([
    ['raised', 'compartment'],
    ['recovered', 'compartment'],
  ]);
});
