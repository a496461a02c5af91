import { AlertId, RuleId } from '../../../../../functions/domain/ids.ts';
import { bindDevice, type DeviceRules } from '../../../../../functions/domain/rules/engine/bind.ts';
import {
  type BuiltInCell,
  type Cell,
  newBuiltInCell,
  newestValueOf,
  newSensorCell,
  phases,
  type SensorCell,
} from '../../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../../functions/domain/rules/engine/spans.ts';
import {
  emptyRuleState,
  type Orphan,
  type RuleState,
} from '../../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../../functions/domain/rules/engine/stored/codec.ts';
import { headingOf } from '../../../../../functions/domain/rules/engine/stored/heading.ts';
import { enter, newRing } from '../../../../../functions/domain/rules/windows/ring.ts';
import { writeRing } from '../../../../../functions/domain/rules/windows/ring-codec.ts';
import { instant } from '../../../../../functions/domain/time.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';
import { machineOf } from '../../../../support/engine/counting.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../../support/engine/windows.ts';

const seenAt = instant(1_000);
const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 7 };
const hintBytes = [7, ...Buffer.from('alert-1'), 7];
const text = (of: string): readonly number[] => [of.length, ...Buffer.from(of)];

const rules = boundTo(ruleOf());
const twoRules = bindDevice(bookOf(ruleOf(), ruleOf({ id: RuleId.parse('test.two') })), device());
const threeSensors = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b' }, { sensorId: 'c' }]));

interface Given {
  readonly sensors?: readonly Partial<SensorCell>[];
  readonly cells?: readonly Partial<Cell>[];
  readonly orphans?: readonly Orphan[];
}

/** A state that nothing was reported to, but for this. */
function stateOf(of: DeviceRules, { sensors = [], cells = [], orphans = [] }: Given): RuleState {
  const empty = emptyRuleState(of, seenAt);
  return {
    ...empty,
    sensors: empty.sensors.map((sensor, i) => ({ ...sensor, ...sensors[i] })),
    cells: empty.cells.map((cell, i) => ({ ...cell, ...cells[i] })),
    orphans,
  };
}

const encoded = (of: DeviceRules, state: RuleState): readonly number[] =>
  bytesBy((writer) => encodeRules(writer, of, state));
const decoded = (bytes: readonly number[], of: DeviceRules): RuleState =>
  readAll(bytes, (reader) => decodeRules(reader, of));

/** What comes before the sensors. */
const head = (of: DeviceRules): readonly number[] =>
  bytesBy((writer) => {
    writer.uint(seenAt);
    writer.raw(headingOf(of).bytes);
    writer.uint(of.sensors.length);
  });
const keyOf = (of: DeviceRules, slot = 0): readonly number[] =>
  bytesBy((writer) => writer.uint(of.sensors[slot]?.key ?? 0));
/** A cell that nothing was reported to, evaluated when its sensor reported last: never. */
const blank = [26, 1];
/** The same of a sensor that has reported. */
const blankBefore = [18, 0, 1];

const raised: BuiltInCell = { ...newBuiltInCell(), phase: phases.active, rank: 1, since: 990, lastAt: 990 };

test.each<[string, Given, readonly number[]]>([
  ['nothing', {}, [0, ...keyOf(rules), 0, 1, 0, ...blank]],
  ['a decimal', { sensors: [{ at: 990, number: 0.5 }] }, [4, ...keyOf(rules), 21, 42, 1, 0, ...blankBefore]],
  [
    'a name',
    { sensors: [{ at: 990, other: 'on' }] },
    [8, ...keyOf(rules), 21, 3, ...text('on'), 1, 0, ...blankBefore],
  ],
  ['no value', { sensors: [{ at: 990 }] }, [0, ...keyOf(rules), 21, 1, 0, ...blankBefore]],
  [
    'a bad value',
    { sensors: [{ at: 990, number: 0.5, quality: 'bad' }] },
    [6, ...keyOf(rules), 21, 42, ...text('bad'), 1, 0, ...blankBefore],
  ],
  [
    'no value after a good one',
    { sensors: [{ at: 990, quality: 'bad', lastGood: { at: 980, value: 1 } }] },
    [130, 4, ...keyOf(rules), 21, ...text('bad'), 41, 1, 8, 1, 0, ...blankBefore],
  ],
  [
    'what it said lately',
    {
      sensors: [{ recent: { stretches: [{ value: 1, quality: 'good', from: 980, to: 990 }], isCut: false } }],
    },
    [128, 1, ...keyOf(rules), 0, 2, 1, 8, 20, 10, 1, 0, ...blank],
  ],
  [
    'a fault, by its id',
    { sensors: [{ fault: raised }] },
    [17, ...text('ch4'), 0, 18, 21, 0, 21, 1, 0, ...blank],
  ],
  [
    'rules without an answer, by its id',
    { sensors: [{ notEvaluable: raised }] },
    [33, ...text('ch4'), 0, 18, 21, 0, 21, 1, 0, ...blank],
  ],
  ['an alert, by its id', { cells: [{ hint }] }, [1, ...text('ch4'), 0, 1, 0, 30, 1, ...hintBytes]],
  [
    'what was told, by its id',
    { cells: [{ toldRank: 0 }] },
    [1, ...text('ch4'), 0, 1, 0, 58, 1, 0, 1, 0, 0, 0, 0, 0, 0],
  ],
])('a sensor lies in bytes and is found again: %s', (_, given, bytes) => {
  const state = stateOf(rules, given);
  const all = [...head(rules), ...bytes, 0];
  expect(encoded(rules, state)).toEqual(all);
  const read = decoded(all, rules);
  const owned = { owner: read.owner };
  expect(read).toEqual({
    ...state,
    ...owned,
    sensors: state.sensors.map((sensor) => ({ ...sensor, ...owned, ringsOwner: read.owner })),
    cells: state.cells.map((cell) => ({ ...cell, ...owned })),
  });
});

