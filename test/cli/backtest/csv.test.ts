import { join } from 'node:path';
import { copySixRules } from '../../support/cli/six-rules.ts';
import { tempFolder, tocsin } from '../../support/cli/temp-folder.ts';

const folder = tempFolder();

let rules: string;
beforeEach(async () => {
  rules = join(folder.path(), 'rules');
  await copySixRules(rules);
});

/** A CSV of one gas sensor; 25 %LEL is orange, 50 red. */
const backtest = async (csv: string | Uint8Array, ...words: string[]) => {
  const file = await folder.put('readings.csv', csv);
  const ran = await tocsin('rules', 'backtest', file, '--json', '--rules', rules, ...words);
  const json = ran.out === '' ? undefined : JSON.parse(ran.out);
  return { ...ran, file, json };
};

const peaks = (json: { alerts: { ruleId: string; peak: string }[] }) =>
  json.alerts.map(({ ruleId, peak }) => `${ruleId} ${peak}`);

const dust = 'construction.dust.pm25';

test('a CSV whose columns have the names of quantities needs no more than a zone', async () => {
  const { json, code, remarks } = await backtest(
    'time,pm2.5\n2026-01-01 00:00,20\n2026-01-01 01:00,80\n',
    '--zone',
    '+08:00',
  );
  expect(code).toBe(0);
  expect(peaks(json)).toEqual([`${dust} blue`]);
  expect(json.alerts[0].from).toBe(Date.UTC(2025, 11, 31, 17));
  expect(remarks).toContain('assumed: column pm2.5 is pm2.5 in ug/m3 at a construction-site, every 3600 s');
});

test.each([
  ['semicolons and decimal commas', 'time;pm2.5\n2026-01-01T00:00Z;20\n2026-01-01T01:00Z;80,5\n'],
  ['tabs', 'time\tpm2.5\n2026-01-01T00:00Z\t20\n2026-01-01T01:00Z\t80.5\n'],
  ['a byte order mark', '\ufefftime,pm2.5\n2026-01-01T00:00Z,20\n2026-01-01T01:00Z,80.5\n'],
  ['line ends of Windows and no last one', 'time,pm2.5\r\n2026-01-01T00:00Z,20\r\n2026-01-01T01:00Z,80.5'],
  [
    'quotes around cells',
    '"time","pm2.5","note"\n2026-01-01T00:00Z,20,"a, ""b"""\n2026-01-01T01:00Z,"80.5","two\nlines"\n',
  ],
  ['seconds since 1970', 'ts,PM2.5 (ug/m3)\n1767225600,20\n1767229200,80.5\n'],
  ['cells year, month, day, hour', 'year,month,day,hour,pm2.5\n2026,1,1,0,20\n2026,1,1,1,80.5\n'],
])('%s are read', async (_, csv) => {
  const { json, code } = await backtest(csv, '--zone', 'UTC');
  expect(code).toBe(0);
  expect(json.alerts).toMatchObject([{ from: Date.UTC(2026, 0, 1, 1), steps: [{ value: 80.5 }] }]);
});

test('times without a zone are refused with their line, and those with one are used', async () => {
  const { json, remarks, code, file } = await backtest(
    'time,pm2.5\n2026-01-01T00:00Z,20\n2026-01-01 01:00,80\n2026-01-01T02:00Z,90\n',
  );
  expect(code).toBe(1);
  expect(remarks).toContain(`${file}:3:1  time: "2026-01-01 01:00" says no time zone`);
  expect(remarks).toContain('fix: say which clock it was: --zone +08:00, or --zone Asia/Shanghai');
  expect(json.history.readings).toBe(2);
});

test('everything that is wrong is told at once with its line, and the neighbours are used', async () => {
  const csv = [
    'time,pm2.5',
    '2026-01-01T00:00Z,20',
    '2026-13-01T00:00Z,20',
    '2026-02-30T00:00Z,20',
    '1803-01-01T00:00Z,20',
    '2026-01-01T01:00Z,much',
    '2026-01-01T02:00Z,20,7',
    '2026-01-01T03:00Z,80',
    '2026-01-01T04:00Z,"80',
  ].join('\n');
  const { json, remarks, code } = await backtest(csv);
  expect(code).toBe(1);
  expect(
    json.findings.map(({ line, message }: { line: number; message: string }) => `${line} ${message}`),
  ).toEqual([
    '3 "2026-13-01T00:00Z" is no time',
    '4 "2026-02-30T00:00Z" is no time',
    '5 "1803-01-01T00:00Z" is no time between 1980 and 2100',
    '6 "much" is no pm2.5',
    '7 has 3 cells, the header 2',
    '9 a quote is never closed',
  ]);
  expect(remarks).toContain('6 findings in the history; the rest was used');
  expect(peaks(json)).toEqual([`${dust} blue`]);
});

test('--tolerate lets findings be told and the exit code be 0', async () => {
  const { code, remarks } = await backtest(
    'time,pm2.5\n2026-01-01T00:00Z,x\n2026-01-01T01:00Z,80\n',
    '--tolerate',
  );
  expect(code).toBe(0);
  expect(remarks).toContain('is no pm2.5');
});

test('a thousand lines of one trouble are told once, with their number', async () => {
  const rows = Array.from({ length: 1_000 }, () => '2026-01-01 01:00,80').join('\n');
  const { remarks } = await backtest(`time,pm2.5\n${rows}\n`);
  expect(remarks.match(/says no time zone/g)).toHaveLength(5);
  expect(remarks).toContain('and 995 more lines like it, the last at line 1001');
});

