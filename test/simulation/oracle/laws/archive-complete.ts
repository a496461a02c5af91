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
    const texts = new Set([...history.archive, ...waiting]);
    const findings: { what: string; at?: number }[] = [];
    const missing: (Content & { readonly id: string; readonly receivedAt: number })[] = [];
    const contents = new Set<string>();
    for (const { id, topic, clientId, principal, receivedAt, bytes } of messages) {
      const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      contents.add(contentOf({ topic, clientId, data }));
      const verbatim = JSON.stringify({ id, topic, clientId, principal, receivedAt, data });
      if (!texts.delete(verbatim)) missing.push({ id, topic, clientId, data, receivedAt });
    }
    // What is left is no message as it was accepted: damaged, of another way, or of nobody.
    const ids = new Map(messages.map(({ id }) => [id, id]));
    const strangers = new Map<string, number>();
    for (const text of texts) {
      const line = Line.safeParse(parsed(text)).data;
      if (line === undefined) findings.push({ what: `a line of the archive is none: ${text.slice(0, 80)}` });
      else if (ids.has(line.id)) findings.push({ what: `the archive changed message ${line.id}` });
      else if (!contents.has(contentOf(line)))
        findings.push({ what: `the archive has a message that nobody sent: ${text.slice(0, 80)}` });
      else strangers.set(contentOf(line), (strangers.get(contentOf(line)) ?? 0) + 1);
    }
    for (const message of missing) {
      const left = strangers.get(contentOf(message)) ?? 0;
      strangers.set(contentOf(message), left - 1);
      if (left > 0) continue;
      const what = `message ${message.id} of ${message.clientId} is not in the archive`;
      findings.push({ what, at: message.receivedAt });
    }
    return findings;
  },
};

interface Content {
  readonly topic: string;
  readonly clientId: string;
  readonly data: string;
}

const contentOf = ({ topic, clientId, data }: Content): string => `${topic}\n${clientId}\n${data}`;
