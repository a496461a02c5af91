/** The rule book as stored JSON: its format is checked once, when the function starts. */
import * as z from 'zod';
import { RuleId } from '../../domain/ids.ts';
import { bookFormat, type RuleBook } from '../../domain/rules/book.ts';
import { type Expression, windowFunctions } from '../../domain/rules/expression.ts';
import { AlertKind, Bilingual, Severity, Trade } from '../../domain/severity.ts';
import { DurationMs } from '../../domain/time.ts';

const Value = z.union([z.number(), z.boolean(), z.string()]);
const branches = { left: z.lazy(() => Tree), right: z.lazy(() => Tree) };

const Tree: z.ZodType<Expression> = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('literal'), value: Value }),
  z.strictObject({ op: z.literal('input'), name: z.string() }),
  z.strictObject({ op: z.enum(['not', 'negate']), of: z.lazy(() => Tree) }),
  z.strictObject({ op: z.enum(['and', 'or']), ...branches }),
  z.strictObject({ op: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge']), ...branches }),
  z.strictObject({ op: z.enum(['add', 'subtract', 'multiply', 'divide', 'modulo']), ...branches }),
  z.strictObject({
    op: z.literal('if'),
    when: z.lazy(() => Tree),
    // biome-ignore lint/suspicious/noThenProperty: the shape of an expression; nobody awaits one.
    then: z.lazy(() => Tree),
    else: z.lazy(() => Tree),
  }),
  z.strictObject({ op: z.literal('in'), left: z.lazy(() => Tree), list: z.array(Value) }),
  z.strictObject({ op: z.enum(['least', 'greatest']), of: z.array(z.lazy(() => Tree)) }),
  z.strictObject({ op: z.literal('absolute'), of: z.lazy(() => Tree) }),
  z.strictObject({
    op: z.literal('window'),
    fn: z.enum(windowFunctions),
    window: z.int().min(0),
    perMs: z.exactOptional(z.number()),
    each: z.exactOptional(z.literal(true)),
  }),
  z.strictObject({
    op: z.literal('willReach'),
    window: z.int().min(0),
    limit: z.lazy(() => Tree),
    withinMs: z.number(),
  }),
  z.strictObject({
    op: z.literal('peers'),
    how: z.enum(['all', 'atLeast']),
    least: z.int().min(1),
    quantity: z.string(),
    of: z.lazy(() => Tree),
  }),
]);

const Limit = z.strictObject({
  value: z.exactOptional(z.number()),
  byGrade: z.exactOptional(z.record(z.string(), z.number())),
  bySubstance: z.exactOptional(z.record(z.string(), z.number())),
  ask: z.exactOptional(Bilingual),
  source: z.exactOptional(z.string()),
  unit: z.exactOptional(z.string()),
  tighter: z.enum(['lower', 'higher']),
  standard: z.string(),
  clause: z.string(),
  verified: z.boolean(),
});

const Effect = z.enum(['raise', 'stale', 'hold', 'ignore', 'unknown']);
const Words = z.exactOptional(z.array(z.string()));

const Schedule = z.strictObject({
  zone: z.string(),
  windows: z.array(z.strictObject({ days: z.array(z.int()), fromMinute: z.int(), toMinute: z.int() })),
  holidays: z.array(z.string()),
  onHolidays: z.enum(['open', 'closed']),
});

const Response = z.strictObject({
  consequence: Bilingual,
  cause: Bilingual,
  action: Bilingual,
  withinMs: DurationMs,
});

const Window = z.strictObject({
  role: z.exactOptional(z.string()),
  quantity: z.exactOptional(z.string()),
  lengthMs: DurationMs,
  dayIn: z.exactOptional(z.string()),
  backMs: DurationMs,
  countMin: z.int().min(1),
  functions: z.array(z.enum([...windowFunctions, 'slope'])),
});

const Rule = z.strictObject({
  id: RuleId,
  version: z.string().regex(/^[0-9a-f]{16}$/),
  title: Bilingual,
  kind: AlertKind,
  trade: z.enum([...Trade.options, 'any']),
  select: z.strictObject({
    quantities: z.array(z.string()),
    trades: z.exactOptional(z.array(Trade)),
    positions: Words,
    sourceKinds: Words,
    areaPrefixes: Words,
    grades: z.exactOptional(z.array(z.number())),
    tags: Words,
  }),
  unit: z.string(),
  scale: z.int().min(0),
  limits: z.record(z.string(), Limit),
  roles: z.exactOptional(
    z.record(z.string(), z.strictObject({ quantity: z.string(), positions: Words, tags: Words })),
  ),
  windows: z.exactOptional(z.array(Window)),
  severities: z.array(
    z.strictObject({
      severity: Severity,
      when: Tree,
      clear: z.exactOptional(Tree),
      forMs: DurationMs,
      clearForMs: DurationMs,
      times: z.exactOptional(
        z.strictObject({ count: z.int().min(1), withinMs: DurationMs, consecutive: z.boolean() }),
      ),
      schedule: z.exactOptional(Schedule),
      response: z.exactOptional(Response),
      advice: z.exactOptional(Bilingual),
    }),
  ),
  silent: z.exactOptional(z.strictObject({ afterMs: z.exactOptional(DurationMs), severity: Severity })),
  quality: z.strictObject({
    calibrating: Effect,
    maintenance: Effect,
    fault: Effect,
    'over-range': Effect,
    unknown: Effect,
  }),
  maxHoldMs: DurationMs,
  unknownForMs: z.exactOptional(DurationMs),
  notEvaluable: Severity,
  advice: Bilingual,
});

const Members = z.strictObject({ rules: z.array(RuleId), severityMin: Severity });

const Correlation = z.strictObject({
  id: RuleId,
  version: z.string().regex(/^[0-9a-f]{16}$/),
  title: Bilingual,
  kind: AlertKind,
  trade: Trade,
  provenance: z.strictObject({ standard: z.string(), clause: z.string(), verified: z.boolean() }),
  subject: z.enum(['device', 'source', 'site', 'group']),
  groupTagPrefix: z.exactOptional(z.string()),
  pattern: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('count'), of: Members, count: z.int().min(1) }),
    // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
    z.strictObject({ kind: z.literal('sequence'), first: Members, then: Members }),
    z.strictObject({ kind: z.literal('absence'), first: Members, without: Members }),
  ]),
  withinMs: DurationMs,
  severity: Severity,
  clearForMs: DurationMs,
  role: z.enum(['alert', 'inhibit', 'root-cause']),
  response: z.exactOptional(Response),
  advice: Bilingual,
});

/** A book of the format that this code reads; strict, so that a field of a newer format is never overlooked. */
export const StoredRuleBook: z.ZodType<RuleBook> = z.strictObject({
  format: z.literal(bookFormat),
  version: z.string().regex(/^[0-9a-f]{16}$/),
  rules: z.array(Rule),
  correlations: z.array(Correlation),
  retired: z.array(z.strictObject({ id: RuleId, by: z.string(), reason: z.string(), date: z.string() })),
});
