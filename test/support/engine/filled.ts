import { type Cell, type Machine, newCell, phases } from '../../../functions/domain/rules/engine/cell.ts';

/** A severity in which no field is blank and no two figures are equal. */
const filledMachine = (of: number): Machine => ({
  phase: phases.clearing,
  since: of + 1,
  deadlineAt: of + 2,
  isHeld: true,
  clearSince: of + 3,
  spans: [1, of + 4, of + 5, 0, of + 6, of + 7],
  forgottenTo: of + 8,
  closed: [of + 9, of + 10, of + 11],
  gaps: [of + 12, of + 13],
  counting: {
    hits: [of + 14, of + 16],
    countsFrom: of + 17,
    countsAll: true,
    isBorrowed: true,
    recoveries: [of + 18],
  },
});

/** A cell in which no field is blank and no two figures are equal; it has no hint unless told otherwise. */
export const filledCell = (given: Partial<Cell> = {}): Cell => ({
  ...newCell(0, 0),
  evaluatedAt: 101,
  isCalm: true,
  lifeAt: 102,
  lifeSetAt: 103,
  isStale: true,
  holdAt: 104,
  holdReceivedAt: 105,
  isHoldOver: true,
  unknownAt: 106,
  unknownReceivedAt: 107,
  isUnknownOver: true,
  silence: phases.active,
  silenceClearSince: 108,
  toldRank: 3,
  wasToldStale: true,
  lateCount: 109,
  limitsKey: 110,
  machines: [filledMachine(200), filledMachine(300)],
  ...given,
});
