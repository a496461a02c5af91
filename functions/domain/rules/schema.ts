/** What this room knows: what a rule means. This file: the shape of a rule as a person writes it, one YAML file a rule. */
import * as z from 'zod';
import { RuleId } from '../ids.ts';
import { Bilingual, Severity, severities, Trade } from '../severity.ts';
import { LimitInFile, limitCountMax } from './schema/limit.ts';
import { QualityInFile, RoleInFile, roleCountMax, SelectInFile, SilentInFile } from './schema/select.ts';
import { SeverityInFile } from './schema/severity.ts';
import { atMost, Condition, camelName, Duration, StandardInFile } from './schema/words.ts';

/** Most names that a rule gives to expressions. */
export const letCountMax = 16;

/** One rule file. Strict: an unknown field is refused, so that a typing error cannot switch a rule off. */
export const RuleFile = z
  .strictObject({
    id: RuleId.describe('Dotted lower-case name; begins with the trade and never changes'),
    title: Bilingual,
    kind: z.enum(['risk', 'data-quality']).default('risk').describe('Default risk'),
    trade: z
      .enum([...Trade.options, 'any'])
      .describe('The trade; `any` is for rules on the quality of data, whose id begins with data.'),
    standard: StandardInFile,
    select: SelectInFile.describe('Which sensors; all that is given must match'),
    unit: z
      .string()
      .min(1)
      .max(16)
      .optional()
      .describe('UCUM code; the unit of the quantity. Left out where the quantities have several'),
    sensors: z
      .record(camelName, RoleInFile)
      .refine(...atMost(roleCountMax, 'sensors'))
      .default({})
      .describe('Other sensors of the same device, for sensor("name") in a condition'),
    let: z
      .record(camelName, Condition.describe('An expression in CEL, put in wherever its name stands'))
      .refine(...atMost(letCountMax, 'names'))
      .default({})
      .describe('Names for expressions that several conditions share'),
    limits: z
      .record(camelName, LimitInFile)
      .refine(...atMost(limitCountMax, 'limits'))
      .default({})
      .describe('Named figures, for limits.<name> in a condition'),
    severities: z
      .partialRecord(z.enum(severities), SeverityInFile)
      .refine((given) => Object.keys(given).length > 0, { error: 'must hold at least one severity' })
      .describe('What raises and what clears, by severity'),
    silent: SilentInFile.describe('What the absence of readings means'),
    quality: QualityInFile.default({}).describe('What each quality state does to this rule'),
    maxHold: Duration.optional().describe('How long a quality state may hold an alarm back. Default 30m'),
    unknownFor: Duration.optional().describe(
      'How long `when` may stay unknown. Default: as long as a silence',
    ),
    notEvaluable: Severity.optional().describe('Severity when `when` stays unknown. Default yellow'),
    advice: Bilingual.describe('What to do; may hold {value}, {unit}, {limit}, {sensor}, {source}'),
  })
  .meta({ title: 'Tocsin rule', description: 'One risk rule; see docs/rules.md' });
export type RuleFile = z.infer<typeof RuleFile>;
