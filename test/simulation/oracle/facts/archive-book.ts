import * as z from 'zod';
import type { Accepted } from '../../history.ts';
import type { Finding } from '../law.ts';
import { parsed } from './items.ts';

const Line = z.object({
  id: z.string(),
  topic: z.string(),
  clientId: z.string(),
  principal: z.string(),
  receivedAt: z.number(),
  data: z.string(),
});
type Line = z.infer<typeof Line>;

/** What was accepted on one side, what the archive has on the other. */
export interface ArchiveBook {
  /** A message, before any line of it. */
  accept(message: Accepted): void;
  line(text: string): void;
  /** What must be in the archive of all that was accepted before `at`, and what must not. */
  due(at: number): Finding[];
  /** Forgets what was accepted before `at`: nothing more is expected of it, and a repeat of its line would be a stranger's. */
  forget(at: number): void;
}

interface Entry {
  readonly line: Line;
  isArchived: boolean;
  isDue: boolean;
}

/**
 * A book in which every accepted message is looked for once, byte for byte with the broker's fields (design 2.1).
 *
 * What came over the error action of the topic rule has lost its id and its principal; any line with the same topic, client
 * and bytes that stands for no other message will do.
 */
export function createArchiveBook(): ArchiveBook {
  const entries = new Map<string, Entry>();
  const contents = new Map<string, number>();
  /** Lines of no id that was accepted, by what they hold; each once. */
  const strangers = new Map<string, Set<string>>();
  const findings: Finding[] = [];

  return {
    accept({ id, topic, clientId, principal, receivedAt, bytes }) {
      const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
      const line = { id, topic, clientId, principal, receivedAt, data };
      entries.set(id, { line, isArchived: false, isDue: false });
      contents.set(contentOf(line), receivedAt);
    },
    line(text) {
      const line = Line.safeParse(parsed(text)).data;
      if (line === undefined) {
        findings.push({ what: `a line of the archive is none: ${text.slice(0, 80)}` });
        return;
      }
      const entry = entries.get(line.id);
      if (entry === undefined) {
        const content = contentOf(line);
        const known = strangers.get(content);
        if (known === undefined) strangers.set(content, new Set([text]));
        else known.add(text);
      } else if (text === JSON.stringify(entry.line)) entry.isArchived = true;
      else findings.push({ what: `the archive changed message ${line.id}` });
    },
    due(at) {
      for (const [content, texts] of strangers) {
        if (contents.has(content)) continue;
        strangers.delete(content);
        for (const text of texts)
          findings.push({ what: `the archive has a message that nobody sent: ${text.slice(0, 80)}` });
      }
      for (const entry of entries.values()) {
        const { line } = entry;
        if (entry.isArchived || entry.isDue || line.receivedAt >= at) continue;
        entry.isDue = true;
        const [substitute] = strangers.get(contentOf(line)) ?? [];
        if (substitute !== undefined) strangers.get(contentOf(line))?.delete(substitute);
        else
          findings.push({
            what: `message ${line.id} of ${line.clientId} is not in the archive`,
            at: line.receivedAt,
          });
      }
      return findings.splice(0);
    },
    forget(at) {
      for (const [id, { line }] of entries) if (line.receivedAt < at) entries.delete(id);
      for (const [content, receivedAt] of contents) {
        if (receivedAt >= at) continue;
        contents.delete(content);
        strangers.delete(content);
      }
    },
  };
}

const contentOf = ({ topic, clientId, data }: Pick<Line, 'topic' | 'clientId' | 'data'>): string =>
  `${topic}\n${clientId}\n${data}`;
