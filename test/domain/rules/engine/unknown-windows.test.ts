import type { Asked } from '../../../../functions/domain/rules/engine/surroundings.ts';
import { unknownWindows } from '../../../../functions/domain/rules/engine/unknown-windows.ts';
import type { Expression } from '../../../../functions/domain/rules/expression.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { device, either, input, literal, ruleOf } from '../../../support/engine/rules.ts';
import { figureIs, windowOf } from '../../../support/engine/windows.ts';

const forecast: Expression = { op: 'willReach', window: 1, limit: literal(1), withinMs: 60_000 };
const when: Expression = either(figureIs('avg', 'ge', 1), forecast);
const condition = conditionOf(
  ruleOf({
    windows: [
      windowOf({ lengthS: 60, functions: ['avg', 'max'] }),
      windowOf({ lengthS: 300, functions: ['slope'] }),
      windowOf({ lengthS: 90, functions: ['avg'], role: 'nobody' }),
    ],
    roles: { nobody: { quantity: 'oxygen' } },
  }),
  device(),
);
const asked = (more: Partial<Asked>): Asked => ({ figures: [], reaches: [], windows: [], ...more });
const unknownIn = (of: Expression, said?: Asked) => unknownWindows(condition, of, said);

const average = { input: 'avg 60 s', cause: 'too little in the window' };
const slope = { input: 'willReach 300 s', cause: 'too little in the window' };

test('semantics 25: a condition without windows has none that is unknown', () => {
  expect(unknownIn(either(input('value'), literal(true)))).toEqual([]);
});

test('semantics 25: where nothing is told of what they said all windows are unknown', () => {
  expect(unknownIn(when)).toEqual([average, slope]);
  expect(unknownIn(when, asked({}))).toEqual([average, slope]);
});

test.each<[string, Partial<Asked>, readonly unknown[]]>([
  ['a figure is known, 0 too', { figures: [[0, 'avg', 0]] }, [slope]],
  ['a figure was asked and is unknown', { figures: [[0, 'avg', null]] }, [average, slope]],
  ['another figure of the window is known', { figures: [[0, 'max', 1]] }, [average, slope]],
  ['the figure of another window is known', { figures: [[1, 'avg', 1]] }, [average, slope]],
  ['a forecast is known', { reaches: [[1, 1, 60_000, false]] }, [average]],
  ['a forecast was asked and is unknown', { reaches: [[1, 1, 60_000, null]] }, [average, slope]],
  ['the forecast of another window is known', { reaches: [[0, 1, 60_000, true]] }, [average, slope]],
  ['all is known', { figures: [[0, 'avg', 1]], reaches: [[1, 1, 60_000, true]] }, []],
])('semantics 25: what is unknown where %s', (_, said, expected) => {
  expect(unknownIn(when, asked(said))).toEqual(expected);
});

test('semantics 25: a window of a sensor that is not there is told so, once, by its role', () => {
  const ofNobody = figureIs('avg', 'ge', 1, 2);
  expect(unknownIn(either(ofNobody, ofNobody))).toEqual([{ input: 'nobody.avg 90 s', cause: 'no sensor' }]);
});

test('a window that the rule does not have is not told', () => {
  expect(unknownIn(figureIs('avg', 'ge', 1, 9))).toEqual([]);
  expect(unknownWindows(conditionOf(ruleOf()), when, undefined)).toEqual([]);
});

test('semantics 25: where nothing is told the window of each sensor of a list is unknown', () => {
  const ofEach: Expression = { op: 'window', fn: 'avg', window: 0, each: true };
  expect(unknownIn(ofEach)).toEqual([average]);
});
