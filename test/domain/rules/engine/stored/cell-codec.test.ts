import { AlertId } from '../../../../../functions/domain/ids.ts';
import {
  type Cell,
  type Machine,
  never,
  newCell,
  newMachine,
  phases,
} from '../../../../../functions/domain/rules/engine/cell.ts';
import { spanKinds } from '../../../../../functions/domain/rules/engine/spans.ts';
import {
  caughtUp,
  readCell,
  writeCell,
} from '../../../../../functions/domain/rules/engine/stored/cell-codec.ts';
import { bytesBy, readAll } from '../../../../support/engine/bytes.ts';
import { machineOf } from '../../../../support/engine/counting.ts';

const codec = { base: 1_000, sensorAt: 990 };
const { isFalse, isTrue } = spanKinds;
const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 7 };
const hintBytes = [7, ...Buffer.from('alert-1'), 7];

/** Alive since 900, evaluated at the sensor's newest instant. */
const cellOf = (more: Partial<Cell> = {}): Cell => ({ ...newCell(0, 900), evaluatedAt: 990, ...more });
const idleSince = (from: number, to = 990): Machine => machineOf({ spans: [isFalse, from, to] });
const life = [201, 1, 201, 1];

const bytesOf = (cell: Cell): readonly number[] =>
  bytesBy((writer) => writeCell(writer, codec, caughtUp(cell, undefined)));
const reread = (bytes: readonly number[], machineCount: number, before?: Cell): Cell =>
  readAll(bytes, (reader) => readCell(reader, codec, machineCount, before));

describe('a cell that has caught up', () => {
  const calm = { calmFrom: 970, at: 995, lifeAt: 993, lifeSetAt: 996 };
  const at990 = { evaluatedAt: 990, lifeAt: 900, lifeSetAt: 905, blankFrom: never, isCalm: false };

  test.each([
    ['is itself without calm readings', {}, undefined, at990],
    ['is calm when it is so itself', { isCalm: true }, undefined, { ...at990, isCalm: true }],
    [
      'is where the calm readings of its sensor are',
      {},
      calm,
      { evaluatedAt: 995, lifeAt: 993, lifeSetAt: 996, blankFrom: 970, isCalm: true },
    ],
    [
      'keeps a sign of life that is as new',
      {},
      { ...calm, lifeAt: 900 },
      { evaluatedAt: 995, lifeAt: 900, lifeSetAt: 905, blankFrom: 970, isCalm: true },
    ],
    [
      'knows of no stretch where some severity has no answer',
      { unknownAt: 960 },
      calm,
      { evaluatedAt: 995, lifeAt: 993, lifeSetAt: 996, blankFrom: never, isCalm: true },
    ],
  ])('%s', (_, more, calmReadings, expected) => {
    const cell = cellOf({ lifeSetAt: 905, ...more });
    expect(caughtUp(cell, calmReadings)).toEqual({ cell, ...expected });
  });
});

test.each<[string, Cell, readonly number[]]>([
  ['idle since one instant', cellOf({ machines: [idleSince(950), idleSince(950)] }), [9, ...life, 40]],
  [
    'alive since the last message',
    cellOf({ lifeAt: 999, lifeSetAt: 1_000, machines: [idleSince(950)] }),
    [25, 3, 40],
  ],
  [
    'evaluated before its sensor spoke last',
    cellOf({ evaluatedAt: 980, machines: [idleSince(950, 980)] }),
    [1, 41, ...life, 30],
  ],
  ['nothing known', cellOf({ machines: [newMachine(), newMachine()] }), [10, ...life]],
  ['never evaluated', cellOf({ evaluatedAt: never, machines: [newMachine()] }), [2, 0, ...life]],
  ['without severities', cellOf(), [10, ...life]],
  ['with an alert', cellOf({ hint, machines: [newMachine()] }), [14, ...life, ...hintBytes]],
  [
    'with all its fields',
    cellOf({ machines: [newMachine(), machineOf({ phase: phases.active, since: 990 })] }),
    [8, ...life, 0, 2, 21, 0, 0],
  ],
  [
    'idle, with an alert',
    cellOf({ hint, toldRank: 2, machines: [idleSince(950)] }),
    [45, ...life, 0, 3, 0, 0, 0, 0, 0, 0, ...hintBytes, 40],
  ],
])('a cell lies in bytes and is found again: %s', (_, cell, bytes) => {
  expect(bytesOf(cell)).toEqual(bytes);
  expect(reread(bytes, cell.machines.length)).toEqual(cell);
});

