import { byteReader } from '../../../../../functions/domain/bytes.ts';
import { RuleId } from '../../../../../functions/domain/ids.ts';
import type { Rule } from '../../../../../functions/domain/rules/book.ts';
import { bindDevice } from '../../../../../functions/domain/rules/engine/bind.ts';
import { headingOf, readHeading } from '../../../../../functions/domain/rules/engine/stored/heading.ts';
import { windowKeys } from '../../../../../functions/domain/rules/engine/stored/ring-store.ts';
import { rankOf } from '../../../../../functions/domain/severity.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../../support/engine/windows.ts';

const levels = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2 },
] as const;
const windowed = windowRule({
  id: RuleId.parse('test.window'),
  window: { lengthS: 600, functions: ['avg'] },
  when: figureIs('avg', 'ge', 1),
});
const rule = ruleOf({ levels });
/** Bound anew: a heading is kept as long as its rules. */
function underTwo() {
  const two = bindDevice(bookOf(rule, windowed), device());
  return { two, own: headingOf(two) };
}

/** A rule for one quantity, at one position if told. */
const ruleFor = (id: string, quantity: string, position?: string): Rule =>
  ruleOf({
    id: RuleId.parse(id),
    select: { quantities: [quantity], ...(position === undefined ? {} : { positions: [position] }) },
  });

test('a heading names each rule with the ranks and shapes of its severities, and each window by its key', () => {
  const { two, own } = underTwo();
  const severities = two.conditions.map((one) => one.severities.map(({ rank, shape }) => ({ rank, shape })));
  expect(own.rules).toEqual([
    { ruleId: 'test.rule', severities: severities[0] },
    { ruleId: 'test.window', severities: severities[1] },
  ]);
  expect(severities.map((some) => some.map(({ rank }) => rank))).toEqual([
    [rankOf('orange'), rankOf('red')],
    [rankOf('orange')],
  ]);
  expect(own.windows).toEqual(windowKeys(two));
  expect([...own.indexOf]).toEqual([
    [rule, 0],
    [windowed, 1],
  ]);
});

test('the bytes of a heading are the rules, their severities as one number each, and the windows', () => {
  const { own } = underTwo();
  const expected = bytesBy((writer) => {
    writer.uint(2);
    for (const { ruleId, severities } of own.rules) {
      writer.text(ruleId);
      writer.uint(severities.length);
      for (const { rank, shape } of severities) writer.uint(shape * 8 + rank);
    }
    writer.uint(1);
    for (const key of own.windows) writer.uint(key);
  });
  expect([...own.bytes]).toEqual(expected);
});

test('a heading is put together once for the same rules', () => {
  const { two, own } = underTwo();
  expect(headingOf(two)).toBe(own);
  expect(headingOf(bindDevice(bookOf(rule, windowed), device()))).not.toBe(own);
});

test('a rule that watches no sensor is named without severities', () => {
  const { two } = underTwo();
  const spare = ruleFor('test.spare', 'methane');
  const { rules } = headingOf({ ...two, rules: [...two.rules, spare] });
  expect(rules.at(-1)).toEqual({ ruleId: 'test.spare', severities: [] });
});

test('the heading of the present rules is known without being read', () => {
  const { own } = underTwo();
  const reader = byteReader(own.bytes);
  expect(readHeading(reader, own, true)).toBe(own);
  expect(reader.done()).toBe(true);
});

test('the heading of other rules is read as it was written', () => {
  const { own } = underTwo();
  const other = headingOf(boundTo(rule));
  const read = readAll([...own.bytes], (reader) => readHeading(reader, other, true));
  expect(read).toEqual({ rules: own.rules, windows: own.windows });
  expect(readAll([...other.bytes], (reader) => readHeading(reader, own, true))).toEqual({
    rules: other.rules,
    windows: [],
  });
});

test('a heading from before there were windows is read without any, also when the same bytes come next', () => {
  const { own } = underTwo();
  const plain = headingOf(boundTo(rule));
  expect(readAll([...plain.bytes.slice(0, -1)], (reader) => readHeading(reader, plain, false))).toEqual({
    rules: plain.rules,
    windows: [],
  });
  const reader = byteReader(own.bytes);
  expect(readHeading(reader, own, false)).toEqual({ rules: own.rules, windows: [] });
  expect([reader.uint(), reader.uint(), reader.done()]).toEqual([1, own.windows[0], true]);
});

test('sensors whose hashes are alike are ambiguous, all of them', () => {
  const rules = boundTo(rule, device([{ sensorId: 'a' }, { sensorId: 'b' }, { sensorId: 'c' }]));
  expect(headingOf(rules).ambiguous.size).toBe(0);
  const sensors = rules.sensors.map((bound, i) => (i === 1 ? bound : { ...bound, key: 5 }));
  expect([...headingOf({ ...rules, sensors }).ambiguous]).toEqual([sensors[0], sensors[2]]);
});

describe('a sensor is like the one before it', () => {
  const gas = (sensorId: string, quantity: string, position = 'T1') => ({ sensorId, quantity, position });
  /** The ids of those that are. */
  const alike = (rules: readonly Rule[], ...sensors: readonly ReturnType<typeof gas>[]): readonly string[] =>
    [...headingOf(bindDevice(bookOf(...rules), device(sensors))).likeBefore].map(
      ({ sensor }) => sensor.sensorId,
    );
  const both = [ruleFor('test.one', 'methane'), ruleFor('test.two', 'methane', 'T1')];

  test('when the same rules watch both', () => {
    expect(alike(both, gas('a', 'methane'), gas('b', 'methane'), gas('c', 'methane'))).toEqual(['b', 'c']);
  });

  test('when no rule watches either', () => {
    expect(alike([], gas('a', 'methane'), gas('b', 'methane'))).toEqual(['b']);
  });

  test('unless one is watched by more rules', () => {
    expect(alike(both, gas('a', 'methane'), gas('b', 'methane', 'T2'), gas('c', 'methane'))).toEqual([]);
  });

  test('unless some of as many rules are others', () => {
    const more = [...both, ruleFor('test.three', 'methane', 'T2')];
    expect(alike(more, gas('a', 'methane'), gas('b', 'methane', 'T2'))).toEqual([]);
  });

  test('unless only one of them is watched', () => {
    expect(alike(both, gas('a', 'methane'), gas('b', 'temperature'), gas('c', 'methane'))).toEqual([]);
  });
});
