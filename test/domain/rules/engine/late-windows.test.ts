import { produce } from '../../../support/engine/produced.ts';
import { boundTo } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';

const avg = { lengthS: 60, functions: ['avg'] } as const;
const rules = boundTo(windowRule({ window: avg, when: figureIs('avg', 'ge', 5) }));

const delivered = (...series: readonly (readonly [t: number, v: number, receivedS?: number])[]) =>
  series.map(([t, v, receivedS = t]) => ({ receivedS, readings: [{ t, v }] }));

test('semantics 9, 17, 24: a late reading that lifts a window before an open episode makes it begin there', () => {
  const live = delivered([10, 0], [20, 0], [40, 0], [50, 0], [60, 40]);
  expect(produce(rules, live).episodes).toEqual([{ level: 0, from: 60, to: Number.POSITIVE_INFINITY }]);
  expect(produce(rules, [...live, ...delivered([30, 30, 61])]).episodes).toEqual([
    { level: 0, from: 40, to: Number.POSITIVE_INFINITY },
  ]);
});
