import { AlertId, RuleId } from '../../../../../functions/domain/ids.ts';
import { bindDevice } from '../../../../../functions/domain/rules/engine/bind.ts';
import {
  type BuiltInCell,
  type Cell,
  type Machine,
  never,
  newBuiltInCell,
  newMachine,
  newSensorCell,
  phases,
} from '../../../../../functions/domain/rules/engine/cell.ts';
import type { Orphan } from '../../../../../functions/domain/rules/engine/state.ts';
import { rankOf } from '../../../../../functions/domain/severity.ts';
import { machineOf } from '../../../../support/engine/counting.ts';
import { scheduleOf } from '../../../../support/engine/gated.ts';
import { bookOf, boundTo, device, ruleOf } from '../../../../support/engine/rules.ts';
import { placed, rawCondition, rawSensor, renamed, storedAt } from '../../../../support/engine/stored.ts';

const hint = { alertId: AlertId.parse('alert-1'), alertVersion: 7 };
const levels = [
  { severity: 'orange', at: 1 },
  { severity: 'red', at: 2 },
] as const;
const rules = boundTo(ruleOf({ levels }));
const orphanOf = (more: Partial<Orphan> = {}): Orphan => ({
  ...{
    ruleId: 'test.rule',
    sensorId: 'gone',
    toldRank: never,
    wasToldStale: false,
    since: never,
    hint: undefined,
  },
  ...more,
});
const standing = (since: number): Machine => machineOf({ phase: phases.active, since });

describe('semantics 23: of a sensor that is gone is kept', () => {
  test.each<[string, Partial<Cell>, readonly Machine[], readonly Orphan[]]>([
    ['nothing when nothing was told', {}, [standing(5), newMachine()], []],
    ['an alert that is over', { hint }, [newMachine(), newMachine()], [orphanOf({ hint })]],
    [
      'what is open, since the newest severity that stands',
      { toldRank: 3, wasToldStale: true, hint },
      [standing(5), standing(7)],
      [orphanOf({ toldRank: 3, wasToldStale: true, since: 7, hint })],
    ],
    [
      'what is open, whatever waits',
      { toldRank: 0 },
      [standing(5), machineOf({ phase: phases.pending, since: 9 })],
      [orphanOf({ toldRank: 0, since: 5 })],
    ],
  ])('%s', (_, more, machines, expected) => {
    const conditions = [rawCondition(rules, machines, more)];
    expect(placed(rules, [rawSensor('gone', { conditions })]).orphans).toEqual(expected);
  });

  test('nothing when it has no name', () => {
    const conditions = [rawCondition(rules, [standing(5)], { toldRank: 2 })];
    expect(placed(rules, [{ ...rawSensor('', { conditions }), name: undefined }]).orphans).toEqual([]);
  });

  test.each<[string, Partial<BuiltInCell>, Partial<Orphan> | undefined]>([
    ['nothing', { since: 5 }, undefined],
    ['an alert that is over', { hint }, { hint }],
    ['one that stands', { phase: phases.active, rank: 1, since: 5 }, { toldRank: 1, since: 5 }],
    ['one that clears', { phase: phases.clearing, rank: 1, since: 5, hint }, { toldRank: 1, since: 5, hint }],
  ])('of an alert on its data: %s', (_, more, expected) => {
    for (const [field, ruleId] of [
      ['fault', 'data.fault'],
      ['notEvaluable', 'data.not-evaluable'],
    ] as const) {
      const cell = { ...newSensorCell(), [field]: { ...newBuiltInCell(), ...more } };
      const kept = expected === undefined ? [] : [orphanOf({ ruleId, ...expected })];
      expect(placed(rules, [rawSensor('gone', { cell })]).orphans).toEqual(kept);
    }
  });
});

test('semantics 23: what was told of a rule that is gone is kept, of a sensor that is there', () => {
  const raw = rawCondition(rules, [standing(5)], { toldRank: 2 });
  const conditions = [
    renamed(raw, { ruleId: 'test.gone' }),
    rawCondition(rules, [newMachine(), newMachine()]),
  ];
  expect(placed(rules, [rawSensor('ch4', { conditions })]).orphans).toEqual([
    orphanOf({ ruleId: 'test.gone', sensorId: 'ch4', toldRank: 2, since: 5 }),
  ]);
});

