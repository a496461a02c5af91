import { minutes } from '../../../../functions/domain/time.ts';
import { benchOf, feed } from '../../../support/engine/bench.ts';
import { boundTo, ruleOf } from '../../../support/engine/rules.ts';

const bench = () =>
  benchOf(
    boundTo(
      ruleOf({
        levels: [{ severity: 'orange', at: 1, clearForS: 10 }],
        silent: { afterMs: minutes(90), severity: 'orange' },
      }),
    ),
  );

/** `count` breaches from `t` on, one a minute, each of which clears at once. */
function flap(on: ReturnType<typeof bench>, count: number, t = 0): number {
  for (let i = 0; i < count; i++) feed(on, [t + i * 60, 1], [t + i * 60 + 10, 0], [t + i * 60 + 20, 0]);
  return t + count * 60;
}

test('semantics 26: the clear run after the fourth recovery of an hour takes twice as long, and no raise is later', () => {
  const on = bench();
  const t = flap(on, 4);
  expect(on.drafts.filter(({ change }) => change === 'recovered')).toHaveLength(4);
  expect(feed(on, [t, 1], [t + 10, 0], [t + 20, 0], [t + 29, 0], [t + 30, 0])).toEqual([
    `raised orange firing @${t}`,
    `recovered orange @${t + 30}`,
  ]);
  const again = t + 60;
  expect(feed(on, [again, 1], [again + 10, 0], [again + 49, 0], [again + 50, 0])).toEqual([
    `raised orange firing @${again}`,
    `recovered orange @${again + 50}`,
  ]);
});

test('semantics 26: three recoveries are no flapping', () => {
  const on = bench();
  const t = flap(on, 3);
  expect(feed(on, [t, 1], [t + 10, 0], [t + 20, 0])).toContain(`recovered orange @${t + 20}`);
});

test('semantics 26: an hour later the severity clears as before', () => {
  const on = bench();
  flap(on, 4);
  const t = 4_000;
  expect(feed(on, [t, 1], [t + 10, 0], [t + 20, 0])).toContain(`recovered orange @${t + 20}`);
});

test('semantics 25, 26: the record says how long clearing took instead', () => {
  const on = bench();
  const t = flap(on, 4);
  feed(on, [t, 1], [t + 10, 0], [t + 30, 0]);
  const [first, , , , , , , , , last] = on.drafts.map(
    ({ because }) => JSON.parse(because).timing.severities[0],
  );
  expect(first).toEqual({ severity: 'orange', forMs: 0, clearForMs: 10_000 });
  expect(last).toEqual({ severity: 'orange', forMs: 0, clearForMs: 10_000, dampedClearForMs: 20_000 });
});