test('the last good value is written only while the newest is not good', () => {
  const lastGood = { at: 980, value: 1 };
  const state = stateOf(rules, { sensors: [{ at: 990, number: 0.5, lastGood }] });
  expect(decoded(encoded(rules, state), rules).sensors[0]?.lastGood).toBeUndefined();
});

test('rules without an answer are written up to the newest calm reading', () => {
  const sensor = { at: 995, isCalm: true, notEvaluable: raised, calmFrom: 992, lifeAt: 995, lifeSetAt: 996 };
  const [read] = decoded(encoded(rules, stateOf(rules, { sensors: [sensor] })), rules).sensors;
  expect(read?.notEvaluable).toEqual({ ...raised, lastAt: 995 });
});

test('a calm reading is written into the conditions on its sensor alone, and into no other', () => {
  const calm = { at: 995, isCalm: true, calmFrom: 992, lifeAt: 995, lifeSetAt: 996 };
  const evaluatedAt = (of: DeviceRules, sensor: Partial<SensorCell>) =>
    decoded(encoded(of, stateOf(of, { sensors: [sensor], cells: [{ evaluatedAt: 980 }] })), of).cells[0]
      ?.evaluatedAt;
  const linked = {
    ...rules,
    sensors: rules.sensors.map((bound) => ({
      ...bound,
      conditions: bound.conditions.map((condition) => ({ ...condition, isAlone: false })),
    })),
  };
  expect([evaluatedAt(rules, calm), evaluatedAt(rules, { ...calm, isCalm: false })]).toEqual([995, 980]);
  expect(evaluatedAt(linked, calm)).toBe(980);
});

test('the windows of a sensor lie in bytes and are found again', () => {
  const windowed = boundTo(
    windowRule({ window: { lengthS: 600, functions: ['avg'] }, when: figureIs('avg', 'ge', 1) }),
  );
  const shape = windowed.sensors[0]?.windows[0]?.shape;
  if (shape === undefined) throw new Error('no window is bound');
  const ring = newRing();
  enter(shape, ring, 900, 5);
  const ringBytes = bytesBy((writer) => writeRing(writer, shape, ring, 990));
  const bytes = encoded(windowed, stateOf(windowed, { sensors: [{ at: 990, rings: [ring] }] }));
  expect(bytes).toEqual([
    ...[...head(windowed), 64, ...keyOf(windowed), 21],
    ...[1, 0, ringBytes.length, ...ringBytes, 1, 0, ...blankBefore, 0],
  ]);
  expect(decoded(bytes, windowed).sensors[0]?.rings[0]?.data).toEqual(ring.data);
});

test('a sensor under the same rules as the one before does not name them again', () => {
  const state = stateOf(threeSensors, { sensors: [{ number: 1 }, { number: 2 }, { number: 3 }] });
  const keys = [0, 1, 2].map((slot) => keyOf(threeSensors, slot));
  const bytes = [
    ...[...head(threeSensors), 4, ...(keys[0] ?? []), 0, 8, 1, 0, ...blank],
    ...[132, 2, ...(keys[1] ?? []), 0, 16, ...blank],
    ...[132, 2, ...(keys[2] ?? []), 0, 24, ...blank, 0],
  ];
  expect(encoded(threeSensors, state)).toEqual(bytes);
  expect(decoded(bytes, threeSensors).sensors.map(newestValueOf)).toEqual([1, 2, 3]);
});

