import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditionWords } from '../../cli/docs/condition-words.ts';
import { packPages } from '../../cli/docs/pack-pages.ts';
import { ruleSection } from '../../cli/docs/rule-section.ts';
import { speaker } from '../../cli/docs/words.ts';
import { bundledRuleBook } from '../../functions/adapters/rule-book/bundled.ts';
import { RuleId } from '../../functions/domain/ids.ts';
import type { CorrelationRule } from '../../functions/domain/rules/correlation-rule.ts';
import type { Expression } from '../../functions/domain/rules/expression.ts';
import { duration, minutes } from '../../functions/domain/time.ts';
import { type RulesCopy, rulesCopy, tocsin } from '../support/cli/run.ts';
import { compare, input, limit, literal, ruleOf, valueIs } from '../support/engine/rules.ts';

test('docs/packs is what the rules give (npm run rules:build)', async () => {
  const pages = packPages(bundledRuleBook());
  expect((await readdir('docs/packs')).sort()).toEqual(pages.map(({ name }) => name).sort());
  for (const { name, text } of pages) expect(await readFile(join('docs/packs', name), 'utf8')).toBe(text);
});

describe('the command', () => {
  let copy: RulesCopy;
  let out: string;
  beforeEach(async () => {
    copy = await rulesCopy();
    out = await mkdtemp(join(tmpdir(), 'tocsin-'));
  });
  afterEach(async () => {
    await copy.done();
    await rm(out, { recursive: true });
  });

  test('writes a page a trade and language, and a list of them', async () => {
    const ran = await copy.rules('docs', '--out', join(out, 'deep'), '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out).written).toHaveLength(9);
    expect(await readFile(join(out, 'deep/gas.zh.md'), 'utf8')).toContain('燃气舱可燃气体超限');
  });

  test('writes nothing while there is a finding', async () => {
    await copy.edit('gas/combustible.compartment.yaml', 'trade: gas', 'trade: gaz');
    expect(await copy.rules('docs', '--out', out)).toMatchObject({
      code: 1,
      remarks: expect.stringContaining('nothing written'),
    });
    expect(await readdir(out)).toEqual([]);
  });

  test('teaches', async () => {
    for (const name of ['new', 'retire', 'docs'])
      expect(await tocsin(['rules', name, '--help'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('Example'),
      });
  });
});

const window = { lengthMs: minutes(10), backMs: duration(0), countMin: 1, functions: [] };
const rule = ruleOf({
  limits: { orange: limit(1), site: { tighter: 'lower', standard: 's', clause: 'c', verified: false } },
  windows: [window, { ...window, backMs: minutes(60), role: 'fan' }, { ...window, dayIn: 'Asia/Shanghai' }],
  roles: { fan: { quantity: 'fan-state' } },
});

const alarm = valueIs('ge', 'orange');
const conditions: readonly (readonly [Expression, string, string])[] = [
  [alarm, 'value ≥ `orange` (1)', '数值 ≥ `orange` (1)'],
  [compare('lt', input('limits.site'), { op: 'negate', of: literal(2) }), '`site` < (−2)', '`site` < （−2）'],
  [
    {
      op: 'and',
      left: alarm,
      right: { op: 'or', left: { op: 'not', of: input('sensor.fan.value') }, right: alarm },
    },
    'value ≥ `orange` (1) and ((not `fan`) or value ≥ `orange` (1))',
    '数值 ≥ `orange` (1) 且 （（非`fan`） 或 数值 ≥ `orange` (1)）',
  ],
  [
    { op: 'in', left: input('quality'), list: ['good', 'fault'] },
    'quality is one of good, fault',
    '质量状态 为 good、fault 之一',
  ],
  [
    compare(
      'gt',
      { op: 'window', fn: 'rate', window: 0, perMs: 3_600_000 },
      { op: 'absolute', of: literal(-2) },
    ),
    'rate of change per 1 h over 10 min > absolute value of -2',
    '最近 10 分钟的变化率（每 1 小时） > -2 的绝对值',
  ],
  [
    { op: 'window', fn: 'avg', window: 1 },
    'average of `fan` over the 10 min that ended 1 h earlier',
    '`fan` 截至 1 小时前的 10 分钟的平均值',
  ],
  [
    { op: 'window', fn: 'max', window: 2 },
    'greatest value of the day (Asia/Shanghai)',
    '当日（Asia/Shanghai）的最大值',
  ],
  [
    { op: 'willReach', window: 0, limit: input('limits.orange'), withinMs: 1_800_000 },
    'will reach `orange` (1) within 30 min (trend over 10 min)',
    '将在 30 分钟内达到 `orange` (1)（按 10 分钟趋势）',
  ],
  [
    {
      op: 'peers',
      how: 'atLeast',
      least: 2,
      quantity: 'methane',
      of: compare('ge', input('peer.value'), literal(1)),
    },
    'for at least 2 methane sensors of the device: its value ≥ 1',
    '本设备至少 2 个 methane 传感器满足：其数值 ≥ 1',
  ],
  [
    { op: 'least', of: [input('value'), input('limits.orange')] },
    'least known of (value, `orange` (1))',
    '已知者中最小（数值、`orange` (1)）',
  ],
];

test.each(conditions)('a condition is a sentence in both languages: %j', (of, en, zh) => {
  expect(conditionWords({ rule, ...speaker('en') }, of)).toBe(en);
  expect(conditionWords({ rule, ...speaker('zh') }, of)).toBe(zh);
});

test('a section says counting, opening hours, response, and what the site has to set', () => {
  const said = { zh: '中', en: 'words' };
  const full = {
    ...rule,
    limits: {
      orange: { ...limit(1), byGrade: { 1: 0.5 }, bySubstance: { '7783-06-4': 10 } },
      site: {
        tighter: 'lower' as const,
        standard: 's',
        clause: 'c',
        verified: false,
        ask: { zh: '矿方设定', en: 'the mine sets it' },
      },
    },
    severities: rule.severities.map((severity) => ({
      ...severity,
      times: { count: 3, withinMs: minutes(10), consecutive: true },
      schedule: {
        zone: 'Asia/Shanghai',
        windows: [{ days: [1, 6], fromMinute: 360, toMinute: 1320 }],
        holidays: ['2026-10-01'],
        onHolidays: 'closed' as const,
      },
      response: { consequence: said, cause: said, action: said, withinMs: minutes(5) },
    })),
  };
  const text = ruleSection(full, 'en');
  expect(text).toContain('1 (grade 1: 0.5; CAS 7783-06-4: 10)');
  expect(text).toContain('the mine sets it');
  expect(text).toContain(
    '3 times in a row within 10 min; Mon, Sat 06:00–22:00 (Asia/Shanghai); not on holidays',
  );
  expect(text).toContain(
    '**orange (II)**, act within 5 min\n\n* Consequence: words\n* Likely cause: words\n* Action: words',
  );
  expect(ruleSection(full, 'zh')).toContain(
    '10 分钟内连续 3 次；周一、周六 06:00–22:00 (Asia/Shanghai)；节假日不报',
  );
});

test.each<[CorrelationRule['pattern'], string]>([
  [
    { kind: 'count', of: { rules: [RuleId.parse('a.b')], severityMin: 'orange' }, count: 2 },
    'at one source at least 2 within 5 min: `a.b` (at least orange (II))',
  ],
  [
    {
      kind: 'sequence',
      first: { rules: [RuleId.parse('a.b')], severityMin: 'red' },
      // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
      then: { rules: [RuleId.parse('c.d')], severityMin: 'blue' },
    },
    'at one source `a.b` (at least red (I)), and then within 5 min `c.d` (at least blue (IV))',
  ],
  [
    {
      kind: 'absence',
      first: { rules: [RuleId.parse('a.b')], severityMin: 'red' },
      without: { rules: [RuleId.parse('c.d')], severityMin: 'blue' },
    },
    'at one source `a.b` (at least red (I)), and within 5 min no `c.d` (at least blue (IV))',
  ],
])('a rule over other rules has its place on the page of its trade: %j', (pattern, words) => {
  const over: CorrelationRule = {
    id: RuleId.parse('gas.two'),
    version: 'v',
    title: { zh: '两处', en: 'Two of them' },
    kind: 'risk',
    trade: 'gas',
    provenance: { standard: 's', clause: 'c', verified: false },
    subject: 'source',
    pattern,
    withinMs: minutes(5),
    severity: 'red',
    clearForMs: minutes(1),
    role: 'alert',
    advice: { zh: '撤', en: 'leave' },
  };
  const page = packPages({ ...bundledRuleBook(), correlations: [over] }).find(
    ({ name }) => name === 'gas.md',
  );
  expect(page?.text).toContain(`\`gas.two\`: ${words}`);
});
