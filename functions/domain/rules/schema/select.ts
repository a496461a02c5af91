/** What this room knows: what a rule means. This file: how a rule says which sensors it is about. */
import * as z from 'zod';
import { Severity, Trade } from '../../severity.ts';
import { Duration, words } from './words.ts';

/** Most other sensors that one rule names. */
export const roleCountMax = 8;
/** Most quantities of one rule. */
const quantityCountMax = 64;

const QuantityName = z
  .string()
  .min(1)
  .max(48)
  .describe('What the sensor measures; a name from the table of quantities');

export const SelectInFile = z.strictObject({
  quantity: z
    .union([QuantityName, z.array(QuantityName).min(1).max(quantityCountMax)], {
      error: 'must be a quantity, or a list of them',
    })
    .optional()
    .describe(
      'What the sensor measures, or a list; absent, for data-quality only: whatever is measured as a number',
    ),
  trade: z.array(Trade).min(1).max(Trade.options.length).optional().describe('Trades of the source'),
  position: words(20).optional().describe('Position classes of the sensor, such as T0, T1'),
  sourceKind: words(20).optional().describe('Kinds of hazard source, such as gas-compartment'),
  area: z
    .array(z.string().regex(/^\d{2,12}$/, { error: 'must be an area code in quotes, such as "2201"' }))
    .min(1)
    .max(50)
    .optional()
    .describe('Area codes; each stands for all below it'),
  grade: z.array(z.int().min(1).max(4)).min(1).max(4).optional().describe('Grades of a major hazard source'),
  tag: words(10).optional().describe('Tags of the sensor or its source; one of them is enough'),
});

/** Exactly one other sensor of the same device, for `sensor("name")` in a condition (semantics 19). */
export const RoleInFile = z.strictObject({
  quantity: QuantityName,
  position: words(20).optional().describe('Position classes; one of them is enough'),
  tag: words(10).optional().describe('Tags; one of them is enough'),
});

const effect = z.enum(['raise', 'stale', 'hold', 'ignore', 'unknown'], {
  error: 'must be raise, stale, hold, ignore or unknown',
});

export const QualityInFile = z.strictObject({
  calibrating: effect.optional().describe('Default hold'),
  maintenance: effect.optional().describe('Default hold'),
  fault: effect.optional().describe('Default stale'),
  'over-range': effect.optional().describe('Default raise'),
  unknown: effect.optional().describe('A state that is unknown to us. Default: nothing is known'),
});

export const SilentInFile = z.union(
  [
    z.literal('off'),
    z.strictObject({
      after: Duration.optional().describe('Default: three reporting periods of the sensor'),
      severity: Severity,
    }),
  ],
  { error: 'must be `off`, or a severity and perhaps `after`, such as { after: 30s, severity: orange }' },
);
