import fc from 'fast-check';
import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { Severity } from '../../../functions/domain/severity.ts';
import type { RegisteredOverride } from '../../../functions/domain/telemetry/overrides.ts';
import type { Quality } from '../../../functions/domain/telemetry/reading.ts';
import { seconds } from '../../../functions/domain/time.ts';
import { overrideOf } from '../overrides.ts';
import type { ReferenceLevel, ReferenceReading, ReferenceRule } from '../reference/in-order-history.ts';
import { at } from './bench.ts';
import type { Delivery } from './produced.ts';
import { boundTo, device, ruleOf } from './rules.ts';

const timing = fc.record({
  forS: fc.constantFrom(0, 5, 10, 25),
  clearForS: fc.constantFrom(0, 10, 20),
  below: fc.option(fc.constantFrom(5, 8), { nil: undefined }),
});

/** Two severities whose limits lie at 10 and 20, with timing small enough for boundaries to be hit. */
export const anyRule: fc.Arbitrary<ReferenceRule> = fc.record({
  levels: fc
    .tuple(
      fc.constantFrom<Severity>('blue', 'yellow', 'orange'),
      fc.constantFrom<Severity>('orange', 'red'),
      timing,
      timing,
    )
    .filter(([low, high]) => low !== high)
    .map(([low, high, a, b]) => [
      { severity: low, at: 10, ...a },
      { severity: high, at: 20, ...b },
    ]),
  silentAfterS: fc.constantFrom(15, 30, 60),
  silentSeverity: fc.constantFrom<Severity>('blue', 'orange', 'red'),
  graceS: fc.constant(30),
  maxHoldS: fc.constantFrom(20, 60),
});

/** A rule whose lower limit becomes one of `limits` at some time. */
export const anyChangingRule = (...limits: readonly number[]): fc.Arbitrary<ReferenceRule> =>
  fc.tuple(anyRule, fc.integer({ min: 1, max: 90 }), fc.constantFrom(...limits)).map(([rule, fromS, at]) => ({
    ...rule,
    levels: rule.levels.map((level, i) => (i === 0 ? { ...level, becomes: { fromS, at } } : level)),
  }));

/** Readings in order, five seconds apart as a rule, around the limits; qualities other than good are rare. */
export const anySeries = (
  states: readonly Quality[],
  gaps: readonly number[] = [1, 10, 15, 16, 30, 31, 45, 100],
): fc.Arbitrary<readonly ReferenceReading[]> =>
  fc
    .array(
      fc.record({
        gap: fc.oneof({ weight: 6, arbitrary: fc.constant(5) }, fc.constantFrom(...gaps)),
        v: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.constantFrom(4, 5, 7, 9, 10, 15, 20, 25)),
        q: fc.oneof({ weight: 6, arbitrary: fc.constant<Quality>('good') }, fc.constantFrom(...states)),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((steps) => {
      let t = 0;
      return steps.map(({ gap, v, q }) => {
        t += gap;
        return { t, v, q };
      });
    });

/** The reference's rule for the engine; changes of its limits are known from the first. */
export const rulesFor = (rule: ReferenceRule): DeviceRules =>
  boundTo(
    ruleOf({
      levels: rule.levels,
      silent: { afterMs: seconds(rule.silentAfterS), severity: rule.silentSeverity },
      maxHoldMs: seconds(rule.maxHoldS),
    }),
    { ...device(), overrides: rule.levels.flatMap(overrideFor) },
  );

const overrideFor = ({ severity, becomes }: ReferenceLevel): readonly RegisteredOverride[] =>
  becomes === undefined
    ? []
    : [overrideOf({ limit: severity, from: at(becomes.fromS), value: becomes.at, isSigned: true })];

/** How long after it was true each reading arrives, in seconds. */
export const anyDelays: fc.Arbitrary<readonly number[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(4, 12, 30, 70, 500)),
  { minLength: 30, maxLength: 30 },
);

/** Readings of any quality, some untrusted, one a message, in the order in which they arrive. */
export const anyArrivals = (
  states: readonly Quality[] = ['over-range', 'unknown', 'fault', 'calibrating'],
): fc.Arbitrary<readonly Delivery[]> =>
  fc
    .tuple(
      anySeries(states),
      anyDelays,
      fc.array(fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)), {
        minLength: 30,
        maxLength: 30,
      }),
    )
    .map(([readings, delays, trust]) =>
      readings
        .map((reading, i) => ({
          receivedS: reading.t + (delays[i] ?? 0),
          readings: [{ ...reading, trusted: trust[i] ?? true }],
        }))
        .toSorted((a, b) => a.receivedS - b.receivedS),
    );
