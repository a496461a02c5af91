import fc from 'fast-check';
import { byteReader, byteWriter } from '../../../../functions/domain/bytes.ts';
import type { Rule } from '../../../../functions/domain/rules/book.ts';
import { flapFreeCount } from '../../../../functions/domain/rules/engine/damping.ts';
import { replay } from '../../../../functions/domain/rules/engine/replay.ts';
import type { RuleState } from '../../../../functions/domain/rules/engine/state.ts';
import { decodeRules, encodeRules } from '../../../../functions/domain/rules/engine/stored/codec.ts';
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

// An alert that flaps stays open longer than it is true (semantics 26), and order decides how often it seems to flap.
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
        fc.pre(wanted.length <= flapFreeCount);
        expect(lost(wanted, produce(rules, arrivals).episodes)).toEqual([]);
      },
    ),
    runs,
  );
});

test('semantics 24: a backlog of an outage longer than what a window remembers loses no episode, however long after the live readings it comes', () => {
  const evenly = (from: number, count: number, values: readonly number[]): readonly Past[] =>
    Array.from({ length: count }, (_, i) => ({ t: from + 5 * i, v: values[i] ?? 0 }));
  const anyValues = fc.array(fc.constantFrom(0, 1, 6, 9, 20), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(
      anyAsked,
      fc.tuple(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 28, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
      ),
      fc.tuple(anyValues, anyValues, anyValues),
      (asked, [before, during, after], [early, missed, live]) => {
        const rules = boundTo(ruleFor(asked));
        const first = evenly(5, before, early);
        const outage = evenly(5 + 5 * before, during, missed);
        const last = evenly(5 + 5 * (before + during), after, live);
        const end = (last.at(-1)?.t ?? 0) + 1;
        const late = outage.map((reading) => ({ receivedS: end, readings: [reading] }));
        const wanted = produce(rules, inOrder([...first, ...outage, ...last])).episodes;
        fc.pre(wanted.length <= flapFreeCount);
        const { episodes } = produce(rules, [...inOrder(first), ...inOrder(last), ...late]);
        // What has come since the outage and is no longer remembered cannot be judged again with what was missing.
        const liveS = last[0]?.t ?? 0;
        const judged = after <= 15 ? wanted : wanted.filter(({ to }) => to < liveS);
        expect(lost(judged, episodes)).toEqual([]);
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
