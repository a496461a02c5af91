/** What this room knows: what a rule means. This file: how the end of a rule is written (semantics 23). */
import * as z from 'zod';
import { RuleId } from '../../ids.ts';
import { CalendarDate } from './schedule.ts';

/** What is left of a rule: its file with nothing but its id and this. */
export const TombstoneFile = z
  .strictObject({
    id: RuleId.describe('The id of the rule that ends'),
    retired: z
      .strictObject({
        by: z.string().min(1).max(80).describe('Who decided it'),
        reason: z.string().min(1).max(300).describe('Why, for whoever asks in two years'),
        date: CalendarDate.describe('When it was decided, "2026-11-28"'),
      })
      .describe('The only way in which a rule ends: what it has open is set recovered'),
  })
  .meta({ title: 'Tocsin retired rule', description: 'The end of a rule; see docs/rules.md' });
