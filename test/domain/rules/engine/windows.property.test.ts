import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/codec.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import type { Expression, WindowFunction } from '../../../../functions/domain/rules/expression.ts';
import { at } from '../../../support/engine/bench.ts';
import { type Delivery, lost, produce } from '../../../support/engine/produced.ts';
import { boundTo, compare, input, literal } from '../../../support/engine/rules.ts';
import { figureIs, windowRule } from '../../../support/engine/windows.ts';
import { type Past, referenceFigure } from '../../../support/reference/windows.ts';

const runs = { numRuns: 1_000 };
const lengthS = 60;

interface Asked {
  readonly fn: WindowFunction;
  readonly than: number;
  readonly forS: number;
  readonly clearForS: number;
}

const anyAsked: fc.Arbitrary<Asked> = fc.record({
  fn: fc.constantFrom<WindowFunction>('avg', 'twa', 'max', 'min', 'stddev', 'delta'),
  than: fc.constantFrom(2, 5, 8),
  forS: fc.constantFrom(0, 10),
  clearForS: fc.constantFrom(0, 10),
});

const ruleFor = ({ fn, than, forS, clearForS }: Asked): Rule =>
  windowRule({ window: { lengthS, functions: [fn] }, when: figureIs(fn, 'ge', than), forS, clearForS });

/** Readings five seconds apart or a little more, so that a bucket of three seconds holds one at most. */
const anyPast = (longest: number): fc.Arbitrary<readonly Past[]> =>
  fc
    .array(
      fc.record({
        gap: fc.oneof({ weight: 8, arbitrary: fc.constant(5) }, fc.constantFrom(3, 7, 31, 61)),
        v: fc.constantFrom(0, 0, 1, 3, 6, 9, 20),
      }),
      { minLength: 8, maxLength: longest },
    )
    .map((steps) => {
      let t = 0;
      return steps.map(({ gap, v }) => {
        t += gap;
        return { t, v };
      });
    });

const inOrder = (past: readonly Past[]): readonly Delivery[] =>
  past.map((reading) => ({ receivedS: reading.t, readings: [reading] }));

test('semantics 17: in order, a severity without `for` stands exactly where the figure of the whole history does', () => {
  fc.assert(
    fc.property(anyAsked, anyPast(40), (asked, past) => {
      const rules = boundTo(ruleFor({ ...asked, forS: 0, clearForS: 0 }));
      const said: boolean[] = [];
      const wanted = past.map((now, i) => {
        const history = past.slice(0, i + 1).map(({ t, v }) => ({ t: at(t), v }));
        const told = referenceFigure(history, spec, asked.fn, at(now.t), now.v);
        // Sums are rounded to five places before they are compared, so a figure that is 5 but for its last bits is 5.
        return told !== undefined && told >= asked.than - 1e-9;
      });
      produce(
        rules,
        inOrder(past),
        () => undefined,
        (state) => {
          said.push(isTrueNow(state));
          return state;
        },
      );
      expect(said).toEqual(wanted);
    }),
    runs,
  );
});

const spec = { lengthMs: lengthS * 1_000, backMs: 0, countMin: 1 };

/** The newest stretch of the only severity is known true, up to the newest instant. */
function isTrueNow({ cells: [cell] }: RuleState): boolean {
  const [kind, , to] = cell?.machines[0]?.spans.slice(-3) ?? [];
  return kind === 1 && (cell?.isCalm === true || to === cell?.evaluatedAt);
}

test('semantics 24: late by less than a quarter of its window, no episode of a window is lost or ends early', () => {
  fc.assert(
    fc.property(
      anyAsked,
      anyPast(30),
      fc.array(fc.constantFrom(0, 0, 0, 4, 8, 11), { minLength: 30, maxLength: 30 }),
      (asked, past, delays) => {
        const rules = boundTo(ruleFor(asked));
        const arrivals = past
          .map((reading, i) => ({ receivedS: reading.t + (delays[i] ?? 0), readings: [reading] }))
          .toSorted((a, b) => a.receivedS - b.receivedS);
        const wanted = produce(rules, inOrder(past)).episodes;
        expect(lost(wanted, produce(rules, arrivals).episodes)).toEqual([]);
      },
    ),
    runs,
  );
});

const several: Expression = {
  op: 'or',
  left: figureIs('avg', 'ge', 6),
  right: {
    op: 'and',
    left: compare('ge', input('value'), literal(9)),
    right: { op: 'willReach', window: 0, limit: literal(15), withinMs: 30_000 },
  },
};

const arrivalsOf = (past: readonly Past[], delays: readonly number[]): readonly Delivery[] =>
  past
    .map((reading, i) => ({ receivedS: reading.t + (delays[i] ?? 0), readings: [reading] }))
    .toSorted((a, b) => a.receivedS - b.receivedS);

test('semantics 25, 29: stored and read after every message windows say the same, and every record replays', () => {
  const rules = boundTo(
    windowRule({ window: { lengthS, functions: ['avg', 'slope', 'count'] }, when: several, forS: 5 }),
  );
  const stored = (state: RuleState): RuleState => {
    const writer = byteWriter();
    encodeRules(writer, rules, state);
    return decodeRules(byteReader(writer.finish()), rules);
  };
  fc.assert(
    fc.property(
      anyPast(30),
      fc.array(fc.constantFrom(0, 0, 0, 8, 50, 400), { minLength: 30, maxLength: 30 }),
      (past, delays) => {
        const arrivals = arrivalsOf(past, delays);
        const { drafts } = produce(rules, arrivals);
        const again = produce(rules, arrivals, () => undefined, stored).drafts;
        expect(again.map(({ because }) => because)).toEqual(drafts.map(({ because }) => because));
        for (const { because } of drafts) expect(replay(because, rules)).toBe(because);
      },
    ),
    runs,
  );
});
