import * as z from 'zod';
import { parsed } from '../facts/items.ts';
import type { Law } from '../law.ts';

const Line = z.object({
  id: z.string(),
  topic: z.string(),
  clientId: z.string(),
  principal: z.string(),
  receivedAt: z.number(),
  data: z.string(),
});

/**
 * Every accepted message is in the archive, or waits for it, byte for byte with the broker's fields (design 2.1).
 *
 * What came over the error action of the topic rule has lost its id and its principal; any line with the same topic, client
 * and bytes that stands for no other message will do. Nothing is archived that nobody sent.
 */
export const archiveComplete: Law = {
  name: 'archive-complete',
  check: ({ history, messages }) => {
    const waiting = ['archive', 'archive-dead'].flatMap((queue) => history.left.get(queue) ?? []);
    const lines = [...history.archive, ...waiting].map((text) => ({
      text,
      line: Line.safeParse(parsed(text)).data,
    }));
    const byId = Map.groupBy(lines, ({ line }) => line?.id ?? '');
    const known = new Set(messages.map(({ id }) => id));
    const strangers = new Map<string, number>();
    const findings: { what: string; at?: number }[] = [];
    const contentOf = (one: { topic: string; clientId: string; data: string }): string =>
      `${one.topic}\n${one.clientId}\n${one.data}`;
    for (const [id, own] of byId) {
      if (known.has(id)) continue;
      const [{ line, text } = { line: undefined, text: '' }] = own;
      if (line === undefined)
        findings.push({ what: `the archive has a line that is none: ${text.slice(0, 80)}` });
      else strangers.set(contentOf(line), (strangers.get(contentOf(line)) ?? 0) + 1);
    }
    const contents = new Set<string>();
    for (const { id, topic, clientId, principal, receivedAt, bytes } of messages) {
      const data = Buffer.from(bytes).toString('base64');
      const content = contentOf({ topic, clientId, data });
      contents.add(content);
      const verbatim = JSON.stringify({ id, topic, clientId, principal, receivedAt, data });
      const own = byId.get(id);
      if (own !== undefined) {
        if (own.some(({ text }) => text !== verbatim))
          findings.push({ what: `the archive changed message ${id} of ${clientId}`, at: receivedAt });
        continue;
      }
      const left = strangers.get(content) ?? 0;
      if (left > 0) strangers.set(content, left - 1);
      else findings.push({ what: `message ${id} of ${clientId} is not in the archive`, at: receivedAt });
    }
    for (const content of strangers.keys())
      if (!contents.has(content))
        findings.push({ what: `the archive has a message that nobody sent: ${content.slice(0, 80)}` });
    return findings;
  },
};
