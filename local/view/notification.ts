/** A notification as the regulator's queue received it. */
import * as z from 'zod';
import { Severity } from '../../functions/domain/severity.ts';

const Words = z.object({ zh: z.string(), en: z.string() });

/** What a reader of the queue uses of the CloudEvents envelope. */
const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  data: z.object({
    alertId: z.string(),
    version: z.int(),
    change: z.string(),
    reason: z.string(),
    severity: Severity,
    condition: z.string(),
    handling: z.string(),
    matter: z.object({ ruleId: z.string(), kind: z.string(), title: Words, unit: z.string() }),
    subject: z.object({ kind: z.string(), id: z.string() }),
    scope: z.object({ area: z.string(), enterpriseId: z.string() }),
    value: z.union([z.number(), z.boolean(), z.string()]).optional(),
    at: z.iso.datetime(),
    phenomenonAt: z.iso.datetime(),
    committedAt: z.iso.datetime(),
    text: Words,
  }),
});

export interface ReceivedNotification {
  /** `<alertId>/<version>`: equal for a repeat of the same notification. */
  readonly id: string;
  readonly data: z.infer<typeof Envelope>['data'];
  /** Instant in milliseconds at which it came out of the queue. */
  readonly receivedAt: number;
}

/** The notification in a message body; undefined for what is none. */
export function notificationIn(body: string, receivedAt: number): ReceivedNotification | undefined {
  try {
    const read = Envelope.safeParse(JSON.parse(body));
    return read.success ? { id: read.data.id, data: read.data.data, receivedAt } : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds from the decision's cause (reading or deadline) at the broker to the regulator. */
export function tookMs({ data, receivedAt }: ReceivedNotification): number {
  return receivedAt - Date.parse(data.at);
}