test.each<[string, Partial<Cell>, readonly number[]]>([
  ['stale', { isStale: true, wasToldStale: true }, [36, 0, 0, 0, 0, 0, 0, 0]],
  ['held', { holdAt: 990, holdReceivedAt: 995 }, [0, 0, 0, 21, 11, 0, 0, 0]],
  ['held for too long', { holdAt: 990, holdReceivedAt: 995, isHoldOver: true }, [8, 0, 0, 21, 11, 0, 0, 0]],
  ['unknown', { unknownAt: 990, unknownReceivedAt: 995 }, [0, 0, 0, 0, 0, 21, 11, 0]],
  [
    'unknown for too long',
    { unknownAt: 990, unknownReceivedAt: 995, isUnknownOver: true },
    [16, 0, 0, 0, 0, 21, 11, 0],
  ],
  ['silent', { silence: phases.active }, [2, 0, 0, 0, 0, 0, 0, 0]],
  ['no longer silent', { silence: phases.clearing, silenceClearSince: 990 }, [3, 0, 0, 0, 0, 0, 0, 21]],
  ['told', { toldRank: 0 }, [0, 1, 0, 0, 0, 0, 0, 0]],
  ['counted late', { lateCount: 3 }, [0, 0, 3, 0, 0, 0, 0, 0]],
  ['under changed limits', { limitsKey: 5 }, [64, 5, 0, 0, 0, 0, 0, 0, 0]],
])('what is seldom so takes a few bytes more: %s', (_, more, extras) => {
  const cell = cellOf({ machines: [newMachine()], ...more });
  const bytes = [42, ...life, ...extras];
  expect(bytesOf(cell)).toEqual(bytes);
  expect(reread(bytes, 1)).toEqual(cell);
});

describe('severities are written one by one', () => {
  const pending = machineOf({ phase: phases.pending, since: 950, spans: [isFalse, 950, 990] });
  test.each<[string, readonly Machine[]]>([
    ['when one waits', [idleSince(950), pending]],
    ['when one has an episode', [idleSince(950), machineOf({ ...idleSince(950), closed: [901, 902, 903] })]],
    ['when one counts', [idleSince(950), machineOf({ ...idleSince(950), counting: { hits: [910] } })]],
    ['when only one of them knows nothing', [idleSince(950), newMachine()]],
    ['when only the first knows nothing', [newMachine(), idleSince(950)]],
    [
      'when one has two stretches',
      [idleSince(950), machineOf({ spans: [isTrue, 940, 945, isFalse, 950, 990] })],
    ],
    [
      'when both begin with the same of two stretches',
      [idleSince(950), machineOf({ spans: [isFalse, 950, 990, isTrue, 991, 992] })],
    ],
    ['when one is known true', [idleSince(950), machineOf({ spans: [isTrue, 950, 990] })]],
    ['when one is idle since another instant', [idleSince(950), idleSince(940)]],
    ['when one ends before the newest reading', [idleSince(950), idleSince(950, 989)]],
    ['when one that knows nothing waits', [newMachine(), machineOf({ phase: phases.pending, since: 950 })]],
    ['when one that knows nothing has an episode', [newMachine(), machineOf({ closed: [901, 902, 903] })]],
  ])('%s', (_, machines) => {
    const cell = cellOf({ machines: [...machines] });
    const bytes = bytesOf(cell);
    expect((bytes[0] ?? 0) & 3).toBe(0);
    expect(reread(bytes, machines.length)).toEqual(cell);
  });
});

