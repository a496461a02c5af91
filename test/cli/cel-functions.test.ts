import { compileExpression, surroundings } from '../../cli/rules/cel/compile.ts';
import { forecastSteps, peerCountMax, roleSteps, stepsMax, windowSteps } from '../../cli/rules/cel/cost.ts';
import { inputOfQuantity, inputsFor } from '../../cli/rules/cel/inputs.ts';
import { windowTable } from '../../cli/rules/cel/window-table.ts';
import { quantityOf } from '../../functions/domain/telemetry/quantities.ts';

const input = (id: string) => {
  const quantity = quantityOf(id);
  if (!quantity) throw new Error(`no quantity ${id}`);
  return inputOfQuantity(quantity);
};

const windows = windowTable();
const around = surroundings(inputsFor(input('methane'), { alarm: undefined, rise: '%{vol}/h', many: '1' }), {
  roles: new Map([
    ['fan', input('fan-state')],
    ['valve', input('valve-state')],
    ['wind', input('wind-speed')],
    ['other', input('methane')],
  ]),
});

const tree = (text: string, fresh = { ...around, windows }) => {
  const compiled = compileExpression(text, fresh);
  if (!compiled.ok) throw new Error(compiled.findings.map(({ message }) => message).join('; '));
  return compiled.expression;
};

/** The windows that `text` alone asks for. */
const windowsOf = (text: string) => {
  const own = { ...around, windows: windowTable() };
  tree(text, own);
  return own.windows.windows();
};

const findings = (text: string): string[] => {
  const compiled = compileExpression(text, around);
  return compiled.ok
    ? []
    : compiled.findings.map(({ start, end, message, remedy }) => {
        const place = text.slice(start, end);
        return `${place}: ${message}${remedy ? ` [${remedy}]` : ''}`;
      });
};

const minutes = 60_000;
const own = { backMs: 0, countMin: 1 };

test.each([
  ['avg("10m") > limits.alarm', { ...own, lengthMs: 10 * minutes, functions: ['avg'] }],
  ['min("1s") > limits.alarm', { ...own, lengthMs: 1_000, functions: ['min'] }],
  ['max("24h") > limits.alarm', { ...own, lengthMs: 1_440 * minutes, functions: ['max'] }],
  ['stddev("1h30m") > 0', { ...own, lengthMs: 90 * minutes, functions: ['stddev'] }],
  ['delta("15m") > 0', { ...own, lengthMs: 15 * minutes, functions: ['delta'] }],
  ['count("10m") < limits.many', { ...own, lengthMs: 10 * minutes, functions: ['count'] }],
  ['avg("10m", 5) > 0', { ...own, lengthMs: 10 * minutes, countMin: 5, functions: ['avg'] }],
  ['rate("10m", "1h") > limits.rise', { ...own, lengthMs: 10 * minutes, functions: ['rate'] }],
  ['stel() > 0', { ...own, lengthMs: 15 * minutes, functions: ['twa'] }],
  ['twa8h() > 0', { ...own, lengthMs: 480 * minutes, functions: ['twa'] }],
  ['twa("15m") > 0', { ...own, lengthMs: 15 * minutes, functions: ['twa'] }],
  [
    'dayCount("Asia/Shanghai") > 3',
    { ...own, lengthMs: 1_440 * minutes, dayIn: 'Asia/Shanghai', functions: ['count'] },
  ],
  [
    'baseline("24h", "1h") > 0',
    { ...own, lengthMs: 1_440 * minutes, backMs: 60 * minutes, functions: ['avg'] },
  ],
  ['willReach(limits.alarm, "30m")', { ...own, lengthMs: 30 * minutes, functions: ['slope'] }],
  ['willReach(limits.alarm, "30m", "2h")', { ...own, lengthMs: 120 * minutes, functions: ['slope'] }],
  ['sensor("wind").avg("10m") > 1', { ...own, role: 'wind', lengthMs: 10 * minutes, functions: ['avg'] }],
])('semantics 17: %s asks one window', (text, window) => {
  expect(windowsOf(text)).toEqual([window]);
});

test('equal windows share a number, and keep what any of them asks', () => {
  expect(windowsOf('avg("10m") > 1 && max("10m") > 2 && avg("600s") < 3 && avg("10m", 2) > 0')).toEqual([
    { ...own, lengthMs: 10 * minutes, functions: ['avg', 'max'] },
    { ...own, lengthMs: 10 * minutes, countMin: 2, functions: ['avg'] },
  ]);
});

test('a rate is told for a time of its own', () => {
  expect(tree('rate("10m", "1h") > 1')).toMatchObject({
    left: { op: 'window', fn: 'rate', perMs: 60 * minutes },
  });
});

