import fc from 'fast-check';

/** Mostly a few of something, now and then far too many. */
const anyMany = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 5 }) },
  fc.constantFrom(16, 40, 63, 64, 65, 250, 400, 3_000),
);

const anyLength = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('1s', '10m', '8h', '24h') },
  fc.constantFrom('1ms', '0s', '25h', '86400s', '9999999999d', '-1s', '1.5m', '', 'PT1H'),
);

const anyNumber = fc.oneof(
  { weight: 4, arbitrary: fc.constant('value') },
  fc.constantFrom(
    'limits.alarm',
    'limits.site',
    'limits.nothing',
    'range.max',
    'source.grade',
    '0.0',
    '-0.0',
    '1e308 * 10.0',
    '1e999',
    '9007199254740993',
    '-9223372036854775808',
    '0.0 / 0.0',
    'value / 0.0',
    'value / (value - value)',
    'limits.alarm / limits.site',
    'value % 0.0',
    'value % (limits.site - limits.site)',
  ),
  fc.constantFrom(
    'sensor("nobody").value',
    'sensor("nobody").avg("10m")',
    'sensor("twin").value',
    'sensor("twin").rate("10m", "1h")',
    'sensor("ghost").value',
    'sensor("fan").value',
  ),
  fc
    .tuple(fc.constantFrom('avg', 'twa', 'max', 'count', 'stddev', 'delta'), anyLength)
    .map(([fn, length]) => `${fn}("${length}")`),
  fc.tuple(anyLength, anyLength).map(([length, per]) => `rate("${length}", "${per}")`),
  fc.tuple(anyLength, anyLength).map(([length, ago]) => `baseline("${length}", "${ago}")`),
  fc.constantFrom(
    'avg("10m", 0)',
    'avg("10m", 1000000)',
    'avg("10m", -1)',
    'dayAvg("Mars/Olympus")',
    'dayMax("Asia/Shanghai")',
  ),
  anyMany.map((many) => `${'('.repeat(many)}value${')'.repeat(many)}`),
  anyMany.map((many) => `${'abs('.repeat(many)}value${')'.repeat(many)}`),
  anyMany.map((many) => `${'-'.repeat(many)}value`),
  anyMany.map((many) => Array<string>(many).fill('value').join(' + ')),
  anyMany.map((many) => `minKnown(${Array<string>(many).fill('limits.site').join(', ')})`),
);

const anyRelation = fc.constantFrom('<', '<=', '>', '>=', '==', '!=');

const anyPiece = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(anyNumber, anyRelation, anyNumber).map((parts) => parts.join(' ')) },
  fc.tuple(anyNumber, anyNumber).map(([a, b]) => `${a} / ${b} >= 1.0`),
  anyMany.map((many) => `${'!'.repeat(many)}(value > 20)`),
  anyMany.map((many) => `${'value > 20 ? value > 30 : '.repeat(many)}value > 40`),
  anyMany.map((many) => Array.from({ length: many }, (_, i) => `avg("${i + 1}m") > 20`).join(' || ')),
  anyMany.map((many) => Array.from({ length: many }, (_, i) => `value != ${i}.5`).join(' && ')),
  anyMany.map((many) => `value in [${Array.from({ length: many }, (_, i) => i).join(', ')}]`),
  fc
    .tuple(anyNumber, anyLength, anyLength)
    .map(([limit, within, length]) => `willReach(${limit}, "${within}", "${length}")`),
  fc
    .tuple(fc.constantFrom('combustible-gas', 'wind-speed', 'nothing-at-all'), anyRelation, anyNumber)
    .chain(([quantity, relation, number]) =>
      fc.constantFrom(
        `sensors("${quantity}").exists(s, s.value ${relation} ${number})`,
        `sensors("${quantity}").all(s, s.value ${relation} s.value / 0.0)`,
        `sensors("${quantity}").all(s, s.avg("24h") ${relation} ${number})`,
        `sensors("${quantity}").exists(s, s.rate("10m", "0s") ${relation} 1.0)`,
        `sensors("${quantity}").atLeast(99999, s, s.value ${relation} 1.0)`,
        `sensors("${quantity}").all(s, sensors("${quantity}").all(t, t.value > s.value))`,
      ),
    ),
  fc.constantFrom('true', 'false', 'quality == "fault"', 'value', 'sensor("fan").value', '"a" == "a"'),
);

