import {
  newBuiltInCell,
  newCell,
  newestValueOf,
  newMachine,
  newSensorCell,
  noBand,
  nobody,
  noCounting,
  recounted,
  setValue,
} from '../../../../functions/domain/rules/engine/cell.ts';
import { nothingRecent } from '../../../../functions/domain/rules/engine/recent.ts';
import type { Value } from '../../../../functions/domain/telemetry/reading.ts';

test.each<[Value | undefined, number, Value | undefined]>([
  [0, 0, undefined],
  [1.5, 1.5, undefined],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, undefined],
  [Number.NaN, Number.NaN, Number.NaN],
  ['standby', Number.NaN, 'standby'],
  [false, Number.NaN, false],
  [undefined, Number.NaN, undefined],
])(
  'the newest value of a sensor is %p, as a number %p and else %p, whatever it was',
  (value, number, other) => {
    for (const before of [2, 'main', undefined]) {
      const sensor = newSensorCell();
      setValue(sensor, before);
      setValue(sensor, value);
      expect([sensor.number, sensor.other]).toEqual([number, other]);
      expect(newestValueOf(sensor)).toEqual(value);
    }
  },
);

test('a sensor that has said nothing is good, unknown and not calm', () => {
  expect(newSensorCell()).toEqual({
    ...{ owner: nobody, at: -1, number: Number.NaN, other: undefined, quality: 'good', lastGood: undefined },
    ...{ fault: newBuiltInCell(), notEvaluable: newBuiltInCell(), isCalm: false, calmFrom: -1 },
    ...{ lifeAt: -1, lifeSetAt: -1, band: noBand, rings: [], ringsOwner: nobody, recent: nothingRecent },
  });
});

test('nothing is raised on the data of a sensor that has said nothing', () => {
  expect(newBuiltInCell()).toEqual({
    ...{ phase: 0, rank: -1, since: -1, clearSince: -1, lastAt: -1, hint: undefined },
  });
});

test('semantics 12: a sensor that never reported is alive from its registration on', () => {
  expect(newCell(2, 70)).toEqual({
    ...{ owner: nobody, evaluatedAt: -1, isCalm: false, lifeAt: 70, lifeSetAt: 70, isStale: false },
    ...{ holdAt: -1, holdReceivedAt: -1, isHoldOver: false },
    ...{ unknownAt: -1, unknownReceivedAt: -1, isUnknownOver: false },
    ...{ silence: 0, silenceClearSince: -1, toldRank: -1, wasToldStale: false, lateCount: 0, limitsKey: 0 },
    ...{ machines: [newMachine(), newMachine()], hint: undefined },
  });
});

test('a severity that has heard nothing is idle and counts nothing', () => {
  expect(newMachine()).toEqual({
    ...{ phase: 0, since: -1, deadlineAt: -1, isHeld: false, clearSince: -1, spans: [], forgottenTo: -1 },
    ...{ closed: [], gaps: [] },
    counting: { hits: [], countsFrom: -1, countsAll: false, isBorrowed: false, recoveries: [] },
  });
});

test('two severities share nothing that is changed in place', () => {
  const [one, other] = newCell(2, 0).machines;
  expect(one).not.toBe(other);
  expect(one?.spans).not.toBe(other?.spans);
});

test('what a severity counts is replaced: those that share it do not see the change', () => {
  const machine = newMachine();
  recounted(machine, { countsFrom: 5 });
  recounted(machine, { hits: [7] });
  expect(machine.counting).toEqual({ ...noCounting, countsFrom: 5, hits: [7] });
  expect(newMachine().counting).toEqual(noCounting);
});

test('no reading is calm in the band of a sensor that was asked nothing', () => {
  const { low, high, until, gapMs, dueAt, answers } = noBand;
  expect([low, high, until, gapMs, dueAt, answers]).toEqual([Number.NaN, Number.NaN, -1, 0, -1, []]);
});
