/** What this room knows: what a rule means. This file: how a limit is written. */
import * as z from 'zod';
import { Bilingual } from '../../severity.ts';
import { standardFields } from './words.ts';

/** Most limits in one rule. */
export const limitCountMax = 16;
/** Most substances of one limit. */
const substanceCountMax = 100;

/** The last digit of a CAS number is the sum of the others, each times its place from the right, modulo 10. */
function isCas(text: string): boolean {
  const digits = [...text.replaceAll('-', '')].reverse().map(Number);
  const sum = digits.slice(1).reduce((total, digit, i) => total + digit * (i + 1), 0);
  return sum % 10 === digits[0];
}

const Cas = z
  .string()
  .regex(/^\d{2,7}-\d{2}-\d$/, { error: 'must be a CAS number such as 7783-06-4' })
  .refine(isCas, { error: 'is no CAS number: its check digit is wrong' });

const Grade = z.string().regex(/^[1-4]$/, { error: 'must be a grade, 1 to 4' });

const figure = z.number({ error: 'must be a number' });

/** A number that a site or an area may override, only in the direction that is stricter. */
export const LimitInFile = z.strictObject({
  value: figure.optional().describe('The figure; absent: a site parameter, then `ask` says what to set'),
  byGrade: z
    .record(Grade, figure)
    .optional()
    .describe('Figures by grade of the major hazard source: { 1: 10, 2: 15 }'),
  bySubstance: z
    .record(Cas, figure)
    .refine((given) => Object.keys(given).length <= substanceCountMax, {
      error: `must hold at most ${substanceCountMax} substances`,
    })
    .optional()
    .describe('Figures by CAS number of a substance of the source: { "7783-06-4": 10 }'),
  ask: Bilingual.optional().describe('What has to be set here, and by whom, where there is no figure'),
  unit: z
    .string()
    .min(1)
    .max(24)
    .optional()
    .describe("UCUM code of the figure where it is not the rule's unit: mm/d for a rate, 1 for a number"),
  tighter: z
    .enum(['lower', 'higher'], {
      error: 'must be lower or higher: the direction in which the limit is stricter',
    })
    .describe('The direction in which an override makes the limit stricter'),
  standard: standardFields.standard.optional(),
  clause: standardFields.clause.optional(),
  verified: standardFields.verified.optional(),
  source: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .describe('Where the figure was read, when it was not the official text'),
});
export type LimitInFile = z.infer<typeof LimitInFile>;
