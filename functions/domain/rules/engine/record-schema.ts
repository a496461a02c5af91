/** What this room knows: what a rule means. This file: the parts of a decision record that a replay starts from. */
import * as z from 'zod';
import { RuleId } from '../../ids.ts';
import { qualities } from '../../telemetry/reading.ts';
import { Instant } from '../../time.ts';
import { windowFunctions } from '../expression.ts';
import type { EffectiveLimit } from '../limits/effective.ts';
import { never, nobody } from './cell.ts';

const At = z.int().default(never);
const PhaseNumber = z.literal([0, 1, 2, 3]);
/** JSON has no word for a number that is not finite: a record says null, and it is as unknown as before (semantics 1). */
const Value = z.union([z.number(), z.boolean(), z.string(), z.null().transform(() => Number.NaN)]).optional();

/** Instants as they are, of which the record keeps the first and the steps from each to the next. */
const fromSteps = (steps: readonly number[]): readonly number[] => {
  let last = 0;
  return steps.map((step) => (last += step));
};

const MachineRecord = z
  .strictObject({
    phase: PhaseNumber.default(0),
    since: At,
    deadlineAt: At,
    isHeld: z.boolean().default(false),
    clearSince: At,
    spans: z.array(z.int()).default([]),
    forgottenTo: At,
    closed: z.array(z.int()).default([]),
    gaps: z.array(z.int()).default([]),
    hits: z.array(z.int()).default([]).transform(fromSteps),
    countsFrom: At,
    countsAll: z.boolean().default(false),
    isBorrowed: z.boolean().default(false),
    recoveries: z.array(z.int()).default([]),
  })
  .transform(({ hits, countsFrom, countsAll, isBorrowed, recoveries, ...machine }) => ({
    ...machine,
    counting: { hits, countsFrom, countsAll, isBorrowed, recoveries },
  }));

const CellRecord = z
  .strictObject({
    evaluatedAt: At,
    lifeAt: At,
    lifeSetAt: At,
    isStale: z.boolean().default(false),
    holdAt: At,
    holdReceivedAt: At,
    isHoldOver: z.boolean().default(false),
    unknownAt: At,
    unknownReceivedAt: At,
    isUnknownOver: z.boolean().default(false),
    silence: PhaseNumber.default(0),
    silenceClearSince: At,
    toldRank: z.int().default(never),
    wasToldStale: z.boolean().default(false),
    lateCount: z.int().default(0),
    limitsKey: z.int().default(0),
    machines: z.array(MachineRecord),
  })
  .transform((cell) => ({ ...cell, owner: nobody, isCalm: false, hint: undefined }));

const BuiltInCellRecord = z
  .strictObject({
    phase: PhaseNumber.default(0),
    rank: z.int().default(never),
    since: At,
    clearSince: At,
    lastAt: At,
  })
  .transform((cell) => ({ ...cell, hint: undefined }));

const ReadingRecord = z
  .strictObject({
    sensorId: z.string(),
    index: z.int(),
    phenomenonAt: Instant,
    receivedAt: Instant,
    lifeAt: Instant,
    value: Value,
    quality: z.enum(qualities),
    trusted: z.boolean(),
  })
  .transform((reading) => ({ ...reading, value: reading.value }));

const StepInputRecord = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('readings'),
    isLate: z.boolean(),
    at: Instant,
    readings: z.array(ReadingRecord).min(1),
  }),
  z
    .strictObject({
      kind: z.literal('time'),
      event: z.enum(['deadline', 'schedule-ended', 'hold-ended', 'silence', 'unknown', 'limit-changed']),
      at: Instant,
      index: z.int(),
      valueAt: z.exactOptional(z.int()),
      goodAt: z.exactOptional(z.int()),
      value: Value,
      quality: z.string(),
    })
    .transform((input) => ({ ...input, value: input.value })),
]);

const SaidValue = z.union([z.number(), z.boolean(), z.string()]).nullable();

const WindowNumber = z.int().nonnegative();

const AskedRecord = z.strictObject({
  figures: z.array(z.tuple([WindowNumber, z.enum(windowFunctions), z.number().nullable()])),
  each: z.exactOptional(
    z.array(z.tuple([WindowNumber, z.int().nonnegative(), z.enum(windowFunctions), z.number().nullable()])),
  ),
  reaches: z.array(z.tuple([WindowNumber, z.number(), z.number(), z.boolean().nullable()])),
  windows: z.array(z.tuple([WindowNumber, z.int(), z.int(), z.int()])),
  roles: z.exactOptional(z.array(z.tuple([z.string(), SaidValue, z.string().nullable()]))),
  peers: z.exactOptional(z.array(z.tuple([z.string(), z.array(z.tuple([SaidValue, z.string()]))]))),
});

const BuiltInInputRecord = z
  .strictObject({
    kind: z.enum(['raise', 'good', 'bad']),
    trigger: z.enum(['quality', 'unknown', 'reading']),
    at: Instant,
    phenomenonAt: Instant,
    rank: z.int(),
    silentAfterMs: z.int(),
    value: Value,
    quality: z.string(),
    causes: z.array(z.unknown()),
  })
  .transform((input) => ({ ...input, value: input.value }));

const Figure = z.number();

/** A limit as a verdict used it, with where it came from; its figure alone where the record was too long. */
const LimitRecord = z
  .union([
    z.strictObject({ value: Figure }).transform((limit) => ({ ...limit, origin: 'rule' as const })),
    z.object({ origin: z.enum(['rule', 'unset']), value: Figure.optional() }),
    z.object({ origin: z.literal('grade'), value: Figure, grade: z.int() }),
    z.object({ origin: z.literal('substance'), value: Figure, substance: z.string() }),
    z.object({
      origin: z.literal('override'),
      value: Figure,
      override: z.string(),
      scope: z.string(),
      by: z.string(),
      at: z.int(),
      isSigned: z.boolean(),
    }),
  ])
  .transform((limit): EffectiveLimit => ({ ...limit, value: limit.value }));

const EndInputRecord = z.strictObject({
  kind: z.literal('book'),
  trigger: z.enum(['rule-retired', 'deselected']),
  ruleVersion: z.string(),
  at: Instant,
  by: z.string().optional(),
  reason: z.string().optional(),
  date: z.string().optional(),
});

/** What every record has. */
export const RecordHead = z.looseObject({ rule: z.string(), sensor: z.string() });
/** What the record of a rule's verdict replays from. */
export const StepRecord = z.looseObject({
  ruleVersion: z.string(),
  before: CellRecord,
  input: StepInputRecord,
  limits: z.record(z.string(), LimitRecord).default({}),
  constants: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).default({}),
  era: z.strictObject({ from: z.int(), key: z.int(), met: z.int() }).default({ from: 0, key: 0, met: 0 }),
  asked: z.array(AskedRecord).optional(),
});
/** What the record of an alert on a sensor's data replays from. */
export const BuiltInRecord = z.looseObject({ before: BuiltInCellRecord, input: BuiltInInputRecord });
/** What the record of an alert replays from that ended because of a change of the book or of the inventory. */
export const EndRecord = z.looseObject({
  rule: RuleId,
  before: z.strictObject({ toldRank: z.int(), wasToldStale: z.boolean(), since: z.int() }),
  input: EndInputRecord,
});
