import { type Machine, never, phases } from '../../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds, spansMax } from '../../../../../functions/domain/rules/engine/spans.ts';
import {
  counts,
  isBlank,
  readMachine,
  writeMachine,
} from '../../../../../functions/domain/rules/engine/stored/machine-codec.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';
import { machineOf } from '../../../../support/engine/counting.ts';

const base = 1_000;
const { isFalse, isTrue, held, untrusted } = spanKinds;
const written = (machine: Machine, calmTo = never, blankFrom = never): readonly number[] =>
  bytesBy((writer) => writeMachine(writer, base, machine, calmTo, blankFrom));
const reread = (bytes: readonly number[]): Machine => readAll(bytes, (reader) => readMachine(reader, base));

const timers = { since: 990, deadlineAt: 1_010, clearSince: 995 };

test.each<[string, Machine, readonly number[]]>([
  ['nothing', machineOf(), [0]],
  ['a run that waits', machineOf({ phase: phases.pending, since: 990, deadlineAt: 1_010 }), [1, 21, 20, 0]],
  ['a held run', machineOf({ phase: phases.pending, since: 990, isHeld: true }), [5, 21, 0, 0]],
  ['what clears', machineOf({ phase: phases.clearing, ...timers }), [3, 21, 20, 11]],
  ['closed episodes', machineOf({ closed: [900, 910, 920] }), [8, 3, 199, 1, 20, 20]],
  [
    'gaps of a run',
    machineOf({ phase: phases.pending, since: 900, gaps: [910, 950] }),
    [17, 201, 1, 0, 0, 2, 179, 1, 80],
  ],
  ['one stretch', machineOf({ spans: [isTrue, 990, 995] }), [32, 19, 21]],
  [
    'stretches of every kind',
    machineOf({ spans: [untrusted, 900, 902, isFalse, 910, 920, held, 930, 930, isTrue, 940, 1_001] }),
    [128, 1, 199, 1, 11, 16, 40, 20, 2, 20, 245, 1],
  ],
  ['what was forgotten', machineOf({ forgottenTo: 950, spans: [isTrue, 990, 990] }), [192, 8, 99, 0, 80, 1]],
  ['a count', machineOf({ counting: { hits: [990, 995], countsFrom: 980 } }), [128, 4, 0, 41, 2, 19, 10, 0]],
  ['a count of everything', machineOf({ counting: { countsAll: true } }), [128, 4, 1, 0, 0, 0]],
  ['what is borrowed', machineOf({ counting: { isBorrowed: true } }), [128, 4, 2, 0, 0, 0]],
  ['recoveries', machineOf({ counting: { recoveries: [990] } }), [128, 4, 0, 0, 0, 1, 19]],
])('a severity lies in bytes and is found again: %s', (_, machine, bytes) => {
  expect(written(machine)).toEqual(bytes);
  expect(reread(bytes)).toEqual(machine);
});

test('as many stretches as are ever kept, and one that was forgotten, are found again', () => {
  const spans = Array.from({ length: spansMax }, (_, i) => [i % 2, i * 10 + 1, i * 10 + 5]).flat();
  const machine = machineOf({ spans, forgottenTo: 0 });
  expect(reread(written(machine))).toEqual(machine);
});

test.each([
  ['the end of its newest stretch', [isTrue, 900, 910, isFalse, 950, 960], never, 990, [950, 990]],
  ['a stretch since the sensor is calm', [], 980, 990, [980, 990]],
  ['its own end where nothing is calm', [isFalse, 950, 960], never, never, [950, 960]],
  ['its own stretch where it has one', [isFalse, 950, 960], 980, 990, [950, 990]],
])('of a calm sensor a severity is written with %s', (_, spans, blankFrom, calmTo, newest) => {
  expect(reread(written(machineOf({ spans: [...spans] }), calmTo, blankFrom)).spans).toEqual([
    ...spans.slice(0, -3),
    isFalse,
    ...newest,
  ]);
});

test('an unknown severity of a calm sensor stays one of which nothing is known', () => {
  expect(written(machineOf(), 990)).toEqual([0]);
});

test('what was forgotten comes before what is calm', () => {
  expect(reread(written(machineOf({ forgottenTo: 950 }), 990, 980))).toMatchObject({
    forgottenTo: 950,
    spans: [isFalse, 980, 990],
  });
});

test.each<[string, Machine, { readonly counts: boolean; readonly isBlank: boolean }]>([
  ['nothing', machineOf(), { counts: false, isBlank: true }],
  ['a breach', machineOf({ counting: { hits: [1] } }), { counts: true, isBlank: false }],
  ['that all count', machineOf({ counting: { countsAll: true } }), { counts: true, isBlank: false }],
  ['that it is borrowed', machineOf({ counting: { isBorrowed: true } }), { counts: true, isBlank: false }],
  ['a recovery', machineOf({ counting: { recoveries: [1] } }), { counts: true, isBlank: false }],
  ['that it stands', machineOf({ phase: phases.active }), { counts: false, isBlank: false }],
  ['an episode', machineOf({ closed: [1, 2, 3] }), { counts: false, isBlank: false }],
  ['a stretch', machineOf({ spans: [isFalse, 1, 2] }), { counts: false, isBlank: false }],
  ['when it began to count', machineOf({ counting: { countsFrom: 5 } }), { counts: false, isBlank: true }],
])('of a severity is known: %s', (_, machine, expected) => {
  expect({ counts: counts(machine), isBlank: isBlank(machine) }).toEqual(expected);
});
