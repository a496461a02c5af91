import { AlertId } from '../../../../functions/domain/ids.ts';
import {
  type Calm,
  type Cell,
  type Machine,
  never,
  newBuiltInCell,
  newCell,
  newMachine,
  newSensorCell,
  noBand,
  nobody,
  phases,
  type SensorCell,
} from '../../../../functions/domain/rules/engine/cell.ts';
import {
  blankFrom,
  catchUp,
  ownCopy,
  settled,
  settledNotEvaluable,
  wake,
} from '../../../../functions/domain/rules/engine/settled.ts';
import { spanKinds } from '../../../../functions/domain/rules/engine/spans.ts';
import { filledCell } from '../../../support/engine/filled.ts';

const { isFalse, isTrue } = spanKinds;
const owner = {};
const calm: Calm = { calmFrom: 50, at: 90, lifeAt: 88, lifeSetAt: 91 };

const spoken = (...spans: readonly number[]): Machine => ({ ...newMachine(), spans: [...spans] });
/** Evaluated last at 40, with a sign of life at 38. */
const cellOf = ({ machines = [spoken(isTrue, 20, 40), spoken()], ...given }: Partial<Cell> = {}): Cell => ({
  ...newCell(0, 38),
  evaluatedAt: 40,
  lifeSetAt: 41,
  ...given,
  machines: machines.map((machine) => ({ ...machine, spans: [...machine.spans] })),
});
const sensorOf = (given: Partial<SensorCell> = {}): SensorCell => ({
  ...newSensorCell(),
  isCalm: true,
  at: 90,
  notEvaluable: { ...newBuiltInCell(), phase: phases.active, lastAt: 80 },
  band: { ...noBand, low: 1 },
  ...given,
});

test('a copy of a sensor for another owner is the same but for the owner', () => {
  const sensor: SensorCell = {
    owner: nobody,
    at: 1,
    number: 2,
    other: 'on',
    quality: 'fault',
    lastGood: { at: 3, value: 4 },
    fault: newBuiltInCell(),
    notEvaluable: newBuiltInCell(),
    isCalm: true,
    calmFrom: 5,
    lifeAt: 6,
    lifeSetAt: 7,
    band: { ...noBand },
    rings: [],
    ringsOwner: {},
    recent: { stretches: [], isCut: true },
  };
  const copy = ownCopy(sensor, owner);
  expect(copy).toEqual({ ...sensor, owner });
  expect(copy.owner).toBe(owner);
  for (const field of ['fault', 'notEvaluable', 'band', 'rings', 'ringsOwner', 'recent'] as const)
    expect(copy[field]).toBe(sensor[field]);
});

test('an alert on rules that nobody can answer goes on to the newest calm reading', () => {
  const sensor = sensorOf();
  expect(settledNotEvaluable(sensor)).toEqual({ ...sensor.notEvaluable, lastAt: 90 });
});

test.each<[string, Partial<SensorCell>]>([
  ['without calm readings', { isCalm: false }],
  ['that is not raised', { notEvaluable: { ...newBuiltInCell(), lastAt: 80 } }],
  ['that has heard the newest reading', { at: 80 }],
  ['that has heard newer ones', { at: 79 }],
])('an alert on rules that nobody can answer, %s, stays the same one', (_, given) => {
  const sensor = sensorOf(given);
  expect(settledNotEvaluable(sensor)).toBe(sensor.notEvaluable);
});

test('a sensor that wakes has settled its alert and knows no calm reading any more', () => {
  const sensor = sensorOf();
  wake(sensor);
  expect(sensor).toMatchObject({ isCalm: false, at: 90, notEvaluable: { phase: phases.active, lastAt: 90 } });
  expect(sensor.band).toBe(noBand);
});

test('a severity that had heard nothing is known false since the first calm reading, unless one has no answer', () => {
  expect(blankFrom(cellOf(), calm)).toBe(50);
  expect(blankFrom(cellOf(), undefined)).toBe(never);
  expect(blankFrom(cellOf({ unknownAt: 0 }), calm)).toBe(never);
});

type Caught = Pick<Cell, 'evaluatedAt' | 'isCalm' | 'lifeAt' | 'lifeSetAt'> & { readonly spans: number[][] };
const caught = ({ evaluatedAt, isCalm, lifeAt, lifeSetAt, machines }: Cell): Caught => ({
  ...{ evaluatedAt, isCalm, lifeAt, lifeSetAt },
  spans: machines.map(({ spans }) => spans),
});

const cases: [string, Partial<Cell>, Calm | undefined, Partial<Caught>][] = [
  ['nothing without calm readings', { machines: [spoken(isTrue, 20, 30), spoken()] }, undefined, {}],
  [
    'calm readings of its own, without a word for what had heard nothing',
    { isCalm: true },
    undefined,
    { spans: [[isTrue, 20, 40], []] },
  ],
  [
    'calm readings of its own that its newest stretch had not met',
    { isCalm: true, machines: [spoken(isFalse, 3, 9, isTrue, 20, 30)] },
    undefined,
    { spans: [[isFalse, 3, 9, isTrue, 20, 40]] },
  ],
  [
    'calm readings of its sensor',
    {},
    calm,
    {
      evaluatedAt: 90,
      lifeAt: 88,
      lifeSetAt: 91,
      spans: [
        [isTrue, 20, 90],
        [isFalse, 50, 90],
      ],
    },
  ],
  [
    'calm readings where a severity has no answer',
    { unknownAt: 40 },
    calm,
    { evaluatedAt: 90, lifeAt: 88, lifeSetAt: 91, spans: [[isTrue, 20, 90], []] },
  ],
  [
    'calm readings whose sign of life is the same',
    { lifeAt: 88 },
    calm,
    {
      evaluatedAt: 90,
      lifeAt: 88,
      spans: [
        [isTrue, 20, 90],
        [isFalse, 50, 90],
      ],
    },
  ],
  [
    'calm readings whose sign of life is older',
    { lifeAt: 89 },
    calm,
    {
      evaluatedAt: 90,
      lifeAt: 89,
      spans: [
        [isTrue, 20, 90],
        [isFalse, 50, 90],
      ],
    },
  ],
];

test.each(cases)('a cell catches up with %s', (_, given, of, expected) => {
  const cell = cellOf(given);
  const wanted = { ...caught(cellOf(given)), isCalm: false, ...expected };
  catchUp(cell, of);
  expect(caught(cell)).toEqual(wanted);
});

test.each(cases)('a copy has caught up with %s, and its original has not', (_, given, of, expected) => {
  const cell = cellOf(given);
  expect(caught(settled(cell, of, owner))).toEqual({ ...caught(cell), isCalm: false, ...expected });
  expect(cell).toEqual(cellOf(given));
});

test('a settled copy has every field of the cell, belongs to its owner and shares no stretch', () => {
  const cell = filledCell({ hint: { alertId: AlertId.parse('alert-1'), alertVersion: 2 } });
  const copy = settled({ ...cell, isCalm: false }, undefined, owner);
  expect(copy).toEqual({ ...cell, isCalm: false, owner });
  expect(copy.owner).toBe(owner);
  expect(settled(cell, undefined).owner).toBe(nobody);
  expect(copy.machines[0]?.spans).not.toBe(cell.machines[0]?.spans);
});
