import { expressionText } from '../../../cli/explain/expression-text.ts';
import type { WindowSpec } from '../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { duration } from '../../../functions/domain/time.ts';

const input = (name: string): Expression => ({ op: 'input', name });
const literal = (value: number | string): Expression => ({ op: 'literal', value });
const value = input('value');
const above: Expression = { op: 'ge', left: value, right: input('limits.alarm') };
const below: Expression = { op: 'lt', left: value, right: literal(2) };

const windows: readonly WindowSpec[] = [
  { lengthMs: duration(600_000), backMs: duration(0), countMin: 5, functions: ['avg'] },
  {
    role: 'wind',
    lengthMs: duration(86_400_000),
    backMs: duration(3_600_000),
    countMin: 1,
    functions: ['max'],
  },
  {
    dayIn: 'Asia/Shanghai',
    lengthMs: duration(86_400_000),
    backMs: duration(0),
    countMin: 1,
    functions: ['count'],
  },
];

test.each<[string, Expression]>([
  ['value >= limits.alarm', above],
  ['value >= limits.alarm && value < 2', { op: 'and', left: above, right: below }],
  [
    '(value >= limits.alarm || value < 2) && value < 2',
    { op: 'and', left: { op: 'or', left: above, right: below }, right: below },
  ],
  ['!(value < 2)', { op: 'not', of: below }],
  [
    '(value - 1) * 2 < 2',
    {
      op: 'lt',
      left: { op: 'multiply', left: { op: 'subtract', left: value, right: literal(1) }, right: literal(2) },
      right: literal(2),
    },
  ],
  [
    'value - (value - 1) < 2',
    {
      op: 'lt',
      left: { op: 'subtract', left: value, right: { op: 'subtract', left: value, right: literal(1) } },
      right: literal(2),
    },
  ],
  [
    'value >= limits.alarm ? value < 2 : !(value < 2)',
    // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
    { op: 'if', when: above, then: below, else: { op: 'not', of: below } },
  ],
  ['quality in ["good","fault"]', { op: 'in', left: input('quality'), list: ['good', 'fault'] }],
  [
    'minKnown(value, abs(-value)) < 2',
    {
      op: 'lt',
      left: { op: 'least', of: [value, { op: 'absolute', of: { op: 'negate', of: value } }] },
      right: literal(2),
    },
  ],
  ['sensor("fan").value == "off"', { op: 'eq', left: input('sensor.fan.value'), right: literal('off') }],
  ['avg("10m", 5)', { op: 'window', fn: 'avg', window: 0 }],
  ['sensor("wind").max("1d", ending 1h ago)', { op: 'window', fn: 'max', window: 1 }],
  ['count(day in Asia/Shanghai)', { op: 'window', fn: 'count', window: 2 }],
  ['rate("10m", "1h", 5)', { op: 'window', fn: 'rate', window: 0, perMs: 3_600_000 }],
  [
    'willReach(limits.alarm, "30m")',
    { op: 'willReach', window: 0, limit: input('limits.alarm'), withinMs: 1_800_000 },
  ],
  [
    'sensors("methane").atLeast(2, s, s.value < 2)',
    {
      op: 'peers',
      how: 'atLeast',
      least: 2,
      quantity: 'methane',
      of: { op: 'lt', left: input('peer.value'), right: literal(2) },
    },
  ],
  [
    'sensors("methane").all(s, s.value < 2)',
    {
      op: 'peers',
      how: 'all',
      least: 1,
      quantity: 'methane',
      of: { op: 'lt', left: input('peer.value'), right: literal(2) },
    },
  ],
])('%s', (text, expression) => {
  expect(expressionText(expression, windows)).toBe(text);
});
