import {
  type Cell,
  newBuiltInCell,
  newCell,
  newMachine,
  noCounting,
  phases,
} from '../../../../functions/domain/rules/engine/cell.ts';
import {
  builtInCellJson,
  cellJson,
  recordOf,
  withRecord,
} from '../../../../functions/domain/rules/engine/record.ts';
import { inForceOf } from '../../../../functions/domain/rules/engine/record-limits.ts';
import type { StepInput } from '../../../../functions/domain/rules/engine/step-input.ts';
import type { Asked } from '../../../../functions/domain/rules/engine/surroundings.ts';
import type { InstantVerdict } from '../../../../functions/domain/rules/engine/verdict.ts';
import type { TransitionDraft } from '../../../../functions/domain/rules/transition.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { filledCell } from '../../../support/engine/filled.ts';
import { compare, device, input, literal, ruleOf } from '../../../support/engine/rules.ts';

test('a record says of a cell what is not as in the beginning', () => {
  expect(cellJson(newCell(0, -1))).toStrictEqual({ machines: [] });
  expect(cellJson({ ...newCell(2, -1), lateCount: 1 })).toStrictEqual({ lateCount: 1, machines: [{}, {}] });
  expect(cellJson(newCell(0, 5))).toStrictEqual({ lifeAt: 5, lifeSetAt: 5, machines: [] });
});

test('a record says all of a cell but its owner and its hint, and of what is counted the steps from each to the next', () => {
  const cell = filledCell();
  const [first] = cell.machines;
  if (!first) throw new Error('a cell without severities');
  const { owner: _, hint: __, ...said } = cell;
  const { counting, ...timers } = first;
  expect(cellJson({ ...cell, machines: [first] })).toStrictEqual({
    ...said,
    machines: [{ ...timers, ...counting, hits: [214, 2] }],
  });
  const hits = { ...newMachine(), counting: { ...noCounting, hits: [7, 10, 14] } };
  expect(cellJson({ ...newCell(0, -1), machines: [hits] })).toStrictEqual({
    machines: [{ hits: [7, 3, 4] }],
  });
});

test('a record says of an alert on data what is not as in the beginning', () => {
  const raised = { ...newBuiltInCell(), phase: phases.active, since: 3 };
  expect(builtInCellJson(newBuiltInCell())).toStrictEqual({});
  expect(builtInCellJson(raised)).toStrictEqual({ phase: 2, since: 3 });
});

const rule = ruleOf({
  roles: { fan: { quantity: 'fan-state' } },
  levels: [
    { severity: 'orange', at: 1, forS: 5 },
    { severity: 'red', at: 2 },
  ],
});
const severities = rule.severities.map((one) =>
  one.severity === 'red' ? { ...one, when: compare('eq', input('sensor.fan.value'), literal(1)) } : one,
);
const condition = conditionOf(
  { ...rule, severities },
  device([{}, { sensorId: 'fan', quantity: 'fan-state', unit: '' }]),
);

