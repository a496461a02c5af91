import type { SeverityRule } from '../../../functions/domain/rules/book.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import type { Schedule } from '../../../functions/domain/rules/schedule.ts';
import { type ZoneInput, zoneConflicts } from '../../../functions/domain/rules/zones.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import { quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { duration, seconds } from '../../../functions/domain/time.ts';
import { calculate } from '../../support/engine/axes.ts';
import { compare, either, input, literal } from '../../support/engine/rules.ts';
import { figureIs, windowOf } from '../../support/engine/windows.ts';

const level = (
  severity: Severity,
  when: Expression,
  clear?: Expression,
  more: Partial<SeverityRule> = {},
): SeverityRule => ({
  severity,
  when,
  ...(clear && { clear }),
  forMs: duration(0),
  clearForMs: duration(0),
  ...more,
});

const conflicts = (severities: readonly SeverityRule[], given: Partial<ZoneInput> = {}) =>
  zoneConflicts({ severities, limits: { low: 1, high: 2 }, quantity: undefined, ...given });
const kinds = (severities: readonly SeverityRule[], given?: Partial<ZoneInput>) =>
  conflicts(severities, given).map(({ kind }) => kind);

const value = input('value');
const is = (op: 'gt' | 'lt' | 'ge' | 'le', than: number): Expression => compare(op, value, literal(than));
const isFaulty = compare('eq', input('quality'), literal('fault'));
const isDrill = compare('eq', input('mode'), literal('drill'));
/** More truth values than can be tried one beside each other. */
const anyOf = (from: number, to: number): Expression =>
  Array.from({ length: to - from }, (_, at) => input(`sensor.s${from + at}.value`)).reduce(either);
const switches = Object.fromEntries(
  Array.from({ length: 13 }, (_, at) => [`s${at}`, { quantity: 'fan-state' }]),
);

test.each([
  ['the value', is('ge', 2), is('le', 2), { value: 2, quality: 'good' }],
  ['the quality', isFaulty, isFaulty, { quality: 'fault' }],
  ['the mode', isDrill, isDrill, { quality: 'good', asked: { mode: 'drill' } }],
  [
    'another sensor',
    input('sensor.s0.value'),
    input('sensor.s0.value'),
    { quality: 'good', asked: { 'sensor.s0.value': true } },
  ],
])('semantics 2: zones that overlap are told with no more than what they ask: %s', (_, when, clear, at) => {
  const orange = level('orange', when, clear);
  expect(conflicts([orange], { roles: switches })).toStrictEqual([{ kind: 'overlap', severity: orange, at }]);
});

test('semantics 2: zones of a difference of two sensors are apart where each of these at its own value keeps them apart', () => {
  const base = input('sensor.base.value');
  const isNear = compare('le', calculate('subtract', value, base), literal(1));
  const isFar: Expression = { op: 'and', left: is('ge', 10), right: compare('lt', base, literal(5)) };
  const roles = { base: { quantity: 'methane' } };
  expect(kinds([level('orange', isNear, isFar)], { roles, scale: 2 })).toEqual([]);
  expect(kinds([level('orange', isNear, is('ge', 10))], { roles, scale: 2 })).toEqual(['overlap']);
});

test('a condition that cannot be decided is told by its field, and nothing else is', () => {
  const square = compare('gt', calculate('multiply', value, value), literal(4));
  const orange = level('orange', is('gt', 3), square);
  const red = level('red', square, is('lt', 1));
  expect(conflicts([orange, red, level('red', is('gt', 3))])).toEqual([
    { kind: 'undecidable', severity: orange, field: 'clear' },
    { kind: 'undecidable', severity: red, field: 'when' },
  ]);
});

test('a window of the own sensor cannot be high while the value always was low; one of another sensor can', () => {
  const orange = level('orange', figureIs('avg', 'gt', 5), is('lt', 3));
  expect(kinds([orange])).toEqual([]);
  const window = { lengthS: 60, functions: ['avg'] as const };
  expect(kinds([orange], { windows: [windowOf(window)] })).toEqual([]);
  expect(kinds([orange], { windows: [windowOf({ ...window, role: 'base' })] })).toEqual(['overlap']);
});

test.each<readonly [string, Partial<ZoneInput>, readonly string[]]>([
  ['no decimals where nothing is said', {}, ['overlap']],
  ['those of the rule', { scale: 1 }, []],
  ['those of the quantity', { quantity: quantityOf('methane') }, []],
  [
    'those of the rule before those of the quantity',
    { quantity: quantityOf('methane'), scale: 0 },
    ['overlap'],
  ],
])('semantics 4: what is computed is compared with %s, and three more', (_, given, expected) => {
  const sum = calculate('add', value, literal(0));
  expect(kinds([level('orange', compare('gt', sum, literal(1.0006)), is('le', 1.0006))], given)).toEqual(
    expected,
  );
});

test('what has too many states is not said to be wrong', () => {
  expect(kinds([level('orange', anyOf(0, 13))], { roles: switches })).toEqual([]);
});

test('two severities that have too many states together are not said to be out of order', () => {
  const graver = either(anyOf(0, 6), anyOf(6, 13));
  expect(kinds([level('orange', anyOf(0, 6)), level('red', graver)], { roles: switches })).toEqual([]);
  expect(kinds([level('orange', anyOf(0, 6)), level('red', anyOf(0, 7))], { roles: switches })).toEqual([
    'out-of-order',
  ]);
});

test('a severity that can never raise is not told again as out of order', () => {
  const never: Expression = { op: 'and', left: is('gt', 3), right: is('lt', 3) };
  expect(kinds([level('orange', never), level('red', is('gt', 1))])).toEqual(['never-raises']);
});

const always: Schedule = { zone: 'UTC', windows: [], holidays: [], onHolidays: 'open' };
test.each<readonly [string, Partial<SeverityRule>, Partial<SeverityRule>, readonly string[]]>([
  ['as late as the lighter one', { forMs: seconds(5) }, { forMs: seconds(5) }, ['out-of-order']],
  ['earlier', { forMs: seconds(5) }, { forMs: seconds(4) }, ['out-of-order']],
  ['later', { forMs: seconds(5) }, { forMs: seconds(6) }, []],
  ['counted', {}, { times: { count: 2, withinMs: seconds(9), consecutive: false } }, []],
  ['at its hours only', {}, { schedule: always }, []],
])('a graver severity that raises %s', (_, lighter, graver, expected) => {
  const orange = level('orange', is('gt', 3), undefined, lighter);
  const red = level('red', is('gt', 2), undefined, graver);
  const found = conflicts([orange, red]);
  expect(found).toEqual(expected.map((kind) => ({ kind, severity: red, lighter: orange })));
});

test('of three severities each graver one is compared with each lighter one', () => {
  const [yellow, orange, red] = [
    level('yellow', is('gt', 3)),
    level('orange', is('gt', 4)),
    level('red', is('gt', 2)),
  ];
  expect(conflicts([yellow, orange, red])).toEqual([
    { kind: 'out-of-order', severity: red, lighter: yellow },
    { kind: 'out-of-order', severity: red, lighter: orange },
  ]);
});

test('what always raises is told as that, and what raises but never clears as that', () => {
  const both = either(is('gt', 3), is('le', 3));
  const impossible: Expression = { op: 'and', left: is('gt', 3), right: is('lt', 3) };
  const [orange, red] = [level('orange', both), level('red', is('gt', 3), impossible)];
  expect(conflicts([orange])).toEqual([{ kind: 'always-raises', severity: orange }]);
  expect(conflicts([red])).toEqual([{ kind: 'never-clears', severity: red }]);
});
