import type { Axis } from '../../../functions/domain/rules/axes.ts';
import { everyState, possibleStates } from '../../../functions/domain/rules/samples.ts';
import { axisOf } from '../../support/engine/axes.ts';

type Given = readonly (readonly [string, Axis])[];
const every = (given: Given) => everyState(new Map(given))?.map((state) => Object.fromEntries(state));
const possible = (given: Given) => possibleStates(new Map(given)).map((state) => Object.fromEntries(state));
const words = (...of: readonly string[]): Axis => axisOf('word', 'mode', [], { words: new Set(of) });
const opaque = (tie: string): Axis => axisOf('boolean', tie, [], { isOpaque: true });
/** Windows are those of the one sensor, or of the own one. */
const tieOf = (part: string, ties: readonly string[]): string => {
  const [only = '', ...more] = ties;
  if (more.length === 0) return only;
  return part.startsWith('sensor.') ? 'sensor.base' : 'value';
};
const sum = (
  factors: Readonly<Record<string, number>>,
  points: readonly number[],
  ...ties: readonly string[]
) =>
  axisOf('number', '', points, {
    parts: new Map(
      Object.entries(factors).map(([part, factor]) => [part, { factor, tie: tieOf(part, ties) }]),
    ),
    ties: new Set(ties),
  });

test.each<readonly [string, string, Axis, readonly unknown[]]>([
  ['both truth values', 'value', axisOf('boolean', 'value'), [false, true]],
  ['each word', 'mode', words('normal', 'drill'), ['normal', 'drill']],
  [
    'each turning point, one between each two and one on either side',
    'value',
    axisOf('number', 'value', [4, 1]),
    [0, 1, 4, 2.5, 5],
  ],
  ['one on either side of 0 where nothing turns', 'value', axisOf('number', 'value'), [-1, 1]],
  [
    'whole numbers about a half, none below 0',
    'window.0.count',
    axisOf('number', 'value', [2.5]),
    [0, 1, 2, 3, 4],
  ],
  [
    'whole numbers about 0 and about a whole one',
    'window.10.count',
    axisOf('number', 'value', [5]),
    [0, 1, 4, 5, 6],
  ],
  ['spreads of at least 0', 'window.0.stddev', axisOf('number', 'value', [2]), [0, 2, 1, 3]],
  [
    'what is left of a number of readings like any sum',
    '[["value",1],["window.0.count",-1]]',
    axisOf('number', 'value', [2.5]),
    [1.5, 2.5, 3.5],
  ],
])('an axis is tried at %s', (_, name, axis, expected) => {
  expect(every([[name, axis]])?.map((state) => state[name])).toEqual(expected);
});

test.each([
  [11, 2_048],
  [12, 4_096],
  [13, undefined],
])('of %i truth values %s states are looked at', (count, expected) => {
  const axes = Array.from({ length: count }, (_, at) => [`s${at}`, axisOf('boolean', `s${at}`)] as const);
  expect(every(axes)?.length).toBe(expected);
});

test('what hangs together with nothing else can have any value, even what cannot be looked into', () => {
  const two: Given = [
    ['a', opaque('value')],
    ['b', opaque('sensor.base')],
  ];
  expect(possible(two)).toHaveLength(4);
  expect(possible([['window.0.stddev', axisOf('number', 'value', [2])]])).toHaveLength(4);
});

test('what cannot be looked into is not known to be possible beside what it hangs together with', () => {
  expect(
    possible([
      ['value', axisOf('number', 'value', [1])],
      ['a', opaque('value')],
    ]),
  ).toEqual([]);
});

test.each(['limits.unset', 'range.max'])(
  'nothing is known to be possible before somebody has set %s',
  (name) => {
    const open = axisOf('number', name, [1]);
    expect(possible([[name, open]])).toEqual([]);
    expect(
      possible([
        ['value', axisOf('number', 'value', [1])],
        [name, open],
      ]),
    ).toEqual([]);
    expect(possible([['sum', sum({ value: 1, 'window.0.max': -1, [name]: 1 }, [0], 'value', name)]])).toEqual(
      [],
    );
  },
);

