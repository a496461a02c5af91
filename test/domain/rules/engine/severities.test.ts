import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const bench = (orangeFor = 0, redFor = 0) =>
  benchOf(
    boundTo(
      ruleOf({
        levels: [
          { severity: 'orange', at: 1, forS: orangeFor, clearForS: 20 },
          { severity: 'red', at: 2, forS: redFor, clearForS: 10 },
        ],
      }),
    ),
  );

test('semantics 14: the severity is the highest active one: up at once, down at the end of its `clearFor`', () => {
  expect(feed(bench(), [0, 1], [5, 2], [10, 1], [20, 1], [25, 0], [45, 0])).toEqual([
    'raised orange firing @0',
    'severity-up red firing @5',
    'severity-down orange firing @20',
    'recovered orange @45',
  ]);
});

test('semantics 14: both clear together when the value falls at once', () => {
  expect(feed(bench(), [0, 2], [5, 0], [15, 0], [25, 0])).toEqual([
    'raised red firing @0',
    'severity-down orange firing @15',
    'recovered orange @25',
  ]);
});

test('semantics 14: with a severity every lower one whose condition holds becomes active, whatever its `for`', () => {
  expect(feed(bench(60), [0, 2], [5, 1], [15, 1])).toEqual([
    'raised red firing @0',
    'severity-down orange firing @15',
  ]);
});

test('semantics 14: a lower severity that is not true does not become active with a higher one', () => {
  const on = benchOf(
    boundTo(
      ruleOf({
        quality: { ...ruleOf().quality, fault: 'raise' },
        levels: [
          { severity: 'orange', at: 1 },
          { severity: 'red', at: 2 },
        ],
      }),
    ),
  );
  on.send([{ t: 0, q: 'fault' }]);
  expect(feed(on, [5, 0], [15, 0])).toEqual(['recovered red @15']);
});

test('semantics 14: at a deadline the lower runs that go on are raised with it', () => {
  const on = bench(60, 10);
  feed(on, [0, 2]);
  on.send([{ t: 20, v: 2, life: 60 }], 20.5);
  expect(on.drafts.map(({ severity }) => severity)).toEqual(['red']);
  const alone = bench(60, 10);
  alone.send([{ t: 0, v: 2, life: 100 }], 0);
  expect(alone.wait(41, 'none')).toEqual(['raised red firing @40']);
  expect(alone.state().cells[0]?.machines.map(({ phase }) => phase)).toEqual([2, 2]);
});

test('a new episode after recovery is a raise of its own', () => {
  expect(feed(bench(), [0, 1], [5, 0], [25, 0], [30, 1])).toEqual([
    'raised orange firing @0',
    'recovered orange @25',
    'raised orange firing @30',
  ]);
});