test('a sensor under other rules than the one before says how many they are', () => {
  const mixed = boundTo(ruleOf(), device([{ sensorId: 'a' }, { sensorId: 'b', quantity: 'temperature' }]));
  const bytes = [...head(mixed), 0, ...keyOf(mixed), 0, 1, 0, ...blank, 4, ...keyOf(mixed, 1), 0, 8, 0, 0];
  expect(encoded(mixed, stateOf(mixed, { sensors: [{}, { number: 1 }] }))).toEqual(bytes);
  expect(decoded(bytes, mixed).sensors.map(newestValueOf)).toEqual([undefined, 1]);
});

test('each rule of a sensor is named by its number, and the second cell looks at the first', () => {
  const idle = { machines: [machineOf({ spans: [spanKinds.isFalse, 980, 990] })], evaluatedAt: 990 };
  const state = stateOf(twoRules, { sensors: [{ at: 990 }], cells: [idle, idle] });
  const bytes = [...head(twoRules), 0, ...keyOf(twoRules), 21, 2, 0, 25, 1, 10, 1, 3, 0];
  expect(encoded(twoRules, state)).toEqual(bytes);
  expect(decoded(bytes, twoRules).cells.map(({ machines }) => machines[0]?.spans)).toEqual([
    [0, 980, 990],
    [0, 980, 990],
  ]);
});

test('a sensor is named by its id when one rule of several has told something', () => {
  const state = stateOf(twoRules, { cells: [{}, { toldRank: 0 }] });
  expect(encoded(twoRules, state).slice(head(twoRules).length)[0]).toBe(1);
});

test('sensors whose hashes are alike are named by their ids', () => {
  const alike = { ...threeSensors, sensors: threeSensors.sensors.map((bound) => ({ ...bound, key: 5 })) };
  const state = stateOf(alike, { sensors: [{ number: 1 }, { number: 2 }, { number: 3 }] });
  expect(decoded(encoded(alike, state), alike).sensors.map(newestValueOf)).toEqual([1, 2, 3]);
});

test('a sensor that the state does not have is written as one that never reported', () => {
  const state = { ...stateOf(rules, {}), sensors: [] };
  expect(decoded(encoded(rules, state), rules).sensors[0]).toMatchObject({
    at: newSensorCell().at,
    quality: 'good',
  });
});

test('a state without the cell of a condition is a mistake of ours', () => {
  const state = { ...stateOf(rules, {}), cells: [] };
  const encode = () => encoded(rules, state);
  expect(encode).toThrow(RangeError);
  expect(encode).toThrow('no state for slot 0');
});

test.each<[string, Partial<Orphan>, readonly number[]]>([
  ['what stands', { toldRank: 2 }, [3, 0, 21]],
  ['what was told stale', { toldRank: 2, wasToldStale: true }, [3, 1, 21]],
  ['what is over, with its alert', { toldRank: -1, hint }, [0, 2, 21, ...hintBytes]],
  [
    'what was told stale, with its alert',
    { toldRank: 0, wasToldStale: true, hint },
    [1, 3, 21, ...hintBytes],
  ],
])('what is kept of a rule that is gone lies in bytes and is found again: %s', (_, more, bytes) => {
  const gone = {
    ruleId: 'gone',
    sensorId: 'x',
    toldRank: -1,
    wasToldStale: false,
    since: 990,
    hint: undefined,
  };
  const orphan: Orphan = { ...gone, ...more };
  const all = encoded(rules, stateOf(rules, { orphans: [orphan] }));
  const empty = encoded(rules, stateOf(rules, {}));
  expect(all).toEqual([...empty.slice(0, -1), 1, ...text('gone'), ...text('x'), ...bytes]);
  expect(decoded(all, rules).orphans).toEqual([orphan]);
});

test('bytes from before there were windows name none', () => {
  const sensor = [4, ...keyOf(rules), 21, 42, 1, 0, ...blankBefore];
  const bytes = [...head(rules).slice(0, -2), 1, ...sensor, 0];
  const read = readAll(bytes, (reader) => decodeRules(reader, rules, false));
  expect(read.sensors.map(newestValueOf)).toEqual([0.5]);
});

test('a rule that the heading does not name has no severities, and its cell goes nowhere', () => {
  const bytes = [...head(rules), 0, ...keyOf(rules), 21, 1, 9, ...blankBefore, 0];
  expect(decoded(bytes, rules).cells.map(({ machines }) => machines.length)).toEqual([1]);
});

test('a first sensor that claims to have the rules of the one before names them itself', () => {
  const bytes = [...head(rules), 132, 2, ...keyOf(rules), 21, 42, 0, 0];
  expect(decoded(bytes, rules).sensors.map(newestValueOf)).toEqual([0.5]);
});