describe('a calm cell', () => {
  /** What is read of these severities once they have caught up with what their sensor has noted since `calmFrom`. */
  function afterCalm(machines: readonly Machine[], calmFrom: number, more: Partial<Cell> = {}) {
    const cell = cellOf({ machines: [...machines], evaluatedAt: 960, ...more });
    const calm = { calmFrom, at: 990, lifeAt: 900, lifeSetAt: 900 };
    const bytes = bytesBy((writer) => writeCell(writer, codec, caughtUp(cell, calm)));
    return {
      layout: (bytes[0] ?? 0) & 3,
      spans: reread(bytes, machines.length).machines.map(({ spans }) => spans),
    };
  }
  const since = (from: number): readonly number[] => [isFalse, from, 990];

  test.each<
    [
      string,
      readonly Machine[],
      number,
      { readonly layout: number; readonly spans: readonly (readonly number[])[] },
    ]
  >([
    ['stretches reach to the newest reading', [idleSince(950, 960)], 970, { layout: 1, spans: [since(950)] }],
    [
      'what knew nothing is idle since the first calm reading',
      [newMachine(), newMachine()],
      970,
      { layout: 1, spans: [since(970), since(970)] },
    ],
    [
      'what knew nothing is like what is idle since the same instant',
      [idleSince(950, 960), newMachine()],
      950,
      { layout: 1, spans: [since(950), since(950)] },
    ],
    [
      'what knew nothing differs from what is idle for longer',
      [idleSince(950, 960), newMachine()],
      970,
      { layout: 0, spans: [since(950), since(970)] },
    ],
    [
      'a stretch of truth reaches to the newest reading too',
      [machineOf({ phase: phases.active, since: 950, spans: [isTrue, 950, 960] })],
      970,
      { layout: 0, spans: [[isTrue, 950, 990]] },
    ],
  ])('%s', (_, machines, calmFrom, expected) => {
    expect(afterCalm(machines, calmFrom)).toEqual(expected);
  });

  test('of a severity without an answer nothing is known', () => {
    expect(afterCalm([newMachine()], 970, { unknownAt: 955 })).toEqual({ layout: 2, spans: [[]] });
  });

  test('a cell that is calm itself needs no word of its sensor', () => {
    const cell = cellOf({ isCalm: true, machines: [idleSince(950, 960)] });
    expect(bytesOf(cell)).toEqual([9, ...life, 40]);
  });
});

describe('semantics 29: of two cells of one sensor', () => {
  const idle = { machines: [idleSince(950)] };
  const second = (first: Partial<Cell>, other: Partial<Cell>): readonly number[] => {
    const [before, one] = [first, other].map((more) => caughtUp(cellOf({ ...idle, ...more }), undefined));
    if (one === undefined) throw new Error('two cells are needed');
    return bytesBy((writer) => writeCell(writer, codec, one, before));
  };

  test('the second takes one byte when both are idle since the same instant', () => {
    expect(second({}, {})).toEqual([3]);
    expect(second({}, { machines: [idleSince(950), idleSince(950)] })).toEqual([3]);
    const before = cellOf({ ...idle, lifeSetAt: 905 });
    expect(reread([3], 2, before)).toEqual({ ...before, machines: [idleSince(950), idleSince(950)] });
  });

  const evaluated = { evaluatedAt: 980, machines: [idleSince(950, 980)] };
  test.each<[string, Partial<Cell>]>([
    ['was evaluated last at another instant', evaluated],
    ['was alive at another instant', { lifeAt: 901 }],
    ['heard of its life in another message', { lifeSetAt: 901 }],
    ['has an alert', { hint }],
    ['is stale', { isStale: true }],
    ['is held', { holdAt: 950 }],
    ['is unknown', { unknownAt: 950 }],
    ['is silent', { silence: phases.active }],
    ['was told', { toldRank: 0 }],
    ['has counted something late', { lateCount: 1 }],
    ['has met other limits', { limitsKey: 5 }],
    ['is idle since another instant', { machines: [idleSince(951)] }],
    ['stands', { machines: [machineOf({ ...idleSince(950), phase: phases.active })] }],
  ])('the second is written in full when one of them %s', (_, more) => {
    expect(second({}, more)).toEqual(bytesOf(cellOf({ ...idle, ...more })));
    expect(second(more, {})).toEqual(bytesOf(cellOf(idle)));
  });

  test('the second is written in full when nothing is known of either', () => {
    const blank = { machines: [newMachine()] };
    expect(second(blank, blank)).toEqual([10, ...life]);
  });

  test('a cell that is written in full is read without a look at the one before', () => {
    const cell = cellOf({ machines: [idleSince(940)] });
    expect(reread(bytesOf(cell), 1, cellOf(idle))).toEqual(cell);
  });

  test('the second is idle since its newest reading when the first says nothing of severities', () => {
    expect(reread([3], 1, cellOf()).machines).toEqual([idleSince(990)]);
  });

  test('a first cell that claims to be as the one before knows nothing', () => {
    const read = reread([27, 1], 1);
    expect(read).toEqual(cellOf({ lifeAt: 1_000, lifeSetAt: 1_000, machines: [newMachine()] }));
  });
});
