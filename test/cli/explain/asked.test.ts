import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();

const rule = `id: chemical.h2s.mean
title: { zh: 硫化氢均值, en: Mean of hydrogen sulfide while the fan stands }
trade: chemical
standard: { id: site value, clause: test, verified: false }
select: { quantity: h2s }
unit: mg/m3
sensors: { fan: { quantity: fan-state } }
limits: { alarm: { value: 10, tighter: lower } }
severities:
  orange: { when: 'avg("1m") >= limits.alarm && !sensor("fan").value', clear: avg("1m") < limits.alarm && value < limits.alarm, response: { consequence: { zh: 中毒, en: Poisoning }, cause: { zh: 泄漏, en: A leak }, action: { zh: 撤离, en: Leave }, within: 5m } }
silent: off
notEvaluable: yellow
advice: { zh: 撤离, en: Leave }
`;

test('windows and other sensors: each clause with the figure that it was told, and what the window held', async () => {
  const rules = join(folder.path(), 'rules');
  await mkdir(join(rules, 'chemical'), { recursive: true });
  await writeFile(join(rules, 'chemical/h2s.mean.yaml'), rule);
  const rows = Array.from(
    { length: 13 },
    (_, i) => `2026-03-01T00:0${Math.floor(i / 6)}:${(i % 6) * 10 || '00'}Z,${i < 6 ? 4 : 20},${i < 3}`,
  );
  const csv = await folder.put('gas.csv', `time,h2s,fan-state\n${rows.join('\n')}\n`);
  const records = join(folder.path(), 'records.ndjson');
  const ran = await tocsin('rules', 'backtest', csv, '--rules', rules, '--records', records, '--json');
  expect(ran.remarks).not.toContain('finding');
  expect(JSON.parse(ran.out).alerts).toMatchObject([{ ruleId: 'chemical.h2s.mean', peak: 'orange' }]);
  await cp(records, join(folder.path(), 'record.json'));
  const { out, code } = await tocsin(
    'rules',
    'explain',
    join(folder.path(), 'record.json'),
    '--rules',
    rules,
  );
  expect(code).toBe(0);
  expect(out).toMatch(
    /✓ avg\("1m"\) >= limits\.alarm {2}true {3}\(avg\("1m"\) = 1[\d.]+, limits\.alarm = 10\)/,
  );
  expect(out).toMatch(/✗ sensor\("fan"\)\.value {2}false/);
  expect(out).toMatch(/window\("1m"\): 6 readings, 2026-03-01 00:00:\d\d to 2026-03-01 00:0\d:\d\d/);
});
