import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copySixRules } from '../../support/cli/six-rules.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();
const data = 'sensors-sim/data/beijing-pm25-30-days.csv';
const rule = 'construction/dust.pm25.yaml';

/** The book that is tried. */
let now: string;
beforeEach(async () => {
  now = join(folder.path(), 'now');
  await copySixRules(now);
});

/** The same rules with the first blue limit at another value. */
async function rulesWithBlueAt(limit: number): Promise<string> {
  const rules = join(folder.path(), 'rules');
  await copySixRules(rules);
  const text = await readFile(join(rules, rule), 'utf8');
  expect(text).toContain('value: 75');
  await writeFile(join(rules, rule), text.replace('value: 75', `value: ${limit}`));
  return rules;
}

const tried = (book: string, ...words: string[]) =>
  tocsin('rules', 'backtest', data, '--zone', '+08:00', '--rules', book, ...words);

const backtest = (...words: string[]) => tried(now, ...words);

test('a month of real readings against an older book: the differences in a table, by rule and enterprise', async () => {
  const old = await rulesWithBlueAt(90);
  const { out, code } = await backtest('--against', old, '--fail-on', 'removed,later,milder');
  expect(out).toContain('720 readings in 720 messages, 2010-03-22 00:00:00 to 2010-04-20 23:00:00 +08:00');
  expect(out).toMatch(/^rule +enterprise +old +new +added +removed +earlier +later +graver +milder +same$/m);
  expect(out).toMatch(/^construction\.dust\.pm25 +csv +21 +20 +5 +0 +9 +0 +0 +0 +6$/m);
  expect(code).toBe(0);
});

test('--fail-on exits with 1 when there is such a difference', async () => {
  const old = await rulesWithBlueAt(90);
  const failing = await backtest('--against', old, '--fail-on', 'added');
  expect(failing.code).toBe(1);
  expect(failing.remarks).toContain('5 alerts added: --fail-on');
  expect((await tried(old, '--against', now, '--fail-on', 'removed')).code).toBe(1);
  expect((await backtest('--against', now, '--fail-on', 'any')).code).toBe(0);
});

test('--json gives both books, the rows and every match as data', async () => {
  const old = await rulesWithBlueAt(90);
  const { out } = await backtest('--against', old, '--json');
  const json = JSON.parse(out);
  expect(json.against).not.toBe(json.book);
  expect(
    json.matches.filter(({ differences }: { differences: string[] }) => differences.includes('added')),
  ).toHaveLength(5);
});

test('a book.json stands for its folder', async () => {
  const { out } = await backtest('--against', join(now, 'book.json'));
  expect(out).toContain('0 differences in 26 alerts');
});

test('a book with findings is not tried, and its findings are told', async () => {
  const old = await rulesWithBlueAt(90);
  await writeFile(join(old, rule), 'id: nothing');
  const { remarks, code } = await backtest('--against', old);
  expect(code).toBe(2);
  expect(remarks).toContain('a book with findings is not tried');
});

test('the report is one page that needs no script and no network, with a chart for the sensor and both languages', async () => {
  const file = join(folder.path(), 'report.html');
  const { remarks, code } = await backtest('--against', await rulesWithBlueAt(90), '--report', file);
  expect(remarks).toContain(`report: ${file}`);
  expect(code).toBe(0);
  const html = await readFile(file, 'utf8');
  expect(/<script|(?:src|href)=|@import|url\((?!#)/.exec(html)).toBeNull();
  // Quotes of a font name inside an attribute would end it.
  expect(/style="[^"]*"[A-Za-z]/.exec(html)).toBeNull();
  expect(html.match(/https?:\/\/[^"'\s<]+/g)?.filter((url) => !url.startsWith('http://www.w3.org/'))).toEqual(
    [],
  );
  expect(html.match(/<svg/g)).toHaveLength(1);
  const has = (text: string): boolean => html.includes(text);
  expect(has('工地细颗粒物超限 · Fine dust at a construction site')).toBe(true);
  expect(has('red: value &gt;= limits.red')).toBe(true);
  expect(has('<td class="number">240</td>')).toBe(true);
  expect(has('construction.dust.pm25 · old')).toBe(true);
  expect(html.length).toBeLessThan(300_000);
});

test('--records writes what explain reads', async () => {
  const file = join(folder.path(), 'records.ndjson');
  await backtest('--records', file);
  const [, second = ''] = (await readFile(file, 'utf8')).split('\n');
  const record = await folder.put('record.json', second);
  const { out, code } = await tocsin('rules', 'explain', record, '--zone', '+08:00');
  expect(code).toBe(0);
  expect(out).toContain('✓ value >= limits.red  true   (value = 315, limits.red = 250)');
});
