import type { AxesInput } from '../../../functions/domain/rules/axes.ts';
import type { Expression } from '../../../functions/domain/rules/expression.ts';
import { quantityOf } from '../../../functions/domain/telemetry/quantities.ts';
import { qualities } from '../../../functions/domain/telemetry/reading.ts';
import { calculate, overAxes } from '../../support/engine/axes.ts';
import { choose, compare, either, input, literal } from '../../support/engine/rules.ts';
import { figure } from '../../support/engine/windows.ts';

const roles = { fan: { quantity: 'fan-state' }, valve: { quantity: 'valve-state' }, co: { quantity: 'co' } };
const positions = quantityOf('valve-state')?.names ?? [];
const value = input('value');
const rest = calculate('modulo', value, literal(2));

/** Each axis in plain words: kind, words, ties, and whether it can be looked into. */
const axesOf = (condition: Expression, given: Partial<AxesInput> = {}) =>
  [...overAxes(condition, { windowRoles: [undefined, 'fan'], ...given }).axes.values()].map(
    ({ kind, words, ties, isOpaque }) => ({ kind, words: [...words], ties: [...ties], isOpaque }),
  );

test.each<readonly [string, string, readonly string[], string]>([
  ['value', 'number', [], 'value'],
  ['quality', 'word', qualities, 'quality'],
  ['mode', 'word', ['normal', 'emergency'], 'mode'],
  ['source.kind', 'word', ['(another)'], 'source.kind'],
  ['source.area', 'word', ['(another)'], 'source.area'],
  ['source.grade', 'number', [], 'source.grade'],
  ['limits.unset', 'number', [], 'limits.unset'],
  ['range.max', 'number', [], 'range.max'],
  ['peer.value', 'number', [], 'value'],
  ['peer.quality', 'word', qualities, 'value'],
  ['sensor.fan.value', 'boolean', [], 'sensor.fan'],
  ['sensor.fan.quality', 'word', qualities, 'sensor.fan'],
  ['sensor.valve.value', 'word', positions, 'sensor.valve'],
  ['sensor.valve.quality', 'word', qualities, 'sensor.valve'],
  ['sensor.co.value', 'number', [], 'sensor.co'],
  ['sensor.nobody.value', 'number', [], 'sensor.nobody'],
])('%s is a %s and hangs together with what its sensor shows', (name, kind, words, tie) => {
  expect(axesOf(input(name), { roles })).toEqual([{ kind, words, ties: [tie], isOpaque: false }]);
});

test('a value is what its quantity is; where that is not known, a number', () => {
  expect(axesOf(value, { quantity: quantityOf('fan-state') })).toMatchObject([
    { kind: 'boolean', words: [] },
  ]);
  const valve = { quantity: quantityOf('valve-state') };
  expect(axesOf(value, valve)).toMatchObject([{ kind: 'word', words: positions }]);
  expect(axesOf(input('source.kind'), valve)).toMatchObject([{ kind: 'word', words: ['(another)'] }]);
  expect(axesOf(input('sensor.fan.value'))).toMatchObject([{ kind: 'number' }]);
});

test('a limit that is set is no axis', () => {
  expect(axesOf(input('limits.low'))).toEqual([]);
});

test('a window hangs together with the sensor that it is over', () => {
  expect(axesOf(figure('avg', 0))).toEqual([{ kind: 'number', words: [], ties: ['value'], isOpaque: false }]);
  expect(axesOf(figure('avg', 1))).toMatchObject([{ kind: 'number', ties: ['sensor.fan'] }]);
});

test('conditions ask their axes by number, but the value and its quality by name', () => {
  const { trees, axes } = overAxes(
    either(
      either(compare('eq', input('mode'), literal('drill')), compare('gt', value, literal(2))),
      either(
        compare('eq', input('quality'), literal('fault')),
        compare('gt', figure('avg'), input('limits.low')),
      ),
    ),
  );
  expect([...axes.keys()]).toEqual(['mode', 'value', 'quality', 'window.0.avg']);
  expect(trees).toEqual([
    either(
      either(compare('eq', input('sensor.0.value'), literal('drill')), compare('gt', value, literal(2))),
      either(
        compare('eq', input('quality'), literal('fault')),
        compare('gt', input('sensor.3.value'), input('limits.low')),
      ),
    ),
  ]);
});

const forecast = (limit: Expression, window = 0): Expression => ({
  op: 'willReach',
  window,
  limit,
  withinMs: 1,
});
const peers = (of: Expression): Expression => ({ op: 'peers', how: 'all', least: 1, quantity: 'co', of });
const isIn = (left: Expression): Expression => ({ op: 'in', left, list: [1] });
const isFaulty = compare('eq', input('quality'), literal('fault'));

test.each<readonly [string, Expression, readonly string[], boolean]>([
  ['a forecast', forecast(literal(1)), ['value'], false],
  ['a forecast of another sensor', forecast(input('sensor.co.value'), 1), ['sensor.co', 'sensor.fan'], false],
  ['the sensors beside it', peers(literal(true)), ['value'], false],
  [
    'a question to each',
    peers(compare('gt', input('peer.value'), input('source.grade'))),
    ['value', 'source.grade'],
    false,
  ],
  ['what is left of the value', isIn(rest), ['value'], true],
  ['what is left of it by a limit', isIn(calculate('modulo', value, input('limits.low'))), ['value'], true],
  [
    'what is left of a window',
    isIn(calculate('modulo', figure('avg', 1), literal(2))),
    ['sensor.fan'],
    false,
  ],
  [
    'what is left of value and grade',
    isIn(calculate('modulo', value, input('source.grade'))),
    ['value', 'source.grade'],
    false,
  ],
  ['a choice by quality', isIn(choose(isFaulty, rest, literal(1))), ['quality', 'value'], true],
])('%s cannot be looked into', (_, condition, ties, isUndecidable) => {
  expect(axesOf(condition)).toEqual([
    { kind: 'boolean', words: [], ties: expect.arrayContaining([...ties]), isOpaque: true },
  ]);
  expect(axesOf(condition)[0]?.ties).toHaveLength(ties.length);
  expect(overAxes(condition).isUndecidable).toBe(isUndecidable);
});

test('two equal parts that cannot be looked into are one axis', () => {
  const { axes, trees } = overAxes(either(isIn(rest), { op: 'not', of: isIn(rest) }));
  expect(axes.size).toBe(1);
  expect(trees).toEqual([either(input('sensor.0.value'), { op: 'not', of: input('sensor.0.value') })]);
});
