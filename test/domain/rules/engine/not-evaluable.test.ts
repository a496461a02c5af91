import { RuleId } from '../../../../functions/domain/ids.ts';
import { bindDevice } from '../../../../functions/domain/rules/engine/bind.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import { duration, seconds } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { bookOf, boundTo, compare, device, input, ruleOf } from '../../../support/engine/rules.ts';

const quiet = { afterMs: duration(86_400_000), severity: 'blue' } as const;
const rule = ruleOf({ unknownForMs: seconds(20), silent: quiet, notEvaluable: 'orange' });

test.each([
  [19.999, []],
  [20, ['data.not-evaluable raised orange firing @20']],
])('semantics 3: unknown for 20 s at a reading after %s s', (t, expected) => {
  const on = benchOf(boundTo(rule));
  on.send([{ t: 0, q: 'unknown' }]);
  expect(on.send([{ t, q: 'unknown' }])).toEqual(expected);
});

test('semantics 3: unknown for too long raises by time alone', () => {
  const on = benchOf(boundTo(rule));
  on.send([{ t: 0, q: 'unknown' }]);
  expect(on.wait(20)).toEqual([]);
  expect(on.wait(20.001)).toEqual(['data.not-evaluable raised orange firing @20']);
});

test('semantics 3: a known verdict starts the count again', () => {
  const on = benchOf(boundTo(rule));
  on.send([{ t: 0, q: 'unknown' }]);
  feed(on, [10, 0]);
  on.send([{ t: 15, q: 'unknown' }]);
  expect(on.wait(35)).toEqual([]);
  expect(on.wait(35.001)).toEqual(['data.not-evaluable raised orange firing @35']);
});

test('semantics 3: it ends with two good readings that every rule of the sensor can answer', () => {
  const on = benchOf(boundTo(rule));
  on.send([{ t: 0, q: 'unknown' }]);
  on.wait(21);
  expect(feed(on, [25, 0])).toEqual([]);
  expect(feed(on, [30, 0])).toEqual(['data.not-evaluable recovered orange @30']);
});

test('semantics 3: without a figure of its own the silence of the rule is the measure', () => {
  const { unknownForMs: _, ...without } = ruleOf({ silent: { afterMs: seconds(30), severity: 'blue' } });
  const on = benchOf(boundTo(without));
  on.send([{ t: 0, q: 'unknown' }]);
  expect(on.wait(30.001)).toEqual(['raised blue stale @30', 'data.not-evaluable raised yellow firing @30']);
});

test('semantics 3: a condition that can never be answered for a registered sensor says so at once', () => {
  const when = compare('ge', input('value'), input('limits.unset'));
  const unset = { ...rule, severities: rule.severities.map((severity) => ({ ...severity, when })) };
  const rules = boundTo(unset);
  const on = benchOf(rules, 100);
  expect(on.wait(100)).toEqual([]);
  expect(on.wait(100.001)).toEqual(['data.not-evaluable raised orange firing @100']);
  expect(feed(on, [105, 0], [110, 0], [115, 0])).toEqual([]);
  const { because } = on.drafts[0] ?? { because: '' };
  expect(JSON.parse(because).input.causes).toEqual([
    {
      rule: 'test.rule',
      inputs: [
        { input: 'value', cause: 'quality none' },
        { input: 'limits.unset', cause: 'unset limit' },
      ],
    },
  ]);
  expect(replay(because, rules)).toBe(because);
});

test('semantics 4: a figure in another unit says nothing about the limits', () => {
  const on = benchOf(boundTo(rule, device([{ unit: '%{LEL}' }])));
  expect(feed(on, [5, 9])).toEqual(['data.not-evaluable raised orange firing @0']);
});

test('semantics 3: of several rules on a sensor the gravest decides', () => {
  const of = (id: string, notEvaluable: 'blue' | 'red', unknownS: number) =>
    ruleOf({ id: RuleId.parse(id), unknownForMs: seconds(unknownS), silent: quiet, notEvaluable });
  const on = benchOf(bindDevice(bookOf(of('test.a', 'blue', 10), of('test.b', 'red', 20)), device()));
  on.send([{ t: 0, q: 'unknown' }]);
  expect(on.wait(30)).toEqual([
    'data.not-evaluable raised blue firing @10',
    'data.not-evaluable severity-up red firing @20',
  ]);
});
