import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { bindLinks, noLinks } from '../../../../functions/domain/rules/engine/bind-links.ts';
import type { AskedWindow } from '../../../../functions/domain/rules/engine/bind-windows.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { hour, shapeWith } from '../../../support/engine/rings.ts';
import { compare, device, either, input, literal, ruleOf, valueIs } from '../../../support/engine/rules.ts';

const { sensors } = device([
  {},
  { sensorId: 'o2', quantity: 'oxygen' },
  { sensorId: 'fan', quantity: 'fan-state' },
  { sensorId: 'b', quantity: 'oxygen' },
]);
const roles = {
  fan: { quantity: 'fan-state' },
  air: { quantity: 'oxygen' },
  second: { quantity: 'fan-state' },
};

const ruleWith = (when: Expression, given: Partial<Rule> = {}, clear?: Expression): Rule => {
  const rule = ruleOf(given);
  const clearing = clear === undefined ? {} : { clear };
  return { ...rule, severities: rule.severities.map((one) => ({ ...one, when, ...clearing })) };
};
const windowAt = (sensorSlot: number): AskedWindow => {
  const shape = shapeWith(['avg'], hour);
  return { sensorSlot, index: 0, shape, countMin: 1, isOwn: sensorSlot === 0 };
};
const says = (role: string): Expression => compare('eq', input(`sensor.${role}.value`), literal(true));
const list = (quantity: string, of = compare('ge', input('peer.value'), literal(1))): Expression => ({
  ...{ op: 'peers', how: 'all', least: 1, quantity },
  of,
});
const plain = valueIs('ge', 'orange');

test.each([
  ['the value alone', ruleWith(plain, { roles }), []],
  ['its own windows', ruleWith(plain, { roles }), [windowAt(0), windowAt(0)]],
])('a condition that asks %s has no links', (_, rule, windows) => {
  expect(bindLinks(rule, sensors, 0, windows)).toBe(noLinks);
  expect(noLinks).toEqual({ roles: new Map(), peers: new Map(), others: [] });
});

test('semantics 19: the sensor of a role is another that the condition looks at', () => {
  expect(bindLinks(ruleWith(says('fan'), { roles }), sensors, 0, [])).toEqual({
    roles: new Map([['fan', 2]]),
    peers: new Map(),
    others: [2],
  });
});

test('semantics 19: the quality of a role is asked of its sensor too', () => {
  const when = compare('eq', input('sensor.fan.quality'), literal('fault'));
  expect(bindLinks(ruleWith(when, { roles }), sensors, 0, []).others).toEqual([2]);
});

test('semantics 19: a role that nobody plays, or more than one, has no sensor', () => {
  const when = either(says('air'), says('unheard-of'));
  expect(bindLinks(ruleWith(when, { roles }), sensors, 0, [])).toEqual({
    roles: new Map([
      ['air', undefined],
      ['unheard-of', undefined],
    ]),
    peers: new Map(),
    others: [],
  });
});

test('semantics 19: in a rule without roles nobody plays one', () => {
  const links = bindLinks(ruleWith(says('fan')), sensors, 0, []);
  expect([...links.roles]).toEqual([['fan', undefined]]);
});

test('semantics 6: a sensor is linked that only a `clear` names', () => {
  const rule = ruleWith(says('fan'), { roles }, list('oxygen'));
  expect(bindLinks(rule, sensors, 0, []).others).toEqual([2, 1, 3]);
});

test('semantics 19: a list is all sensors of the quantity, its own too, and looks at the others', () => {
  expect(bindLinks(ruleWith(list('oxygen')), sensors, 1, [])).toEqual({
    roles: new Map(),
    peers: new Map([['oxygen', [1, 3]]]),
    others: [3],
  });
});

test('semantics 19: a list may be of nobody', () => {
  const links = bindLinks(ruleWith({ op: 'not', of: list('co') }), sensors, 0, []);
  expect([...links.peers]).toEqual([['co', []]]);
  expect(links.others).toEqual([]);
});

test('semantics 19: a list inside a list, and a role inside one, are found', () => {
  const rule = ruleWith(list('methane', either(list('oxygen'), says('fan'))), { roles });
  const { peers, others } = bindLinks(rule, sensors, 0, []);
  expect([...peers]).toEqual([
    ['methane', [0]],
    ['oxygen', [1, 3]],
  ]);
  expect(others).toEqual([2, 1, 3]);
});

test('semantics 6: a sensor whose window is asked is looked at, each once', () => {
  const rule = ruleWith(either(says('fan'), says('second')), { roles });
  const { others } = bindLinks(rule, sensors, 0, [windowAt(0), windowAt(3), windowAt(2)]);
  expect(others).toEqual([2, 3]);
  expect(bindLinks(ruleWith(plain), sensors, 0, [windowAt(0), windowAt(3)]).others).toEqual([3]);
});