test('semantics 18: a forecast keeps its limit and its time', () => {
  expect(tree('willReach(limits.alarm * 2, "30m")')).toMatchObject({
    op: 'willReach',
    limit: { op: 'multiply' },
    withinMs: 30 * minutes,
  });
});

test('semantics 19: another sensor is an input by its role', () => {
  expect(tree('sensor("fan").value == false')).toMatchObject({
    left: { op: 'input', name: 'sensor.fan.value' },
  });
  expect(tree('sensor("fan").quality == "good"')).toMatchObject({ left: { name: 'sensor.fan.quality' } });
  expect(tree('!sensor("fan").value')).toMatchObject({ op: 'not' });
});

test('the sensors of a device are asked with all, exists and atLeast', () => {
  const of = { op: 'ge', left: { op: 'input', name: 'peer.value' }, right: { op: 'literal', value: 1 } };
  const peers = { op: 'peers', quantity: 'methane', of };
  expect(tree('sensors("methane").exists(s, s.value >= 1)')).toEqual({ ...peers, how: 'atLeast', least: 1 });
  expect(tree('sensors("methane").atLeast(2, s, s.value >= 1.0)')).toEqual({
    ...peers,
    how: 'atLeast',
    least: 2,
  });
  expect(tree('sensors("methane").all(s, s.value >= 1)')).toEqual({ ...peers, how: 'all', least: 1 });
});

test('a window of each sensor of a list is one of its own', () => {
  const text = 'sensors("wind-speed").exists(s, s.delta("10m", 3) > 2.0) && avg("10m") > 1';
  expect(windowsOf(text)).toEqual([
    { ...own, quantity: 'wind-speed', countMin: 3, lengthMs: 10 * minutes, functions: ['delta'] },
    { ...own, lengthMs: 10 * minutes, functions: ['avg'] },
  ]);
  expect(tree(text, { ...around, windows: windowTable() })).toMatchObject({
    left: { op: 'peers', of: { left: { op: 'window', fn: 'delta', window: 0, each: true } } },
    right: { left: { op: 'window', fn: 'avg', window: 1 } },
  });
});

test.each([
  ['abs(value) > limits.alarm', 'gt'],
  ['minKnown(value, sensor("other").value, avg("10m")) > 1', 'gt'],
  ['maxKnown(value, 2) > 1', 'gt'],
  ['mode == "emergency"', 'eq'],
  ['source.grade <= 2 && source.kind == "tank" && source.area in ["2201", "2202"]', 'and'],
  ['value >= range.max || value <= range.min', 'or'],
  ['value - baseline("24h", "1h") > limits.alarm', 'gt'],
  ['delta("15m") > -limits.alarm', 'gt'],
  ['rate("10m", "1d") * 2 > 1', 'gt'],
])('%s is part of the language', (text, op) => {
  expect(tree(text).op).toBe(op);
});

