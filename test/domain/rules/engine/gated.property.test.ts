import fc from 'fast-check';
import { advance } from '../../../../functions/domain/rules/engine.ts';
import { at, told } from '../../../support/engine/bench.ts';
import { anyGated, anyGatedSeries } from '../../../support/engine/gated.ts';
import { produce } from '../../../support/engine/produced.ts';
import { gatedReferenceOf } from '../../../support/reference/gated.ts';

const numRuns = 1_000;

test.each([
  ['times', ['times']],
  ['schedule', ['schedule']],
  ['times and schedule', ['times', 'schedule']],
] as const)(
  'semantics 15, 16, 26: on readings in order %s tell what the naive reference tells',
  (_, gates) => {
    fc.assert(
      fc.property(anyGated(gates), anyGatedSeries, ({ rule, rules }, readings) => {
        const { state, drafts } = produce(
          rules,
          readings.map((reading) => ({ receivedS: reading.t, readings: [reading] })),
        );
        const end = (readings.at(-1)?.t ?? 0) + 400;
        const later = advance(rules, state, at(end), undefined).transitions;
        const lines = [...drafts, ...later].map((draft) => told(draft).replace(' firing', ''));
        expect(lines).toEqual(gatedReferenceOf(rule, readings, end));
      }),
      { numRuns },
    );
  },
);
