/** What this room knows: what a rule means. This file: the shape of a tombstone, the only way in which a rule ends (semantics 23). */
import * as z from 'zod';
import { RuleId } from '../ids.ts';

/** A file that stands where the rule's file stood. Strict: what is left of the rule is refused. */
export const TombstoneFile = z.strictObject({
  id: RuleId.describe('The id of the rule that ended'),
  retired: z
    .strictObject({
      by: z.string().min(1).max(80).describe('Who decided it'),
      reason: z.string().min(1).max(500).describe('Why, and what watches instead'),
      date: z.iso
        .date({ error: 'must be a calendar date such as 2026-11-28' })
        .describe('The day of the decision, such as 2026-11-28'),
    })
    .describe('Who ended the rule, why, and when'),
});
export type TombstoneFile = z.infer<typeof TombstoneFile>;
