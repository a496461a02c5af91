import { newBuiltInCell, newCell, newMachine } from '../../../../functions/domain/rules/engine/cell.ts';
import { cellJson } from '../../../../functions/domain/rules/engine/record.ts';
import {
  BuiltInRecord,
  EndRecord,
  RecordHead,
  StepRecord,
} from '../../../../functions/domain/rules/engine/record-schema.ts';
import { windowFunctions } from '../../../../functions/domain/rules/expression.ts';
import { qualities } from '../../../../functions/domain/telemetry/reading.ts';
import { readingOf } from '../../../support/engine/bench.ts';
import { filledCell } from '../../../support/engine/filled.ts';

const readings = { kind: 'readings', isLate: false, at: 9, readings: [readingOf({ t: 0, v: 1 }, 0)] };
const time = { kind: 'time', event: 'deadline', at: 9, index: 0, value: 1, quality: 'good' };
const record = (given: object = {}) => ({
  ruleVersion: 'v1',
  before: { machines: [] },
  input: readings,
  ...given,
});
const accepts = (given: object): boolean => StepRecord.safeParse(record(given)).success;
const asked = { figures: [], reaches: [], windows: [] };

test('a record names its rule and its sensor, whatever else it says', () => {
  expect(RecordHead.parse({ rule: 'r', sensor: 's', more: 1 })).toEqual({ rule: 'r', sensor: 's', more: 1 });
  expect([{ rule: 'r' }, { sensor: 's' }].map((one) => RecordHead.safeParse(one).success)).toEqual([
    false,
    false,
  ]);
});

test('what a record does not say of a cell, its severities and the limits stands as in the beginning', () => {
  expect(StepRecord.parse(record({ before: { machines: [{}, {}] } }))).toStrictEqual({
    ruleVersion: 'v1',
    before: { ...newCell(0, -1), machines: [newMachine(), newMachine()] },
    input: readings,
    limits: {},
    constants: {},
    era: { from: 0, key: 0, met: 0 },
  });
});

test('what a record says of a cell is read as it was', () => {
  const cell = filledCell({ isCalm: false });
  expect(StepRecord.parse(record({ before: cellJson(cell) })).before).toStrictEqual(cell);
});

test.each<[string, object]>([
  ['a cell with a field that nobody knows', { before: { machines: [], more: 1 } }],
  ['a cell without its severities', { before: {} }],
  ['a severity with a field that nobody knows', { before: { machines: [{ more: 1 }] } }],
  ['a severity in no phase', { before: { machines: [{ phase: 4 }] } }],
  ['a severity with half an instant', { before: { machines: [{ since: 0.5 }] } }],
  ['no readings', { input: { ...readings, readings: [] } }],
  ['readings with a field that nobody knows', { input: { ...readings, more: 1 } }],
  ['a reading with one', { input: { ...readings, readings: [{ ...readings.readings[0], more: 1 }] } }],
  [
    'a quality that nobody knows',
    { input: { ...readings, readings: [{ ...readings.readings[0], quality: 'x' }] } },
  ],
  ['time with a field that nobody knows', { input: { ...time, more: 1 } }],
  ['an event that nobody knows', { input: { ...time, event: 'x' } }],
  ['an input of another kind', { input: { kind: 'x' } }],
  ['an era with a field that nobody knows', { era: { from: 0, key: 0, met: 0, more: 1 } }],
  ['an era that is not whole', { era: { from: 0, key: 0 } }],
  ['what was asked with a field that nobody knows', { asked: [{ ...asked, more: 1 }] }],
  ['what was asked that is not whole', { asked: [{}] }],
  ['a limit that says nothing', { limits: { a: {} } }],
  ['a limit of no origin', { limits: { a: { origin: 'x', value: 1 } } }],
  ['a constant that is none', { constants: { a: null } }],
])('a record is refused that says: %s', (_, given) => {
  expect(accepts(given)).toBe(false);
});

test.each(['deadline', 'schedule-ended', 'hold-ended', 'silence', 'unknown', 'limit-changed'])(
  'time that tells of %s is read',
  (event) => {
    const whole = { ...time, event, valueAt: 3, goodAt: 4 };
    expect(StepRecord.parse(record({ input: whole })).input).toStrictEqual(whole);
    expect(StepRecord.parse(record({ input: { ...time, event } })).input).toStrictEqual({ ...time, event });
  },
);

test.each<[unknown, unknown]>([
  [1, 1],
  [true, true],
  ['open', 'open'],
  [null, Number.NaN],
  [undefined, undefined],
])('semantics 1: a value that a record has as %p is %p', (value, read) => {
  const reading = { ...readings.readings[0], value };
  const before = { machines: [] };
  const parsed = StepRecord.parse({ ruleVersion: 'v1', before, input: { ...readings, readings: [reading] } });
  expect(parsed.input).toStrictEqual({ ...readings, readings: [{ ...reading, value: read }] });
  const { value: _, ...rest } = time;
  const input = value === undefined ? rest : { ...time, value };
  expect(StepRecord.parse(record({ input })).input).toStrictEqual({ ...time, value: read });
});

test('every state of a sensor is read', () => {
  for (const quality of qualities)
    expect(accepts({ input: { ...readings, readings: [{ ...readings.readings[0], quality }] } })).toBe(true);
});