test.each([
  [
    'avg("10x") > 1',
    '"10x": "10x" is no duration [write a duration in quotes, such as "30s", "10m" or "1h30m"]',
  ],
  ['avg("0s") > 1', '"0s": "0s" is out of range [1s to 1d are allowed]'],
  ['avg("25h") > 1', '"25h": "25h" is out of range [1s to 1d are allowed]'],
  ['avg("9999999d") > 1', '"9999999d": "9999999d" is no duration'],
  ['avg(10) > 1', '10: a duration must be a text literal'],
  ['avg() > 1', 'avg(): `avg()` with 0 arguments [write avg("10m")'],
  ['avg("10m", 0) > 1', '0: the least number of readings must be a whole number [write 1 to 100000]'],
  ['count("10m", 3) > 1', 'count("10m", 3): `count()` with 2 arguments'],
  ['rate("10m") > 1', 'rate("10m"): `rate()` with 1 arguments [write rate("10m", "1h")'],
  ['avg("10m" + "") > 1', '"10m" + "": a duration must be a text literal'],
  [
    'dayMax("Asia/Shangai") > 1',
    '"Asia/Shangai": "Asia/Shangai" is no time zone [did you mean "Asia/Shanghai"?]',
  ],
  ['dayMax("+08:00") > 1', '"+08:00": "+08:00" is no time zone'],
  ['avgg("10m") > 1', 'avgg("10m"): unknown function `avgg()` [did you mean `avg()`?]'],
  ['stel > 1', 'stel: `stel` is a function [call it: stel(...)]'],
  ['sensor("fam").value', '"fam": unknown sensor fam [did you mean `fan`?]'],
  [
    'sensor("fan").vlaue',
    'sensor("fan").vlaue: a sensor has no `vlaue` [write sensor("fan").value or .quality]',
  ],
  ['sensor("fan")', 'sensor("fan"): `sensor()` is not a value [write sensor("fan").value]'],
  [
    'sensor("fan").avg("10m") > 1',
    'sensor("fan").avg("10m"): `avg()` needs numbers, this sensor gives a boolean',
  ],
  ['sensor("fan").value > 1', 'sensor("fan").value: `>` needs a number, this is a boolean'],
  ['sensor("valve").value == "opne"', '"opne": "opne" is nothing that it can be [did you mean "open"?]'],
  ['quality in ["good", "bad"]', '"bad": "bad" is nothing that it can be'],
  ['mode == "emergncy"', '"emergncy": "emergncy" is nothing that it can be [did you mean "emergency"?]'],
  ['sensors("methan").exists(s, s.value > 1)', '"methan": unknown quantity methan [did you mean `methane`?]'],
  [
    'sensors("methane").exists(s, s.vlaue > 1)',
    's.vlaue: a sensor has no `vlaue` [write s.value or s.quality]',
  ],
  ['sensors("methane").exists(value, true)', 'value: `value` already means something [name the sensor s]'],
  ['sensors("methane").map(s, s.value)', 'unknown function `map()`'],
  [
    'sensors("methane").atLeast(101, s, s.value > 1)',
    '101: how many sensors must be a whole number [write 1 to 100]',
  ],
  ['sensors("methane").exists(s, s.value)', 's.value: `exists` needs a boolean, this is a number'],
  [
    'sensors("methane").exists(s, sensors("co").all(t, t.value > 1))',
    '`sensors()` stands inside of `sensors()` [ask one after the other: ... && ...]',
  ],
  ['sensors("wind-speed").all(s, s.avg("10m") > limits.alarm)', 'compares m/s with %{vol}'],
  ['sensors("fan-state").all(s, s.avg("10m") > 1)', '`avg()` needs numbers, this sensor gives a boolean'],
  ['sensors("methane").all(s, t.avg("10m") > 1)', 'unknown function `avg()`'],
  ['s.avg("10m") > 1', 'unknown function `avg()`'],
  ['sensors("methane").all(s, s.delta("2d") > 1)', '"2d"'],
  [
    'sensors("methane").all(s, s.willReach(1, "30m"))',
    '`willReach()` is not asked of each sensor of a list [ask how fast it changes: s.rate("30m", "1h") > limits.x]',
  ],
  ['sensors("methane").size() > 1', 'unknown function `size()`'],
  ['[1, 2].exists(x, x > 1)', 'unknown function `exists()`'],
  ['value / 0 > 1', 'value / 0: divides by zero [what is divided by zero is never known]'],
  ['value > sensor("wind").value', 'compares %{vol} with m/s [compare figures of one unit]'],
  ['value + sensor("wind").value > 1', 'adds %{vol} with m/s'],
  [
    'rate("10m", "1h") > limits.alarm',
    'compares %{vol}/h with %{vol} [say the unit of the figure: limits.alarm with unit: "%{vol}/h"]',
  ],
  ['count("10m") > limits.alarm', 'compares 1 with %{vol}'],
  ['minKnown(value, sensor("wind").value) > 1', '`minKnown` mixes m/s with %{vol}'],
  ['minKnown(value) > 1', 'minKnown(value): `minKnown()` with 1 arguments [2 to 8 are allowed]'],
  ['willReach(limits.rise, "30m")', 'limits.rise: forecasts %{vol}/h with %{vol}'],
  ['"a".matches("(a+)+$")', 'unknown function `matches()`'],
  ['cel.bind(x, 1, x > 0)', 'unknown function `bind()`'],
])('%s is refused: %s', (text, finding) => {
  expect(findings(text).join('\n')).toContain(finding);
});

const stepsOf = (text: string): number => {
  const compiled = compileExpression(text, around);
  return compiled.ok ? compiled.steps : Number.NaN;
};

test('semantics 27: what is looked up costs its own number of steps', () => {
  expect(stepsOf('avg("10m") > 1')).toBe(2 + windowSteps);
  expect(stepsOf('sensor("other").value > 1')).toBe(2 + roleSteps);
  expect(stepsOf('willReach(1, "30m")')).toBe(1 + forecastSteps);
  expect(stepsOf('sensors("methane").exists(s, s.value > 1)')).toBe(1 + 3 * peerCountMax);
  expect(stepsOf('sensors("methane").exists(s, s.delta("10m") > 1)')).toBe(
    1 + (2 + windowSteps) * peerCountMax,
  );
});

test('semantics 27: asking every sensor of a device for too much is refused', () => {
  const bodies = [
    Array.from({ length: 3 }, (_, i) => `s.value > ${i}`).join(' || '),
    's.avg("10m") > 1 || s.avg("20m") > 1',
  ];
  for (const body of bodies)
    expect(findings(`sensors("methane").exists(s, ${body})`).join()).toContain(
      `at most ${stepsMax} are allowed`,
    );
});
