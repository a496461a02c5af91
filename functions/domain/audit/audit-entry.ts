/** What this room knows: what people did to the system itself, beside what they did to alerts and the inventory. */
import * as z from 'zod';
import { Instant } from '../time.ts';

/** Longest name of who did it, in characters: the ARN of a role with a long session name. */
export const auditByMax = 400;
/** Longest name of what it was done to, in characters: a key of S3 is the longest. */
export const auditTargetMax = 1_024;
/** Longest reason, in characters. */
export const auditReasonMax = 500;

/** One deed of a person with a tool: written once, never changed, never forgotten. */
export const AuditEntry = z.strictObject({
  at: Instant,
  /** The caller's ARN, or the name given with `--by`. */
  by: z.string().min(1).max(auditByMax),
  /** What was done, as the words of the command: `quarantine redrive`. */
  action: z.string().min(1).max(64),
  target: z.string().min(1).max(auditTargetMax),
  /** Why. */
  reason: z.string().min(1).max(auditReasonMax),
  /** Ids, hashes and counts; no payload. */
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