test('semantics 25: what was asked is read as it was told', () => {
  const full = {
    figures: windowFunctions.map((fn, i) => [i, fn, i === 0 ? null : 1.5]),
    each: [
      [0, 1, 'avg', 2.5],
      [0, 2, 'max', null],
    ],
    reaches: [
      [0, 1.5, 60.5, true],
      [1, 2, 60, null],
    ],
    windows: [[0, 3, 4, 5]],
    roles: [
      ['a', 1, 'good'],
      ['b', true, 'good'],
      ['c', 'open', null],
      ['d', null, 'fault'],
    ],
    peers: [
      [
        'methane',
        [
          [1, 'good'],
          [false, 'good'],
          ['open', 'good'],
          [null, 'fault'],
        ],
      ],
    ],
  };
  expect(StepRecord.parse(record({ asked: [full, asked] })).asked).toStrictEqual([full, asked]);
});

test('semantics 25: a limit is read with where it came from, and as one of the rule where only its figure was kept', () => {
  const limits = {
    figure: { value: 1 },
    rule: { value: 2, origin: 'rule' },
    unset: { origin: 'unset' },
    grade: { value: 3, origin: 'grade', grade: 2 },
    substance: { value: 4, origin: 'substance', substance: '74-82-8' },
    override: {
      ...{ value: 5, origin: 'override', override: 'o', scope: 'area 22', by: 'b', at: 7, isSigned: true },
    },
  };
  expect(StepRecord.parse(record({ limits })).limits).toStrictEqual({
    ...limits,
    figure: { value: 1, origin: 'rule' },
    unset: { value: undefined, origin: 'unset' },
  });
  const withSource = { value: 2, origin: 'rule', standard: 'S', clause: '1', verified: true };
  expect(StepRecord.parse(record({ limits: { a: withSource } })).limits).toEqual({ a: limits.rule });
});

test('constants and eras are read as they are, and what replay does not need stays beside them', () => {
  const given = {
    constants: { mode: 'normal', 'source.grade': 2, flag: true },
    era: { from: 1, key: 2, met: 3 },
    more: 'x',
  };
  expect(StepRecord.parse(record(given))).toMatchObject(given);
});

const builtInInput = {
  ...{ kind: 'raise', trigger: 'quality', at: 9, phenomenonAt: 8, rank: 2, silentAfterMs: 30, value: 1 },
  ...{ quality: 'fault', causes: ['x', { rule: 'r' }] },
};
const builtIn = (before: object, input: object = builtInInput) => BuiltInRecord.safeParse({ before, input });

test('an alert on data is read with what was said of it, the rest as in the beginning', () => {
  expect(BuiltInRecord.parse({ before: {}, input: builtInInput, more: 1 })).toStrictEqual({
    before: newBuiltInCell(),
    input: builtInInput,
    more: 1,
  });
  const before = { phase: 3, rank: 2, since: 5, clearSince: 6, lastAt: 7 };
  expect(builtIn(before).data?.before).toStrictEqual({ ...before, hint: undefined });
  const { value: _, ...valueless } = builtInInput;
  expect(builtIn({}, valueless).data?.input).toStrictEqual({ ...builtInInput, value: undefined });
});

test.each([
  ...['raise', 'good', 'bad'].map((kind) => ({ kind })),
  ...['quality', 'unknown', 'reading'].map((trigger) => ({ trigger })),
])('an alert on data is read where it says %j', (given) => {
  expect(builtIn({}, { ...builtInInput, ...given }).success).toBe(true);
});

test.each([{ kind: 'x' }, { trigger: 'x' }, { more: 1 }, { rank: 0.5 }])(
  'an alert on data is refused that says %j',
  (given) => {
    expect(builtIn({}, { ...builtInInput, ...given }).success).toBe(false);
    expect(builtIn({ more: 1 }).success).toBe(false);
  },
);

const ended = {
  rule: 'test.rule',
  before: { toldRank: 3, wasToldStale: false, since: 5 },
  input: { kind: 'book', trigger: 'deselected', ruleVersion: 'v1', at: 9 },
};
const ends = (input: object = {}, before: object = {}): boolean =>
  EndRecord.safeParse({
    ...ended,
    input: { ...ended.input, ...input },
    before: { ...ended.before, ...before },
  }).success;

test('the end of an alert is read with or without who ended it', () => {
  expect(EndRecord.parse({ ...ended, more: 1 })).toStrictEqual({ ...ended, more: 1 });
  const input = { ...ended.input, trigger: 'rule-retired', by: 'b', reason: 'r', date: '2026-11-28' };
  expect(EndRecord.parse({ ...ended, input })).toStrictEqual({ ...ended, input });
});

test('the end of an alert is refused that has another cause, or says more or less than it must', () => {
  expect([ends(), ends({ kind: 'x' }), ends({ trigger: 'x' }), ends({ more: 1 })]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([ends({}, { more: 1 }), ends({}, { since: 0.5 }), ends({}, { since: undefined })]).toEqual([
    false,
    false,
    false,
  ]);
  expect(EndRecord.safeParse({ ...ended, rule: 'No Rule' }).success).toBe(false);
});
