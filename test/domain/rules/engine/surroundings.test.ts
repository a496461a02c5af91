import type { SeenAt } from '../../../../functions/domain/rules/engine/around-others.ts';
import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import {
  type Asked,
  frameOf,
  type RingsOf,
  recordedLast,
  recordedSurroundings,
  surroundingsOf,
} from '../../../../functions/domain/rules/engine/surroundings.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { enter, newRing, scaledValue } from '../../../../functions/domain/rules/windows/ring.ts';
import type { Quality } from '../../../../functions/domain/telemetry/reading.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf, firstCondition } from '../../../support/engine/bound.ts';
import { boundTo, compare, device, either, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { windowOf } from '../../../support/engine/windows.ts';

const ofRole = compare('ge', input('sensor.other.value'), literal(1));
const ofPeers: Expression = {
  ...{ op: 'peers', how: 'all', least: 1, quantity: 'methane' },
  of: compare('ge', input('peer.value'), literal(1)),
};
const base = ruleOf({
  select: { quantities: ['methane'], tags: ['watched'] },
  roles: { other: { quantity: 'methane', tags: ['outlet'] }, nobody: { quantity: 'co' } },
});
const whenIs = (when: Expression) => ({
  ...base,
  severities: base.severities.map((one) => ({ ...one, when })),
});
const changes = ['avg', 'delta', 'slope'] as const;
/** Windows: 0 of the own sensor, 1 of the other, 2 of nobody, 3 of the list of both, 4 to 11 are the own one's. */
const windows = [
  windowOf({ lengthS: 60, functions: changes }),
  windowOf({ lengthS: 60, functions: changes, role: 'other' }),
  windowOf({ lengthS: 60, functions: changes, role: 'nobody' }),
  windowOf({ lengthS: 60, functions: ['delta'], quantity: 'methane' }),
  ...[4, 5, 6, 7, 8, 9, 10].map((i) => windowOf({ lengthS: 60 * i, functions: ['count'] })),
];
const pair = device([{ tags: ['watched'] }, { sensorId: 'b', tags: ['outlet'] }]);
const rules = boundTo({ ...whenIs(either(ofRole, ofPeers)), windows }, pair);
const mine = firstCondition(rules);

/** Every window of the sensor at `slot` has seen a value that rises by `slot + 1` each 15 s. */
const ringsOf: RingsOf = (slot) =>
  rules.sensors[slot]?.windows.map(({ shape }) => {
    const ring = newRing();
    for (const i of [0, 1, 2, 3, 4]) enter(shape, ring, at(15 * i), scaledValue(shape, (i + 1) * (slot + 1)));
    return ring;
  }) ?? [];
const seenAt: SeenAt = (slot, when) => ({ value: slot * 10 + (when === at(60) ? 1 : 0), quality: 'good' });
const reading = (v: number, q: Quality = 'good') => readingOf({ t: 60, v, q }, 60);
function around(one = reading(5), condition: Condition = mine, rings = ringsOf) {
  const said = surroundingsOf(condition, rings, seenAt);
  if (said === undefined) throw new Error('nothing to ask');
  return { ...said.aroundAt(one), asked: () => said.askedAt(one) };
}
const nothing: Asked = { figures: [], reaches: [], windows: [] };

test('what asks for no window, no role and no list has nothing around it', () => {
  const plain = conditionOf(ruleOf());
  expect(surroundingsOf(plain, ringsOf, seenAt)).toBeUndefined();
  const windowed = { ...base, windows: windows.slice(0, 1) };
  for (const one of [whenIs(ofRole), whenIs(ofPeers), windowed])
    expect(surroundingsOf(conditionOf(one, pair), ringsOf, seenAt)).toBeDefined();
});

test('a reading alone is a frame; beside others its value, quality and time are what is looked at', () => {
  const one = reading(5, 'fault');
  expect(frameOf(one, undefined)).toBe(one);
  const said = recordedLast([nothing]);
  const frame = frameOf(one, said);
  expect({ ...frame, around: undefined }).toEqual({
    ...{ value: 5, quality: 'fault', phenomenonAt: at(60), around: undefined },
  });
  expect(frame.around?.figure(0, 'avg')).toBeUndefined();
});

test('semantics 17: a figure is that of its window, of the sensor of its role, as of the reading', () => {
  const { figure, figureOf } = around();
  expect([figure(0, 'avg'), figure(1, 'avg'), figure(2, 'avg'), figure(99, 'avg')]).toEqual([
    3.5,
    7,
    undefined,
    undefined,
  ]);
  expect([figure(0, 'delta'), figure(1, 'delta'), figure(4, 'count')]).toEqual([4, 8, 5]);
  expect([figureOf(3, 'delta', undefined), figureOf(3, 'delta', 0), figureOf(3, 'delta', 1)]).toEqual([
    4, 4, 8,
  ]);
  expect([figureOf(3, 'delta', 2), figureOf(99, 'delta', 0)]).toEqual([undefined, undefined]);
});

test('semantics 17: a window that never saw a reading counts none', () => {
  expect(around(reading(5), mine, () => []).figure(4, 'count')).toBe(0);
});

test.each<[Quality, number]>([
  ['good', 8],
  ['calibrating', 8],
  ['fault', 4],
  ['unknown', 4],
])(
  'semantics 5, 17: that a reading is %s makes the own window compare it, or what entered last: %i',
  (q, delta) => {
    const { figure, reaches } = around(reading(9, q));
    expect([figure(0, 'delta'), figure(1, 'delta')]).toEqual([delta, 8]);
    // From 9 on it does not rise to 6, from 5 on it does.
    expect([reaches(0, 6, 15_000), reaches(1, 11, 15_000)]).toEqual([delta === 4, true]);
  },
);

test('semantics 18: a forecast is asked by its window, its limit and its time', () => {
  const { reaches } = around();
  expect([reaches(0, 6, 15_000), reaches(0, 7, 15_000), reaches(0, 7, 30_000)]).toEqual([true, false, true]);
  expect([reaches(1, 12, 15_000), reaches(2, 6, 15_000), reaches(99, 6, 15_000)]).toEqual([
    true,
    undefined,
    undefined,
  ]);
});

test('what is asked of a window is found once, each of its figures and each forecast', () => {
  let asked = 0;
  const counting: RingsOf = (slot) => {
    asked += 1;
    return ringsOf(slot);
  };
  const { figure, figureOf, reaches } = around(reading(5), mine, counting);
  const all = () => [
    [figure(0, 'avg'), figure(0, 'delta'), figure(1, 'avg')],
    [figureOf(3, 'delta', 0), figureOf(3, 'delta', 1), figureOf(3, 'avg', 0), figureOf(0, 'delta', 0)],
    [reaches(0, 6, 15_000), reaches(0, 7, 15_000), reaches(0, 7, 30_000), reaches(1, 6, 15_000)],
  ];
  const first = all();
  expect(asked).toBe(11);
  expect(all()).toEqual(first);
  expect(asked).toBe(11);
});

test('semantics 25: what was asked is noted in an order of its own, what is unknown as such', () => {
  const { figure, figureOf, reaches, role, peers, asked } = around();
  expect(asked()).toEqual(nothing);
  expect([role('other')?.value, peers('methane').map(({ value }) => value)]).toEqual([11, [1, 11]]);
  for (const window of [10, 4, 2, 1, 0]) figure(window, window < 3 ? 'avg' : 'count');
  figure(0, 'delta');
  figureOf(3, 'delta', 1);
  figureOf(3, 'delta', 0);
  figureOf(3, 'delta', 2);
  reaches(5, 1, 15_000);
  reaches(0, 7, 15_000);
  reaches(0, 6, 15_000);
  const there = (window: number, from = 15) => [window, from === 15 ? 4 : 5, at(from), at(60)];
  expect(asked()).toEqual({
    figures: [
      [0, 'avg', 3.5],
      [0, 'delta', 4],
      [1, 'avg', 7],
      [10, 'count', 5],
      [2, 'avg', null],
      [4, 'count', 5],
    ],
    each: [
      [3, 0, 'delta', 4],
      [3, 1, 'delta', 8],
      [3, 2, 'delta', null],
    ],
    reaches: [
      [0, 6, 15_000, true],
      [0, 7, 15_000, false],
      [5, 1, 15_000, null],
    ],
    windows: [there(0), there(1), there(4, 0), there(5, 0), there(10, 0)],
    roles: [['other', 11, 'good']],
    peers: [
      [
        'methane',
        [
          [1, 'good'],
          [11, 'good'],
        ],
      ],
    ],
  });
});

test('what was asked at one reading is not told of another, not even of the same instant', () => {
  const said = surroundingsOf(mine, ringsOf, seenAt);
  const [one, other] = [reading(5), reading(5)];
  said?.aroundAt(one).figure(4, 'count');
  expect(said?.askedAt(one).figures).toEqual([[4, 'count', 5]]);
  expect(said?.askedAt(other)).toEqual(nothing);
  said?.aroundAt(one).figure(5, 'count');
  expect(said?.askedAt(one).figures).toHaveLength(2);
});

const record: Asked = {
  figures: [
    [0, 'avg', 2],
    [0, 'max', null],
    [1, 'avg', 3],
  ],
  each: [
    [0, 0, 'avg', 4],
    [0, 1, 'avg', 5],
    [1, 0, 'avg', 6],
    [0, 0, 'max', 7],
  ],
  reaches: [
    [0, 1, 10, true],
    [0, 2, 10, false],
    [0, 1, 20, null],
    [1, 1, 10, false],
  ],
  windows: [],
  roles: [['other', 8, 'good']],
  peers: [['methane', [[9, 'good']]]],
};

test('semantics 25: a record gives its answers once more, each for what was asked', () => {
  const { figure, figureOf, reaches, role, peers } = recordedLast([record]).aroundAt(reading(1));
  expect([figure(0, 'avg'), figure(0, 'max'), figure(1, 'avg'), figure(1, 'max')]).toEqual([
    2,
    undefined,
    3,
    undefined,
  ]);
  expect([figureOf(0, 'avg', undefined), figureOf(0, 'avg', 1), figureOf(1, 'avg', 0)]).toEqual([4, 5, 6]);
  expect([figureOf(0, 'max', 0), figureOf(0, 'max', 1), figureOf(1, 'max', 0)]).toEqual([
    7,
    undefined,
    undefined,
  ]);
  expect([reaches(0, 1, 10), reaches(0, 2, 10), reaches(0, 1, 20), reaches(1, 1, 10)]).toEqual([
    true,
    false,
    undefined,
    false,
  ]);
  expect([reaches(0, 3, 10), reaches(2, 1, 10)]).toEqual([undefined, undefined]);
  expect([role('other')?.value, peers('methane').map(({ value }) => value)]).toEqual([8, [9]]);
});

test('semantics 25: a record says of each reading what was asked at it, of no other', () => {
  const readings = [reading(1), reading(1)];
  const [one = reading(1), other = reading(1)] = readings;
  const said = recordedSurroundings(readings, [record, nothing]);
  expect([said.askedAt(one), said.askedAt(other), said.askedAt(reading(1))]).toEqual([
    record,
    nothing,
    nothing,
  ]);
  expect(said.aroundAt(one).figure(0, 'avg')).toBe(2);
  expect([said.aroundAt(other).figure(0, 'avg'), said.aroundAt(reading(1)).role('other')]).toEqual([
    undefined,
    undefined,
  ]);
  expect(recordedLast([record]).askedAt(reading(1))).toBe(record);
  expect(recordedLast([nothing]).aroundAt(reading(1)).figureOf(0, 'avg', 0)).toBeUndefined();
});
