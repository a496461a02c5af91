import type { Rule } from '../../../../functions/domain/rules/book.ts';
import type { Condition } from '../../../../functions/domain/rules/engine/bind.ts';
import { never } from '../../../../functions/domain/rules/engine/cell.ts';
import {
  asksForState,
  lastOf,
  type TimeInput,
} from '../../../../functions/domain/rules/engine/step-input.ts';
import { echoIndex } from '../../../../functions/domain/rules/engine/verdict.ts';
import type { Quality } from '../../../../functions/domain/telemetry/reading.ts';
import { instant } from '../../../../functions/domain/time.ts';
import { at } from '../../../support/engine/bench.ts';
import { conditionOf } from '../../../support/engine/bound.ts';
import { ruleOf } from '../../../support/engine/rules.ts';

const kept = { calibrating: 'hold', maintenance: 'ignore', fault: 'stale', 'over-range': 'raise' } as const;
const onData: Partial<Rule> = { kind: 'data-quality', quality: { ...kept, unknown: 'unknown' } };
const onRisk = conditionOf(ruleOf());
const onState = conditionOf(ruleOf(onData));

const changed = (given: Partial<TimeInput> = {}): TimeInput => ({
  kind: 'time',
  event: 'limit-changed',
  at: at(9),
  index: 1,
  valueAt: at(5),
  value: 0.85,
  quality: 'good',
  ...given,
});

test('semantics 22: a change of limits judges the last good value again, at the instant at which it was judged', () => {
  expect(lastOf(onRisk, changed())).toEqual({
    sensorId: 'ch4',
    index: echoIndex,
    phenomenonAt: at(5),
    receivedAt: at(9),
    lifeAt: instant(0),
    value: 0.85,
    quality: 'good',
    trusted: true,
  });
});

test('semantics 22: a rule that asks for the state of its sensor judges that again, without its value', () => {
  expect(lastOf(onState, changed({ quality: 'unknown' }))).toMatchObject({
    value: undefined,
    quality: 'unknown',
  });
  expect(lastOf(onState, changed({ quality: 'strange' }))).toMatchObject({
    value: undefined,
    quality: 'unknown',
  });
  expect(lastOf(onState, changed())).toMatchObject({ value: 0.85, quality: 'good' });
  const { quality } = ruleOf();
  const onFault = conditionOf(ruleOf({ kind: 'data-quality', quality: { ...quality, fault: 'unknown' } }));
  expect(lastOf(onFault, changed({ quality: 'fault' }))).toMatchObject({
    value: undefined,
    quality: 'fault',
  });
});

test.each<[string, Condition, Partial<TimeInput>]>([
  ['a deadline', onRisk, { event: 'deadline' }],
  ['silence', onRisk, { event: 'silence' }],
  ['a change of limits on a sensor that was never judged', onRisk, { valueAt: never }],
  ['a change of limits that names no instant', onRisk, { valueAt: undefined }],
  ['a change of limits on a value that is not good', onRisk, { quality: 'unknown' }],
  ['a change of limits on a state that is not asked for', onState, { quality: 'fault' }],
])('%s judges nothing again', (_, condition, given) => {
  expect(lastOf(condition, changed(given))).toBeUndefined();
});

test('the first instant of all may be judged again', () => {
  expect(lastOf(onRisk, changed({ valueAt: 0 }))?.phenomenonAt).toBe(0);
});

test.each<[string, boolean]>([
  ['good', false],
  ['calibrating', false],
  ['maintenance', false],
  ['fault', false],
  ['over-range', false],
  ['unknown', true],
  ['strange', true],
])(
  'semantics 5: a rule on data that leaves the unknown unknown is asked about %s: %s',
  (quality, isAsked) => {
    expect(asksForState(onState, quality)).toBe(isAsked);
    expect(asksForState(onRisk, quality)).toBe(false);
  },
);

test('semantics 12: a rule on data is asked about each state that it leaves unknown', () => {
  const states: readonly Exclude<Quality, 'good'>[] = ['calibrating', 'fault', 'over-range'];
  for (const state of states) {
    const { quality } = ruleOf();
    const rule = ruleOf({
      kind: 'data-quality',
      quality: { ...quality, [state]: 'unknown', unknown: 'raise' },
    });
    expect(asksForState(conditionOf(rule), state)).toBe(true);
    expect(asksForState(conditionOf(rule), 'strange')).toBe(false);
  }
});
