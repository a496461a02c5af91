import fc from 'fast-check';
import { replayCorrelation } from '../../../../functions/domain/rules/correlate/replay.ts';
import type { CorrelationRule } from '../../../../functions/domain/rules/correlation-rule.ts';
import { recordBytesMax } from '../../../../functions/domain/rules/engine/record.ts';
import { duration } from '../../../../functions/domain/time.ts';
import { absenceRule, any, countRule, cut, fan, gas, sequenceRule } from '../../../support/correlations.ts';
import { correlator, type Given } from '../../../support/correlator.ts';

const numRuns = 1_000;
/** All members have recovered, their T and `clearFor` are long over. */
const endS = 100_000;

const anyPattern: fc.Arbitrary<CorrelationRule> = fc
  .record({
    make: fc.constantFrom(
      (given: Partial<CorrelationRule>) => countRule(2, given),
      (given: Partial<CorrelationRule>) =>
        countRule(3, { pattern: { kind: 'count', of: any(gas, fan, cut), count: 3 }, ...given }),
      sequenceRule,
      absenceRule,
    ),
    clearForMs: fc.constantFrom(0, 10_000, 120_000),
    role: fc.constantFrom('alert', 'inhibit', 'root-cause'),
  })
  .map(({ make, clearForMs, role }) => make({ clearForMs: duration(clearForMs), role }));

