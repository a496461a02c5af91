import * as z from 'zod';
import { DeviceId, RuleId, SensorId, SourceId } from '../../functions/domain/ids.ts';
import { durationOf } from '../../functions/domain/rules/schema/words.ts';
import { Bilingual, Severity } from '../../functions/domain/severity.ts';

/** A scenario on the platform runs in real time: nobody waits longer than this. */
export const liveDurationMaxMs = 180_000;
/** A virtual scenario: two weeks. */
export const virtualDurationMaxMs = 14 * 86_400_000;
/** Physics seconds in one second of the run. */
export const paceMax = 600;
export const eventCountMax = 200;
export const expectationCountMax = 200;

const spanHint = 'must be a duration such as 0s, 90s, 5m, 2h or 1d12h';
/** Milliseconds, written as `90s`, `5m`, `2h`, `7d`. */
const Span = z.string({ error: spanHint }).transform((text, context) => {
  const ms = durationOf(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: spanHint });
  return z.NEVER;
});

const when = {
  /** Since the start of the run. */
  at: Span,
  /** Since the start of the run. @default the end */
  until: Span.optional(),
};
const share = z.number().min(0).max(1);
const devices = z.array(DeviceId).min(1);

/** How a hostile device misbehaves; `attacks.ts` says what each sends. */
export const attackKinds = [
  'empty',
  'not-utf8',
  'truncated-json',
  'trailing-garbage',
  'wrong-types',
  'prototype-keys',
  'foreign-base-name',
  'unknown-sensor',
  'wrong-unit',
  'foreign-topic',
  'foreign-client-id',
] as const;
export const AttackKind = z.enum(attackKinds);
export type AttackKind = z.infer<typeof AttackKind>;

/** What happens in a run, by its word in `do`. */
export const ScenarioEvent = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('stop-fan'), ...when, fan: z.string().min(1) }),
  /** `concentration` in the sensor's unit is what the leak would reach beside it. */
  z.strictObject({ do: z.literal('leak'), ...when, source: SourceId, concentration: z.number().positive() }),
  z.strictObject({
    do: z.literal('release'),
    ...when,
    source: SourceId,
    concentration: z.number().positive(),
  }),
  z.strictObject({ do: z.literal('fill'), ...when, source: SourceId, percentPerHour: z.number() }),
  z.strictObject({
    do: z.literal('accelerate'),
    ...when,
    source: SourceId,
    hoursToFailure: z.number().positive(),
  }),
  /** `times` the usual load. */
  z.strictObject({ do: z.literal('dust'), ...when, source: SourceId, times: z.number().positive() }),
  z.strictObject({ do: z.literal('silence'), ...when, device: DeviceId, sensor: SensorId.optional() }),
  z.strictObject({ do: z.literal('fault'), ...when, device: DeviceId, sensor: SensorId }),
  z.strictObject({
    do: z.literal('calibrate'),
    ...when,
    device: DeviceId,
    sensor: SensorId,
    testGas: z.number(),
  }),
  z.strictObject({
    do: z.literal('network'),
    ...when,
    devices,
    isDown: z.boolean().default(false),
    duplicate: share.default(0),
    reorder: share.default(0),
    loseAck: share.default(0),
  }),
  z.strictObject({
    do: z.literal('attack'),
    ...when,
    device: DeviceId,
    kinds: z.array(AttackKind).min(1),
    every: Span,
  }),
]);
export type ScenarioEvent = z.infer<typeof ScenarioEvent>;

const Change = z.enum(['raised', 'severity-up', 'severity-down', 'stale', 'firing-again', 'recovered']);
const pattern = z.string().min(1).max(200).describe('A name, or a pattern with * for any text');

/** One change of an alert that must come; `raised` also stands for a new occurrence of an alert that is still open. */
export const ExpectedAlert = z.strictObject({
  rule: z.union([RuleId, pattern]),
  /** `<deviceId>/<sensorId>` for a sensor. */
  subject: pattern,
  change: Change,
  severity: Severity.optional(),
  /** When the platform must have decided it, since the start of the run. */
  between: z
    .tuple([Span, Span])
    .refine(([from, to]) => from <= to, { error: 'must not end before it begins' }),
  /** When it must have been true in the world. */
  phenomenon: z.tuple([Span, Span]).optional(),
});
export type ExpectedAlert = z.infer<typeof ExpectedAlert>;

/** Changes that must not come (`never`), or may come unexpected (`allow`). */
export const AlertPattern = z.strictObject({
  rule: pattern.default('*'),
  subject: pattern.default('*'),
  change: Change.optional(),
  severity: Severity.optional(),
});
export type AlertPattern = z.infer<typeof AlertPattern>;

const Expectations = z.strictObject({
  alerts: z.array(ExpectedAlert).max(expectationCountMax).default([]),
  never: z.array(AlertPattern).max(expectationCountMax).default([]),
  allow: z.array(AlertPattern).max(expectationCountMax).default([]),
  /** Least number of connections and publishes that the broker must have refused. */
  refusedMin: z.int().nonnegative().default(0),
  /** Least number of messages in quarantine at the end, where the run can see it. */
  quarantinedMin: z.int().nonnegative().default(0),
});

/** Registered periods are those of the city's data; a device never reports more seldom than twice its own. */
export const registeredFactorMax = 2;

const Cadence = z.union(
  [
    /** A reading per registered period times the factor, each in a pack of its own. */
    z.strictObject({ registered: z.number().min(0.1).max(registeredFactorMax) }),
    z.strictObject({ read: Span, pack: Span }).refine(({ read, pack }) => read >= 1000 && pack >= read, {
      error: 'read must be at least 1s and pack at least read',
    }),
  ],
  { error: 'must be { read: 1s, pack: 2s } (at least 1s, pack at least read) or { registered: 1 }' },
);

/** One scenario file. */
export const Scenario = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]{0,47}$/, { error: 'must be lower-case words with hyphens' }),
    title: Bilingual,
    story: z.string().min(1),
    /** Where it can run. `live` needs a duration of at most 3 minutes. */
    runs: z.array(z.enum(['live', 'virtual'])).min(1),
    seed: z.string().min(1).max(64),
    /** Local time of the physics at the start (and of the clock of a virtual run). */
    startsAt: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    duration: Span,
    pace: z.number().min(0.1).max(paceMax).default(1),
    /** How often devices read and send. @default { read: 1s, pack: 2s } */
    cadence: Cadence.default({ read: 1_000, pack: 2_000 }),
    /** Events are repeated with this period, for runs without an end. */
    repeatEvery: Span.optional(),
    events: z.array(ScenarioEvent).max(eventCountMax).default([]),
    expect: Expectations.default({ alerts: [], never: [], allow: [], refusedMin: 0, quarantinedMin: 0 }),
  })
  .superRefine((scenario, context) => {
    const max = scenario.runs.includes('live') ? liveDurationMaxMs : virtualDurationMaxMs;
    const refuse = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (scenario.duration > max && scenario.repeatEvery === undefined) {
      refuse(['duration'], `must be at most ${max / 1000} s for ${scenario.runs.join(' and ')}`);
    }
    for (const [index, event] of scenario.events.entries()) {
      if (event.until !== undefined && event.until <= event.at) {
        refuse(['events', index, 'until'], 'must lie after at');
      }
    }
    for (const [index, { between }] of scenario.expect.alerts.entries()) {
      if (between[1] > scenario.duration) {
        refuse(['expect', 'alerts', index, 'between'], 'must end within the duration');
      }
    }
  });
export type Scenario = z.infer<typeof Scenario>;