test.each([
  ['min', [12, 14, 16]],
  ['max', [12, 14, 16]],
  ['count', [10, 13, 16]],
  ['stddev', [18, 21, 24]],
])('only a steady sensor is known to show a value and the %s of its window', (fn, expected) => {
  const factors = { 'sensor.base.value': 3, [`window.0.${fn}`]: -1 };
  const states = possible([['sum', sum(factors, [7], 'sensor.base')]]);
  expect(states.map((state) => state['sum'])).toEqual(expected);
});

test.each(['window.0.avg', 'window.0.delta', 'sensor.base.value'])(
  'every distance between a value and %s can be',
  (part) => {
    expect(possible([['sum', sum({ value: 1, [part]: -1 }, [7], 'value')]])).toEqual([
      { sum: 6 },
      { sum: 7 },
      { sum: 8 },
    ]);
  },
);

test('of a steady sensor every window shows its value, no change, no spread, and readings enough', () => {
  const at = (value: number) => ({
    value,
    'window.0.avg': value,
    'window.0.count': 4,
    'window.0.delta': 0,
    'window.0.rate.1000': 0,
    'window.0.stddev': 0,
  });
  const states = possible([
    ['value', axisOf('number', 'value', [1])],
    ['window.0.avg', axisOf('number', 'value', [3])],
    ['window.0.count', axisOf('number', 'value', [2.5])],
    ['window.0.delta', axisOf('number', 'value', [50])],
    ['window.0.rate.1000', axisOf('number', 'value', [60])],
    ['window.0.stddev', axisOf('number', 'value', [70])],
  ]);
  expect(states).toEqual([0, 1, 2.5, 3, 1.75, 2.75, 4].map(at));
});

test('a window holds a reading even where a condition compares their number with one below 0', () => {
  const states = possible([
    ['window.0.count', axisOf('number', 'value', [-3])],
    ['value', axisOf('number', 'value')],
  ]);
  expect(states.map((state) => state['window.0.count'])).toEqual([1, 1, 1]);
});

test('beside steady sensors words and truth values are each tried', () => {
  const states = possible([
    ['value', axisOf('number', 'value', [1])],
    ['window.0.avg', axisOf('number', 'value', [1])],
    ['mode', words('normal', 'drill')],
    ['fan', axisOf('boolean', 'sensor.fan')],
  ]);
  const levels = [0, 1, 2].map((value) => ({ value, 'window.0.avg': value }));
  const beside = [
    { mode: 'normal', fan: false },
    { mode: 'drill', fan: false },
    { mode: 'normal', fan: true },
    { mode: 'drill', fan: true },
  ];
  expect(states).toHaveLength(12);
  expect(states).toEqual(
    expect.arrayContaining(beside.flatMap((one) => levels.map((level) => ({ ...level, ...one })))),
  );
});

test('a sum over one steady sensor is that of its values', () => {
  const states = possible([
    ['value', axisOf('number', 'value', [5])],
    ['sum', sum({ value: 2, 'window.0.max': -1, 'window.0.stddev': 3 }, [5], 'value')],
  ]);
  expect(states).toEqual([4, 5, 6].map((value) => ({ value, sum: value })));
});

test.each([
  ['value', 'sensor.base'],
  ['sensor.base', 'value'],
])(
  'a sum over two steady sensors takes each at its own level, tried at the points of both, also when %s comes first',
  (...ties) => {
    const states = possible([
      ['value', axisOf('number', 'value', [5])],
      ['sensor.base.value', axisOf('number', 'sensor.base', [20])],
      ['sum', sum({ 'window.0.max': 1, 'sensor.base.value': -2 }, [], ...ties)],
    ]);
    const points = [4, 5, 12.5, 20, 21];
    const levels = points.flatMap((value) => points.map((base) => [value, base] as const));
    expect(states).toHaveLength(25);
    expect(states).toEqual(
      expect.arrayContaining(
        levels.map(([value, base]) => ({ value, 'sensor.base.value': base, sum: value - 2 * base })),
      ),
    );
  },
);
