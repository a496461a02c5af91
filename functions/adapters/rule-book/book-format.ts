/** The rule book as stored JSON: its format is checked once, when the function starts. */
import * as z from 'zod';
import { RuleId } from '../../domain/ids.ts';
import { bookFormat, type RuleBook } from '../../domain/rules/book.ts';
import type { Expression } from '../../domain/rules/expression.ts';
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
]);

const Limit = z.strictObject({
  value: z.number(),
  tighter: z.enum(['lower', 'higher']),
  standard: z.string(),
  clause: z.string(),
  verified: z.boolean(),
});

const Effect = z.enum(['raise', 'stale', 'hold', 'ignore', 'unknown']);
const Words = z.exactOptional(z.array(z.string()));

const Rule = z.strictObject({
  id: RuleId,
  version: z.string().regex(/^[0-9a-f]{16}$/),
  title: Bilingual,
  kind: AlertKind,
  trade: Trade,
  select: z.strictObject({
    quantity: z.string(),
    positions: Words,
    sourceKinds: Words,
    areaPrefixes: Words,
    grades: z.exactOptional(z.array(z.number())),
    tags: Words,
  }),
  unit: z.string(),
  scale: z.int().min(0),
  limits: z.record(z.string(), Limit),
  severities: z.array(
    z.strictObject({
      severity: Severity,
      when: Tree,
      clear: z.exactOptional(Tree),
      forMs: DurationMs,
      clearForMs: DurationMs,
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

/** A book of the format that this code reads; strict, so that a field of a newer format is never overlooked. */
export const StoredRuleBook: z.ZodType<RuleBook> = z.strictObject({
  format: z.literal(bookFormat),
  version: z.string().regex(/^[0-9a-f]{16}$/),
  rules: z.array(Rule),
});
