/** What this room knows: what a rule means. This file: how a rule over other rules' alerts is written (semantics 20, 21). */
import * as z from 'zod';
import { RuleId } from '../../ids.ts';
import { Bilingual, Severity, Trade } from '../../severity.ts';
import { correlationCountMax } from '../correlation-rule.ts';
import { ResponseInFile } from './severity.ts';
import { Duration, StandardInFile, TimeSpan } from './words.ts';

/** Most names after `of`. */
const ofCountMax = 50;

const MemberName = z
  .string()
  .max(96)
  .regex(/^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*(\.\*)?$/, {
    error: 'must be the id of a rule, or its beginning and a star, such as coal-mine.methane.*',
  });

const of = z.array(MemberName).min(1).max(ofCountMax).describe('Ids of rules, or beginnings such as gas.*');
const severity = Severity.optional().describe('Only alerts at least as grave. Default: every one');
const Members = z.strictObject({ of, severity });

const Per = z
  .string()
  .regex(/^(?:device|source|site|group:[A-Za-z0-9][A-Za-z0-9._-]{0,31})$/, {
    error: 'must be device, source, site, or group: and the beginning of a tag, such as group:face-',
  })
  .describe(
    'What the members have in common: device, source, site, or sensors with the same tag, group:face-',
  );

const CorrelateInFile = z.strictObject({
  within: TimeSpan.describe('How far apart they may lie'),
  per: Per,
  count: z
    .strictObject({ of, least: z.int().min(2).max(correlationCountMax), severity })
    .optional()
    .describe('So many different subjects stand at the same time'),
  sequence: z
    // biome-ignore lint/suspicious/noThenProperty: a word of the rule language; nobody awaits one.
    .strictObject({ first: Members, then: Members })
    .optional()
    .describe('One, and then the other'),
  absence: z
    .strictObject({ first: Members, without: Members })
    .optional()
    .describe('One, and none of the others'),
});

/** One rule over the alerts of other rules. */
export const CorrelationFile = z
  .strictObject({
    id: RuleId.describe('Dotted lower-case name; begins with the trade and never changes'),
    title: Bilingual,
    kind: z.enum(['risk', 'data-quality']).default('risk'),
    trade: Trade,
    standard: StandardInFile.describe('What asks for this rule'),
    correlate: CorrelateInFile.describe('Which alerts together are the matter'),
    severity: Severity,
    clearFor: Duration.optional().describe('How long the pattern must be gone. Default 0s'),
    role: z
      .enum(['alert', 'inhibit', 'root-cause'])
      .default('alert')
      .describe('What it does to its members: nothing, mute those no graver, stand for them'),
    response: ResponseInFile.optional().describe('ISA-18.2; required from blue to red'),
    advice: Bilingual.describe('What to do; may hold {value}, {unit}, {limit}, {sensor}, {source}'),
  })
  .meta({ title: 'Tocsin correlation rule', description: 'A rule over alerts; see docs/rules.md' });
export type CorrelationFile = z.infer<typeof CorrelationFile>;
