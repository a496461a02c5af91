import * as z from 'zod';
import { parsed } from '../facts/items.ts';
import type { Law } from '../law.ts';

const Copy = z.object({
  reason: z.string(),
  topic: z.string(),
  clientId: z.string(),
  data: z.string(),
  records: z.array(z.object({ recordIndex: z.number() })).optional(),
});

/** Reasons that the order of messages alone decides, or their age; their message may be sound otherwise. */
const ofOrder = new Set(['conflict', 'sequence-reset', 'too-old']);

/**
 * What is malformed is kept, byte for byte with topic, client and reason, every bad record of it named; and nothing is kept
 * that is sound (design 2.1).
 *
 * A conflict needs another message with the same boot and number and other bytes, a reset one with a higher number.
 */
export const quarantineComplete: Law = {
  name: 'quarantine-complete',
  check: ({ history, messages }) => {
    const findings: { what: string; at?: number }[] = [];
    const kept = [...history.quarantine].flatMap(([key, body]) => {
      const copy = Copy.safeParse(parsed(body)).data;
      if (copy === undefined) findings.push({ what: `object ${key} of the quarantine cannot be read` });
      return copy === undefined ? [] : [{ key, ...copy }];
    });
    const contentOf = (topic: string, clientId: string, data: string): string =>
      `${topic}\n${clientId}\n${data}`;
    const byContent = Map.groupBy(kept, ({ topic, clientId, data }) => contentOf(topic, clientId, data));
    const sent = Map.groupBy(messages, ({ topic, clientId, bytes }) =>
      contentOf(topic, clientId, Buffer.from(bytes).toString('base64')),
    );
    for (const [content, own] of sent) {
      const [message] = own;
      const copies = byContent.get(content) ?? [];
      for (const { reason, recordIndex } of message?.refusals ?? []) {
        const copy = copies.find((one) => one.reason === reason);
        const isNamed =
          recordIndex === undefined || copy?.records?.some((one) => one.recordIndex === recordIndex);
        if (copy !== undefined && isNamed === true) continue;
        const which = recordIndex === undefined ? '' : ` record ${recordIndex} of`;
        const what = `${which} message ${message?.id} of ${message?.clientId} is ${reason} and not in quarantine`;
        findings.push({ what: what.trim(), ...(message && { at: message.receivedAt }) });
      }
    }
    for (const { key, reason, topic, clientId, data } of kept) {
      const [message] = sent.get(contentOf(topic, clientId, data)) ?? [];
      if (message === undefined) findings.push({ what: `object ${key} holds a message that nobody sent` });
      else if (!isEarned(reason, message, messages))
        findings.push({
          what: `message ${message.id} of ${clientId} is in quarantine as ${reason}, and is not`,
        });
    }
    return findings;
  },
};

type Messages = Parameters<Law['check']>[0]['messages'];

function isEarned(reason: string, message: Messages[number], messages: Messages): boolean {
  if (message.kind === 'odd') return true;
  if (message.kind === 'canary') return reason === 'canary-unreadable';
  if (message.refusals.some((one) => one.reason === reason)) return true;
  if (!ofOrder.has(reason)) return false;
  const { pack, device, bytes } = message;
  if (reason === 'too-old')
    return pack?.records.some(({ deviceAt }) => deviceAt < message.receivedAt - 86_400_000) === true;
  return messages.some((other) => {
    if (other.device !== device || other.pack?.boot !== pack?.boot || other.pack === undefined) return false;
    const isSame = other.pack.seq === pack?.seq;
    return reason === 'conflict'
      ? isSame && !Buffer.from(other.bytes).equals(bytes)
      : (other.pack.seq ?? -1) >= (pack?.seq ?? 0) && other !== message;
  });
}