const draft: Omit<TransitionDraft, 'because'> = {
  ruleId: rule.id,
  ruleVersion: 'v1',
  sensorId: 'ch4',
  change: 'raised',
  condition: 'firing',
  severity: 'orange',
  phenomenonAt: at(100),
  at: at(101),
  trigger: 'reading',
  marks: ['late'],
  value: 1,
  quality: 'good',
};
const recoveries = [91, 92, 93, 94, 95].map(at);
const flapping = { ...newMachine(), counting: { ...noCounting, recoveries } };
const before: Cell = { ...newCell(0, -1), machines: [flapping, newMachine()] };
const after: Cell = { ...newCell(2, -1), toldRank: 3 };
const readings = [readingOf({ t: 100, v: 1 }, 101, 0), readingOf({ t: 100, v: 2 }, 101, 1)];
const ofReadings: StepInput = {
  ...{ kind: 'readings', isLate: false, at: at(101) },
  readings: [...readings, readingOf({ t: 100, q: 'maintenance' }, 101, 2)],
};
const [, second] = readings;
const verdict: InstantVerdict = {
  readings,
  severities: [
    { when: true, clears: false, isGood: true, isHeld: false },
    { when: undefined, clears: false, isGood: true, isHeld: false },
  ],
  shown: second ?? readingOf({ t: 0 }, 0),
  ...{ isGood: true, isEcho: false, hasHeld: false, isFault: false, goodLifeAt: 0, heldLifeAt: 0 },
};
const asked = ['good', 'fault'].map(
  (quality): Asked => ({ figures: [], reaches: [], windows: [], roles: [['fan', null, quality]] }),
);
const head = {
  format: 1,
  rule: 'test.rule',
  ruleVersion: 'v1',
  sensor: 'ch4',
  change: 'raised',
  condition: 'firing',
  severity: 'orange',
  trigger: 'reading',
  marks: ['late'],
  phenomenonAt: at(100),
  now: at(101),
};
const orange = { severity: 'orange', forMs: 5_000, clearForMs: 10_000, dampedClearForMs: 40_000 };
const red = { severity: 'red', forMs: 0, clearForMs: 10_000 };
const rest = {
  timing: { severities: [orange, red], silentAfterMs: 30_000, graceMs: 30_000, maxHoldMs: 1_800_000 },
  before: { machines: [{ recoveries }, {}] },
  after: { machines: [{}, {}], toldRank: 3 },
};

test('semantics 25: a record says what the readings that decided said, what was unknown to the one shown, and all timing', () => {
  expect(JSON.parse(recordOf(condition, before, after, ofReadings, { draft, verdict, asked }))).toEqual({
    ...head,
    input: { ...ofReadings, readings },
    asked,
    verdicts: [
      { severity: 'orange', when: true, clears: false },
      { severity: 'red', when: null, clears: false },
    ],
    unknowns: [
      { severity: 'red', inputs: [{ input: 'sensor.fan.value', cause: 'nothing usable, quality fault' }] },
    ],
    ...inForceOf(condition, before, ofReadings),
    ...rest,
  });
  const notAsked = JSON.parse(
    recordOf(condition, before, after, ofReadings, { draft, verdict, asked: undefined }),
  );
  expect(notAsked.unknowns[0].inputs).toEqual([{ input: '-', cause: 'not computable' }]);
  expect(notAsked.asked).toBeUndefined();
});

test('semantics 25: a record of time has no verdicts, and says what was asked', () => {
  const inTime: StepInput = {
    ...{ kind: 'time', event: 'limit-changed', at: at(101), index: 0, value: 1, quality: 'good' },
  };
  expect(
    JSON.parse(recordOf(condition, before, after, inTime, { draft, verdict: undefined, asked })),
  ).toEqual({
    ...head,
    ...{ input: inTime, asked, verdicts: [], unknowns: [] },
    ...inForceOf(condition, before, inTime),
    ...rest,
  });
  const withReadings = recordOf(condition, before, after, ofReadings, { draft, verdict: undefined, asked });
  expect(JSON.parse(withReadings).input).toEqual(ofReadings);
});

test('a record says how a severity counts and when it listens', () => {
  const times = { count: 3, withinMs: rule.maxHoldMs, consecutive: false };
  const counted = conditionOf({ ...rule, severities: rule.severities.map((one) => ({ ...one, times })) });
  const { timing } = JSON.parse(
    recordOf(counted, after, after, ofReadings, { draft, verdict: undefined, asked: undefined }),
  );
  expect(timing.severities[1]).toEqual({ ...red, times });
});

test('a record is written when somebody reads it, and once', () => {
  const written: string[] = [];
  const lazy = withRecord(draft, () => {
    written.push('once');
    return 'because';
  });
  expect(written).toEqual([]);
  expect([lazy.because, lazy.because]).toEqual(['because', 'because']);
  expect(written).toEqual(['once']);
  expect({ ...lazy }).toEqual({ ...draft, because: 'because' });
});