test('semantics 23: a rule that comes last and is gone is kept beside one that is as it was', () => {
  const raw = rawCondition(rules, [standing(5), newMachine()], { toldRank: 2 });
  const conditions = [
    rawCondition(rules, [newMachine(), newMachine()]),
    renamed(raw, { ruleId: 'test.gone' }),
  ];
  expect(placed(rules, [rawSensor('ch4', { conditions })]).orphans).toEqual([
    orphanOf({ ruleId: 'test.gone', sensorId: 'ch4', toldRank: 2, since: 5 }),
  ]);
});

test('semantics 23: what was told of a rule in another form is its own still, and not kept beside it', () => {
  const raw = rawCondition(rules, [standing(5), newMachine()], { toldRank: 2, hint });
  const { cells, orphans } = placed(rules, [rawSensor('ch4', { conditions: [renamed(raw)] })]);
  expect(cells[0]).toMatchObject({ toldRank: 2, hint });
  expect(orphans).toEqual([]);
});

test('semantics 23: of a retired rule is kept only what is still open', () => {
  const [retired, id] = ['test.gone', RuleId.parse('test.gone')];
  const tombstone = { id, by: 'li', reason: 'replaced', date: '2026-11-28' };
  const spare = { ...tombstone, id: RuleId.parse('test.spare') };
  const after = bindDevice({ ...bookOf(), retired: [spare, tombstone] }, device());
  const [open, over] = [orphanOf({ ruleId: retired, toldRank: 0 }), orphanOf({ ruleId: retired, hint })];
  const missing = orphanOf({ ruleId: 'test.missing', hint });
  expect(placed(after, [], [open, over, missing]).orphans).toEqual([open, missing]);
});

describe('semantics 23: an alert that was kept for a rule and a sensor', () => {
  const back = (more: Partial<Orphan>, of = rules) =>
    placed(of, [], [orphanOf({ sensorId: 'ch4', ...more })]);

  test('goes on when they come back, as what was told', () => {
    const told = { toldRank: rankOf('red'), wasToldStale: true, since: 5, hint };
    const { cells, orphans } = back(told);
    const { since: _, ...kept } = told;
    expect(cells[0]).toMatchObject({ ...kept, isStale: true });
    expect(cells[0]?.machines).toEqual([newMachine(), standing(5)]);
    expect(orphans).toEqual([]);
  });

  test('that was not stale is not stale', () => {
    expect(back({ toldRank: 0, since: 5 }).cells[0]).toMatchObject({ isStale: false, wasToldStale: false });
  });

  test('is remembered when it is over', () => {
    const [cell] = back({ hint }).cells;
    expect(cell).toMatchObject({ hint, toldRank: never, machines: [newMachine(), newMachine()] });
  });

  test('stands since the first instant when nobody knows since when', () => {
    expect(back({ toldRank: 0 }).cells[0]?.machines[0]).toEqual(standing(0));
  });

  test('ends when its hours are over', () => {
    const rule = ruleOf({ levels: [{ severity: 'yellow', at: 1 }] });
    const severities = rule.severities.map((one) => ({ ...one, schedule: scheduleOf([]) }));
    const [cell] = back({ toldRank: 0, since: 5 }, boundTo({ ...rule, severities })).cells;
    expect(cell?.machines).toEqual([{ ...standing(5), deadlineAt: storedAt }]);
  });

  test('stays kept for another rule or another sensor', () => {
    for (const more of [{ sensorId: 'other' }, { ruleId: 'other' }]) {
      const { cells, orphans } = back({ toldRank: 0, ...more });
      expect(cells[0]?.toldRank).toBe(never);
      expect(orphans).toEqual([orphanOf({ sensorId: 'ch4', toldRank: 0, ...more })]);
    }
  });

  test.each([
    ['data.fault', 'fault'],
    ['data.not-evaluable', 'notEvaluable'],
  ] as const)('goes on on the data of a sensor: %s', (ruleId, field) => {
    const open = back({ ruleId, toldRank: 1, since: 5, hint });
    expect(open.sensors[0]?.[field]).toEqual({
      ...newBuiltInCell(),
      ...{ phase: phases.active, rank: 1, since: 5, lastAt: 5, hint },
    });
    const over = back({ ruleId, hint });
    expect(over.sensors[0]?.[field]).toEqual({ ...newBuiltInCell(), hint });
    expect([open.orphans, over.orphans]).toEqual([[], []]);
  });
});