/** The whole life of a few alerts: raises, severities, staleness and recoveries, numbered, in order of time. */
const anyLives: fc.Arbitrary<readonly Given[]> = fc
  .array(
    fc.record({
      rule: fc.constantFrom(gas, fan, cut),
      subject: fc.constantFrom('s1', 's2', 's3'),
      start: fc.integer({ min: 1, max: 600 }),
      steps: fc.array(
        fc.record({
          after: fc.integer({ min: 0, max: 90 }),
          condition: fc.constantFrom('firing', 'stale', 'recovered', 'recovered'),
          severity: fc.constantFrom('yellow', 'orange', 'red'),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((lives) =>
    lives.flatMap(({ rule, subject, start, steps }, index): Given[] => {
      let at = start;
      const alert = `al-${index}`;
      const changes = steps.map(({ after, condition, severity }, step): Given => {
        at += after;
        return { rule, alert, subject, version: step + 2, at, condition, severity };
      });
      const last: Given = {
        rule,
        alert,
        subject,
        version: steps.length + 2,
        at: at + 5,
        condition: 'recovered',
      };
      return [{ rule, alert, subject, version: 1, at: start }, ...changes, last];
    }),
  )
  .map((all) => all.toSorted((a, b) => a.at - b.at || a.version - b.version));

/** The same with every one at least once, in any order. */
const anyArrival = anyLives.chain((lives) =>
  fc.record({
    lives: fc.constant(lives),
    arrivals: fc
      .array(fc.constantFrom(...lives), { maxLength: 8 })
      .chain((again) =>
        fc.shuffledSubarray([...lives, ...again], { minLength: lives.length + again.length }),
      ),
  }),
);

interface Produced {
  readonly from: number;
  readonly to: number;
}

/** Episodes as people were told of them. */
function produced(one: ReturnType<typeof correlator>): Produced[] {
  const { episodes, open } = one.state;
  return [...episodes, ...(open === undefined ? [] : [{ from: open.from, to: Number.POSITIVE_INFINITY }])];
}

/** In order, each at its time, with the clock going on between. */
function inOrder(rule: CorrelationRule, lives: readonly Given[]) {
  const one = correlator(rule);
  for (const given of lives) {
    one.advance(given.at - 0.001);
    one.take(given);
  }
  return one;
}

describe('semantics 20, 24: any order and any repetition of members', () => {
  test('gives the same members, and covers every episode that their own order gives', () => {
    fc.assert(
      fc.property(anyPattern, anyArrival, fc.boolean(), (rule, { lives, arrivals }, isClockRunning) => {
        const reference = inOrder(rule, lives);
        const other = correlator(rule);
        let now = 0;
        for (const given of arrivals) {
          now = Math.max(now, given.at);
          if (isClockRunning) other.advance(now);
          other.take(given, now - given.at);
        }
        const bare = (one: typeof other) => one.state.members.map(({ isLinked, ...member }) => member);
        expect(bare(other)).toEqual(bare(reference));
        for (const one of [reference, other]) one.advance(endS);
        const ours = produced(other);
        for (const { from, to } of produced(reference))
          expect(ours.some((mine) => mine.from <= to && mine.to >= from && mine.to >= to)).toBe(true);
      }),
      { numRuns },
    );
  });

  test('ends as the order of time ends: all over, nothing due', () => {
    fc.assert(
      fc.property(anyPattern, anyArrival, (rule, { arrivals }) => {
        const one = correlator(rule);
        for (const given of arrivals) one.take(given, 1_000);
        one.advance(endS);
        expect(one.state.open).toBeUndefined();
        expect(one.dueAt).toBeUndefined();
        expect(one.state.doubts).toEqual([]);
      }),
      { numRuns },
    );
  });

  test('says nothing more when all of it comes again', () => {
    fc.assert(
      fc.property(anyPattern, anyArrival, (rule, { arrivals }) => {
        const one = correlator(rule);
        for (const given of arrivals) one.take(given);
        one.advance(endS);
        const before = [one.story(), one.state];
        for (const given of arrivals) one.take(given, endS);
        one.advance(endS + 1);
        expect([one.story(), one.state]).toEqual(before);
      }),
      { numRuns },
    );
  });

  test('raises and recovers in turn: never twice at a time', () => {
    fc.assert(
      fc.property(anyPattern, anyArrival, (rule, { arrivals }) => {
        const one = correlator(rule);
        for (const given of arrivals) {
          one.take(given);
          one.advance(given.at + 200);
        }
        const ends = one.said.filter(({ change }) => change !== 'severity-up');
        ends.forEach(({ change }, index) => {
          expect(change).toBe(index % 2 === 0 ? 'raised' : 'recovered');
        });
      }),
      { numRuns },
    );
  });
});

test('semantics 25: every decision record of a correlation is at most 8 KB and replays to the same bytes', () => {
  fc.assert(
    fc.property(anyPattern, anyArrival, (rule, { arrivals }) => {
      const one = correlator(rule, true);
      for (const given of arrivals) one.take(given);
      one.advance(endS);
      for (const { record } of one.said) {
        expect(Buffer.byteLength(record)).toBeLessThanOrEqual(recordBytesMax);
        expect(replayCorrelation(record)).toBe(record);
      }
    }),
    { numRuns },
  );
});

/** The count pattern, written the slow and obvious way: every second is asked how many stand. */
test('semantics 20: a count in order raises exactly when a look at every second says so', () => {
  fc.assert(
    fc.property(anyLives, (lives) => {
      const rule = countRule(2, { pattern: { kind: 'count', of: any(gas, fan, cut), count: 2 } });
      const standsAt = (second: number): boolean => {
        const subjects = new Set<string>();
        for (const { alert, subject = alert } of lives) {
          const mine = lives
            .filter((given) => given.alert === alert)
            .toSorted((a, b) => a.version - b.version);
          const isOn = mine.some(({ at, condition }, index) => {
            if (condition === 'recovered') return false;
            const end = mine.slice(index + 1).find((later) => later.condition === 'recovered')?.at ?? endS;
            return at <= second && second <= end + 60;
          });
          if (isOn) subjects.add(subject);
        }
        return subjects.size >= 2;
      };
      const one = inOrder(rule, lives);
      one.advance(endS);
      const raised = one.said.filter(({ change }) => change === 'raised');
      const seconds = Array.from({ length: 1_200 }, (_, second) => second);
      const held = seconds.filter(standsAt);
      expect(raised.length > 0).toBe(held.length > 0);
      expect(raised[0]?.phenomenonAt).toBe(held[0] === undefined ? undefined : held[0] * 1000);
      const told = produced(one);
      for (const second of held)
        expect(told.some(({ from, to }) => from <= second * 1000 && second * 1000 <= to)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
