import fc from 'fast-check';
import type { DeviceRules } from '../../../functions/domain/rules/engine/bind.ts';
import type { Schedule } from '../../../functions/domain/rules/schedule.ts';
import { seconds } from '../../../functions/domain/time.ts';
import type { GatedLevel, GatedReading, GatedRule } from '../reference/gated.ts';
import { boundTo, device, ruleOf } from './rules.ts';

/** The second 0 of tests is 22:13:20 in UTC. */
const firstMinute = 22 * 60 + 14;
const secondOf = (minute: number): number => (minute - firstMinute) * 60 + 40;

const anyHours = fc
  .array(fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: 1, max: 2 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((stretches) => {
    let minute = firstMinute - 1;
    return stretches.map(([gap, length]) => {
      const from = minute + gap + 1;
      minute = from + length + 1;
      return [from, from + length] as const;
    });
  });

const anyTimes = fc.record({
  count: fc.integer({ min: 2, max: 4 }),
  withinS: fc.constantFrom(31, 60, 120),
  consecutive: fc.boolean(),
});

/** `hours`, in minutes of the day, as the engine is told. */
export const scheduleOf = (hours: readonly (readonly [number, number])[]): Schedule => ({
  zone: 'UTC',
  windows: hours.map(([fromMinute, toMinute]) => ({ days: [1, 2, 3, 4, 5, 6, 7], fromMinute, toMinute })),
  holidays: [],
  onHolidays: 'closed',
});

export interface GatedCase {
  readonly rule: GatedRule;
  readonly rules: DeviceRules;
}

/** Two severities that count, follow a schedule, both or neither. */
export function anyGated(gates: readonly ('times' | 'schedule')[]): fc.Arbitrary<GatedCase> {
  const level = (severity: GatedLevel['severity'], at: number): fc.Arbitrary<GatedLevel> =>
    fc
      .record({
        severity: fc.constant(severity),
        at: fc.constant(at),
        forS: fc.constantFrom(0, 0, 5, 10),
        clearForS: fc.constantFrom(0, 10, 20),
        times: gates.includes('times') ? fc.option(anyTimes, { nil: undefined }) : fc.constant(undefined),
        isScheduled: gates.includes('schedule') ? fc.boolean() : fc.constant(false),
      })
      .map((one) => (one.forS > 0 && one.isScheduled && one.times ? { ...one, times: undefined } : one));
  return fc
    .tuple(
      fc.constantFrom('blue' as const, 'yellow' as const, 'orange' as const),
      fc.constantFrom('yellow' as const, 'orange' as const, 'red' as const),
      anyHours,
    )
    .filter(([low, high]) => low !== high && !(low === 'orange' && high === 'yellow'))
    .chain(([low, high, hours]) =>
      fc.tuple(level(low, 10), level(high, 20)).map((levels) => ({ levels, hours })),
    )
    .map(({ levels, hours }) => ({
      rule: {
        levels,
        hours: hours.map(([from, to]) => [secondOf(from), secondOf(to)] as const),
        silentAfterS: 30,
        graceS: 30,
        periodS: 5,
      },
      rules: boundTo(engineRule(levels, scheduleOf(hours)), device([{ period: 5_000 }])),
      // A counterexample is read by people.
      [fc.toStringMethod]: () =>
        JSON.stringify({ levels, hours: hours.map(([from, to]) => [secondOf(from), secondOf(to)]) }),
    }));
}

function engineRule(levels: readonly GatedLevel[], schedule: Schedule) {
  const { silent: _, severities, ...rest } = ruleOf({ levels });
  return {
    ...rest,
    silent: { afterMs: seconds(30), severity: 'signal' as const },
    severities: severities.map((severity, i) => {
      const { times, isScheduled } = levels[i] ?? { times: undefined, isScheduled: false };
      return {
        ...severity,
        ...(times && {
          times: { count: times.count, withinMs: seconds(times.withinS), consecutive: times.consecutive },
        }),
        ...(isScheduled && { schedule }),
      };
    }),
  };
}

/** Good readings in order, five seconds apart as a rule, that come and go. */
export const anyGatedSeries: fc.Arbitrary<readonly GatedReading[]> = fc
  .array(
    fc.record({
      gap: fc.oneof({ weight: 8, arbitrary: fc.constant(5) }, fc.constantFrom(1, 10, 30, 31, 45)),
      v: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(5, 10, 10, 15, 20, 25)),
    }),
    { minLength: 1, maxLength: 45 },
  )
  .map((steps) => {
    let t = 0;
    return steps.map(({ gap, v }) => {
      t += gap;
      return { t, v };
    });
  });