test('NA is a fault of the instrument, --missing gap takes it for nothing; an empty cell is nothing', async () => {
  const csv = (cell: string) =>
    `time,pm2.5\n2026-01-01T00:00Z,20\n2026-01-01T01:00Z,${cell}\n2026-01-01T02:00Z,20\n`;
  expect(peaks((await backtest(csv('NA'))).json)).toEqual(['data.fault yellow']);
  expect(peaks((await backtest(csv('NA'), '--missing', 'gap')).json)).toEqual([]);
  expect(peaks((await backtest(csv(''))).json)).toEqual([]);
});

test('a long gap is a silence', async () => {
  const { json } = await backtest(
    'time,pm2.5\n2026-01-01T00:00Z,20\n2026-01-01T01:00Z,20\n2026-01-01T02:00Z,20\n2026-01-01T09:00Z,20\n',
  );
  expect(json.alerts[0].steps[0]).toMatchObject({ trigger: 'silence', at: Date.UTC(2026, 0, 1, 5) });
});

test('rows out of order are sorted, and it is said', async () => {
  const { json, remarks, code } = await backtest(
    'time,pm2.5\n2026-01-01T02:00Z,90\n2026-01-01T00:00Z,20\n2026-01-01T01:00Z,20\n',
  );
  expect(code).toBe(0);
  expect(remarks).toContain('rows are not in order of time (first at line 3); they were sorted');
  expect(json.alerts).toMatchObject([{ from: Date.UTC(2026, 0, 1, 2), steps: [{ marks: [] }] }]);
});

test('of two values of one time the graver counts, and it is said', async () => {
  const { json, remarks } = await backtest(
    'time,pm2.5\n2026-01-01T00:00Z,20\n2026-01-01T01:00Z,300\n2026-01-01T01:00Z,20\n',
  );
  expect(remarks).toContain('1 row has the time of another one (first at line 4); the graver value counts');
  expect(peaks(json)).toEqual([`${dust} red`]);
});

test('several columns are sensors of one device; quality has a column of its own', async () => {
  const csv = 'time,h2s,co_raw,state\n2026-01-01T00:00Z,12,30,good\n2026-01-01T00:01Z,12,30,fault\n';
  const { json } = await backtest(csv, '--quality', 'state');
  expect(
    json.alerts.map(({ sensorId, ruleId }: { sensorId: string; ruleId: string }) => `${sensorId} ${ruleId}`),
  ).toEqual(['h2s chemical.toxic-gas.h2s', 'h2s data.fault']);
});

test('--column says what a column is', async () => {
  const { json } = await backtest(
    'time,AI-7\n2026-01-01T00:00Z,12\n',
    '--column',
    'value=AI-7:quantity=h2s,sensor=gas-7',
  );
  expect(json.alerts).toMatchObject([{ sensorId: 'gas-7', ruleId: 'chemical.toxic-gas.h2s' }]);
});

test.each([
  ['', 'is empty'],
  ['time\n2026-01-01T00:00Z\n', 'is no header of a CSV'],
  ['1,2\n3,4\n', 'the first line must name the columns'],
  ['when,pm2.5\n1,2\n', 'no column is named time; the file has when, pm2.5'],
  ['time,dew\n2026-01-01T00:00Z,2\n', 'no column has the name of a quantity'],
  ['time,oxygen\n2026-01-01T00:00Z,2\n', 'no rule watches oxygen; the book has rules for'],
  ['PK\u0003\u0004,xl', 'is a ZIP archive or an Excel workbook, no CSV'],
])('%j is refused with what helps', async (csv, reason) => {
  const { remarks, code } = await backtest(csv);
  expect(remarks).toContain(reason);
  expect(code).toBe(2);
});

test.each([
  [['--zone', 'Mars/Olympus'], '--zone Mars/Olympus: write +08:00'],
  [['--column', 'value=pm2.5:quantitty=pm2.5'], 'did you mean quantity?'],
  [['--column', 'value=pm25:quantity=pm2.5'], 'did you mean "pm2.5"?'],
  [['--column', 'value=pm2.5:quantity=pm25'], 'no quantity "pm25"; did you mean pm2.5?'],
  [['--fail-on', 'worse'], '"worse" is none of added'],
  [['--fail-on', 'any'], 'needs a book to compare with'],
  [['--against', 'nowhere.json'], 'nowhere.json: there is no such folder of rules or book.json'],
])('%j is wrong usage', async (words, reason) => {
  const { remarks, code } = await backtest('time,pm2.5\n2026-01-01T00:00Z,20\n', ...words);
  expect(remarks).toContain(reason);
  expect(code).toBe(2);
});

test('bytes that are not UTF-8 cost their line only', async () => {
  const bytes = Buffer.concat([
    Buffer.from('time,pm2.5,place\n2026-01-01T00:00Z,20,a\n2026-01-01T01:00Z,300,'),
    Buffer.from([0xb3, 0xa4]),
    Buffer.from('\n2026-01-01T02:00Z,80,b\n'),
  ]);
  const { json, remarks, code } = await backtest(bytes);
  expect(code).toBe(1);
  expect(remarks).toMatch(/readings\.csv:3:1 {2}-: the line is not UTF-8/);
  expect(remarks).toContain('iconv -f GB18030');
  expect(peaks(json)).toEqual([`${dust} blue`]);
});

test('the rules that come with the product say the place, not those on the quality of data, which watch anywhere', async () => {
  const csv = 'time,pm2.5,h2s\n2026-01-01T00:00Z,20,1\n2026-01-01T01:00Z,80,1\n';
  const file = await folder.put('readings.csv', csv);
  const { out, remarks, code } = await tocsin('rules', 'backtest', file, '--json');
  expect(remarks).toMatch(
    /pm2\.5 is pm2\.5 in ug\/m3 at a construction-site, .*; watched by .*data\.flat-line/,
  );
  expect(peaks(JSON.parse(out))).toEqual([`${dust} blue`]);
  expect(code).toBe(0);
});
