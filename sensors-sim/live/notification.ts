import * as z from 'zod';
import { Severity } from '../../functions/domain/severity.ts';
import type { ObservedChange } from '../scenario/observed.ts';

const instantMs = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** What a run reads of a notification's CloudEvents envelope. */
const Envelope = z.object({
  data: z.object({
    alertId: z.string(),
    version: z.int(),
    change: z.string(),
    severity: Severity,
    matter: z.object({ ruleId: z.string() }),
    subject: z.object({ id: z.string() }),
    at: instantMs,
    phenomenonAt: instantMs,
    value: z.union([z.number(), z.boolean(), z.string()]).optional(),
  }),
});

/** The change that a notification's body tells of; undefined for a body that is none. */
export function changeOfNotification(body: string, seenAt?: number): ObservedChange | undefined {
  const parsed = Envelope.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { matter, subject, ...rest } = parsed.data.data;
  return {
    ...rest,
    ruleId: matter.ruleId,
    subject: subject.id,
    ...(seenAt === undefined ? {} : { tookMs: seenAt - rest.at }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