/** What may well be loaded, and meets nothing, or too much, only when it runs. */
const anyAllowed = fc.oneof(
  fc
    .tuple(
      anyAskedNumber(),
      fc.constantFrom('>', '>='),
      fc.constantFrom('20', '0.0', 'limits.alarm', 'limits.site'),
    )
    .map((parts) => parts.join(' ')),
  fc.tuple(anyAskedNumber(), anyAskedNumber()).map(([a, b]) => `${a} / ${b} > 1.0`),
  fc.tuple(anyAskedNumber(), anyAskedNumber()).map(([a, b]) => `${a} * 1e300 * ${b} * 1e300 > ${b}`),
  fc.constantFrom('limits.alarm', 'limits.site').map((limit) => `willReach(${limit}, "24h", "24h")`),
  fc
    .constantFrom('exists', 'all')
    .map((how) => `sensors("combustible-gas").${how}(s, s.value / s.value >= 1.0)`),
  fc.constantFrom(
    'sensor("fan").value',
    '!sensor("fan").value',
    'quality != "good"',
    'value > 20',
    'value < 1e308',
  ),
  anyMany.map((many) => Array.from({ length: many }, (_, i) => `avg("${i + 1}m") > 20`).join(' || ')),
  anyMany.map((many) => `${'!'.repeat(many)}(value > 20)`),
);

function anyAskedNumber(): fc.Arbitrary<string> {
  return fc.constantFrom(
    'value',
    'limits.site',
    'avg("24h")',
    'twa("1s")',
    'stddev("10m")',
    'delta("8h")',
    'count("1s")',
    'rate("10m", "24h")',
    'baseline("24h", "24h")',
    'dayMax("Asia/Shanghai")',
    'sensor("nobody").value',
    'sensor("twin").value',
    'sensor("twin").rate("10m", "1h")',
    'maxKnown(limits.site, sensor("twin").value)',
  );
}

const joined = (of: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(of, { minLength: 1, maxLength: 3 })
    .chain((pieces) =>
      fc.constantFrom(' && ', ' || ').map((join) => pieces.map((one) => `(${one})`).join(join)),
    );

/** A condition of a person who means no good, or knows no better. */
const anyHostileCondition = fc.oneof({ weight: 3, arbitrary: joined(anyAllowed) }, joined(anyPiece));

export interface HostileRule {
  readonly text: string;
  readonly conditions: readonly string[];
}

const roles = { fan: 'fan-state', nobody: 'wind-speed', twin: 'combustible-gas' } as const;

/** What a rule file with these conditions says; it declares of roles and limits what they name. */
function textOf(id: string, [first = '', second = '']: readonly string[], timing: readonly string[]): string {
  const both = `${first} ${second}`;
  const named = Object.entries(roles).filter(([role]) => both.includes(`sensor("${role}")`));
  const limits = [
    'alarm: { value: 20, tighter: lower }',
    ...(both.includes('limits.site') ? ['site: { ask: { zh: 多少, en: how much }, tighter: lower }'] : []),
  ];
  const severity = (name: string, when: string, lines: readonly string[]): readonly string[] => [
    `  ${name}:`,
    `    when: ${JSON.stringify(when)}`,
    ...lines.map((line) => `    ${line}`),
    '    response:',
    '      consequence: { zh: 后果, en: consequence }',
    '      cause: { zh: 原因, en: cause }',
    '      action: { zh: 措施, en: action }',
    '      within: 5m',
  ];
  return [
    `id: ${id}`,
    'title: { zh: 恶意, en: hostile }',
    'trade: gas',
    'standard: { id: TEST 1, clause: "1", verified: false }',
    'select: { quantity: combustible-gas }',
    'unit: "%{LEL}"',
    ...(named.length > 0
      ? [`sensors: { ${named.map(([role, quantity]) => `${role}: { quantity: ${quantity} }`).join(', ')} }`]
      : []),
    'limits:',
    ...limits.map((line) => `  ${line}`),
    'severities:',
    ...severity('blue', first, timing),
    ...severity('orange', second, timing),
    ...severity('red', 'value >= limits.alarm', []),
    'silent: { severity: yellow }',
    'notEvaluable: yellow',
    'advice: { zh: 撤离, en: withdraw }',
    '',
  ].join('\n');
}

const anyTiming = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom<readonly string[]>(
      [],
      ['for: 30s'],
      ['clearFor: 24h'],
      ['times: { count: 20, within: 24h }'],
      ['for: 1s', 'times: { count: 2, within: 1m }'],
      ['schedule: { zone: Asia/Shanghai, windows: [{ days: mon-sun, from: "22:00", to: "21:59" }] }'],
    ),
  },
  fc.constantFrom<readonly string[]>(
    ['for: 9999999999d'],
    ['for: -1s'],
    ['times: { count: 1000000000, within: 1s }'],
    ['schedule: { zone: Nowhere/Land, windows: [{ days: mon-fri, from: "22:00", to: "06:00" }] }'],
  ),
);

export const anyHostileRule = (id: string): fc.Arbitrary<HostileRule> =>
  fc.tuple(anyHostileCondition, anyHostileCondition, anyTiming).map(([first, second, timing]) => ({
    conditions: [first, second],
    text: textOf(id, [first, second], timing),
  }));
