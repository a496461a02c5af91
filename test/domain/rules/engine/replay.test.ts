import { builtInRules } from '../../../../functions/domain/rules/engine/built-in.ts';
import { stepBuiltIn } from '../../../../functions/domain/rules/engine/built-in-step.ts';
import { newBuiltInCell, newCell } from '../../../../functions/domain/rules/engine/cell.ts';
import { endTransition } from '../../../../functions/domain/rules/engine/orphans.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { step } from '../../../../functions/domain/rules/engine/step.ts';
import {
  type Asked,
  recordedLast,
  recordedSurroundings,
} from '../../../../functions/domain/rules/engine/surroundings.ts';
import { at, readingOf } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const rules = boundTo(ruleOf());

test.each([builtInRules.fault.ruleId, builtInRules.notEvaluable.ruleId])(
  'semantics 25: the record of %s replays under any rules, and is empty where nothing is told',
  (ruleId) => {
    const input = {
      ...({ kind: 'raise', trigger: 'quality', rank: 2, silentAfterMs: 30_000 } as const),
      ...{ at: at(9), phenomenonAt: at(8), value: 1, quality: 'fault', causes: ['quality'] },
    };
    const because = stepBuiltIn(ruleId, 'nowhere', newBuiltInCell(), input)?.because ?? '';
    expect(JSON.parse(because)).toMatchObject({ rule: ruleId, change: 'raised' });
    expect(replay(because, rules)).toBe(because);
    const calm = JSON.stringify({ ...JSON.parse(because), input: { ...input, kind: 'bad' } });
    expect(replay(calm, rules)).toBe('');
  },
);

test('semantics 25: the record of an alert that ended with its rule replays under rules that know it no longer', () => {
  const { because } = endTransition(
    ruleOf().id,
    'nowhere',
    { toldRank: 3, wasToldStale: false, since: at(0) },
    { kind: 'book', trigger: 'deselected', ruleVersion: 'v1', at: at(9) },
  );
  expect(replay(because, rules)).toBe(because);
});

test('a record of a rule, or of a sensor, that nobody watches is refused', () => {
  expect(() => replay('{"rule":"test.other","sensor":"ch4"}', rules)).toThrow(
    new RangeError('these rules have no test.other on sensor ch4'),
  );
  expect(() => replay('{"rule":"test.rule","sensor":"other"}', rules)).toThrow(
    new RangeError('these rules have no test.rule on sensor other'),
  );
});

const windowed = boundTo(
  windowRule({ window: { lengthS: 60, functions: ['max'] }, when: figureIs('max', 'ge', 1) }),
);
const [condition] = windowed.conditions;
const saying = (max: number): Asked => ({ figures: [[0, 'max', max]], reaches: [], windows: [] });

test('semantics 25: a record replays with what was asked at each of its readings', () => {
  if (!condition) throw new Error('no condition');
  const readings = [readingOf({ t: 5, v: 1 }, 6, 0), readingOf({ t: 5, v: 2 }, 6, 1)];
  const around = recordedSurroundings(readings, [saying(0), saying(2)]);
  const input = { kind: 'readings' as const, isLate: false, at: at(6), readings };
  const because = step(condition, newCell(1, at(0)), input, around).transition?.because ?? '';
  expect(JSON.parse(because).asked).toEqual([saying(0), saying(2)]);
  expect(replay(because, windowed)).toBe(because);
});

test('semantics 25: a record of a change of limits replays with what was asked at the last value', () => {
  if (!condition) throw new Error('no condition');
  const input = {
    ...({ kind: 'time', event: 'limit-changed' } as const),
    ...{ at: at(6), index: 0, valueAt: at(5), value: 1, quality: 'good' },
  };
  const around = recordedLast([saying(2)]);
  const because = step(condition, newCell(1, at(0)), input, around).transition?.because ?? '';
  expect(JSON.parse(because).asked).toEqual([saying(2)]);
  expect(replay(because, windowed)).toBe(because);
});
