import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { unknownsOf } from '../../../../functions/domain/rules/engine/record.ts';
import type { Asked } from '../../../../functions/domain/rules/engine/surroundings.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import type { Quality, Value } from '../../../../functions/domain/telemetry/reading.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { readingOf, start } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { compare, device, either, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowOf } from '../../../support/engine/windows.ts';
import { overrideOf } from '../../../support/overrides.ts';

const registration = device([{}, { sensorId: 'fan', quantity: 'fan-state', unit: '' }]);
const roles = { fan: { quantity: 'fan-state' }, pump: { quantity: 'pump-state' } };
const asks = (when: Expression, more: Partial<Rule> = {}) => {
  const rule = ruleOf({ roles, ...more });
  return conditionOf(
    { ...rule, severities: rule.severities.map((one) => ({ ...one, when })) },
    { ...registration, overrides: [overrideOf({ limit: 'late', from: start + 10_000 })] },
  );
};
const is = (name: string): Expression => compare('eq', input(name), literal(1));
const good = readingOf({ t: 0, v: 1 }, 0);
const notComputable = [{ input: '-', cause: 'not computable' }];

test.each<[string, Quality, Value | undefined, string | undefined]>([
  ['a number that is good', 'good', 1, undefined],
  ['a word', 'good', 'open', undefined],
  ['a switch state', 'good', false, undefined],
  ['a value of a fault', 'fault', 1, 'quality fault'],
  ['no value', 'good', undefined, 'missing'],
  ['no number', 'good', Number.NaN, 'not finite'],
  ['a number without end', 'good', Number.POSITIVE_INFINITY, 'not finite'],
])('semantics 25: of %s the cause that it is unknown is told', (_, quality, value, cause) => {
  const reading = { ...good, quality, value };
  const expected = cause === undefined ? notComputable : [{ input: 'value', cause }];
  expect(unknownsOf(asks(is('value')), 0, reading)).toEqual(expected);
});

test('semantics 25: without a reading the value has no quality', () => {
  expect(unknownsOf(asks(is('value')), 0, undefined)).toEqual([{ input: 'value', cause: 'quality none' }]);
});

const peers: Expression = {
  ...{ op: 'peers', how: 'all', least: 1, quantity: 'methane' },
  of: compare('eq', input('peer.value'), literal(1)),
};
test.each<[string, Expression, object[]]>([
  ['the quality, which is always known', is('quality'), notComputable],
  ['what the sensors of a list say', peers, notComputable],
  ['a known limit', is('limits.orange'), notComputable],
  ['the mode', is('mode'), notComputable],
  ['a limit that nobody has set', is('limits.unset'), [{ input: 'limits.unset', cause: 'unset limit' }]],
  ['an attribute', is('source.grade'), [{ input: 'source.grade', cause: 'unset attribute' }]],
  [
    'a role that no sensor has',
    is('sensor.pump.value'),
    [{ input: 'sensor.pump.value', cause: 'no sensor, or more than one' }],
  ],
  [
    'one input twice, and another',
    either(is('limits.x'), either(is('limits.x'), is('source.grade'))),
    [
      { input: 'limits.x', cause: 'unset limit' },
      { input: 'source.grade', cause: 'unset attribute' },
    ],
  ],
])('semantics 25: a condition that names %s says what of it was unknown', (_, when, expected) => {
  expect(unknownsOf(asks(when), 0, good)).toEqual(expected);
});

test('semantics 22: a limit is unset by the time of the reading', () => {
  const late = asks(is('limits.late'), {
    limits: { late: { tighter: 'lower', standard: 'S', clause: '1', verified: true } },
  });
  const unset = [{ input: 'limits.late', cause: 'unset limit' }];
  const at = (t: number) => ({ ...good, phenomenonAt: instant(start + t) });
  expect(unknownsOf(late, 0, at(9_999))).toEqual(unset);
  expect(unknownsOf(late, 0, at(10_000))).toEqual(notComputable);
  expect(unknownsOf(late, 0, undefined)).toEqual(notComputable);
});

const askedOf = (...said: NonNullable<Asked['roles']>): Asked => ({
  ...{ figures: [], reaches: [], windows: [] },
  roles: said,
});
test.each<[string, Asked | undefined, string | undefined]>([
  ['nothing that is told', undefined, undefined],
  ['nothing of any role', { figures: [], reaches: [], windows: [] }, undefined],
  ['nothing of its role', askedOf(['other', null, 'fault']), undefined],
  ['a value', askedOf(['other', null, 'fault'], ['fan', 1, 'good']), undefined],
  ['a fault', askedOf(['other', null, 'good'], ['fan', null, 'fault']), 'nothing usable, quality fault'],
  ['nothing at all', askedOf(['fan', null, null]), 'nothing usable, quality none'],
])('semantics 25: where another sensor has said %s the record says so', (_, asked, cause) => {
  const expected = cause === undefined ? notComputable : [{ input: 'sensor.fan.value', cause }];
  expect(unknownsOf(asks(is('sensor.fan.value')), 0, good, asked)).toEqual(expected);
});

test('semantics 25: a window that was unknown comes after the inputs', () => {
  const windows = [windowOf({ lengthS: 60, functions: ['avg'] })];
  const condition = asks(either(figureIs('avg', 'ge', 1), is('limits.x')), { windows });
  expect(unknownsOf(condition, 0, good)).toEqual([
    { input: 'limits.x', cause: 'unset limit' },
    { input: 'avg 60 s', cause: 'too little in the window' },
  ]);
});

test('semantics 4: in another unit nothing else is told, in any unit it is', () => {
  const elsewhere = asks(is('limits.x'), { unit: '[ppm]' });
  expect(unknownsOf(elsewhere, 0, good)).toEqual([{ input: 'value', cause: 'unit' }]);
  expect(unknownsOf(asks(is('limits.x'), { unit: '' }), 0, good)).toEqual([
    { input: 'limits.x', cause: 'unset limit' },
  ]);
});

test('a severity that the rule does not have leaves nothing unknown', () => {
  expect(unknownsOf(asks(is('limits.x')), 1, good)).toEqual([]);
});
