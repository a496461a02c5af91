import { createArchiveBook } from '../facts/archive-book.ts';
import type { Law } from '../law.ts';

/**
 * Every accepted message is in the archive, or waits for it, byte for byte with the broker's fields (design 2.1). Nothing is
 * archived that nobody sent.
 */
export const archiveComplete: Law = {
  name: 'archive-complete',
  check: ({ history }) => {
    const book = createArchiveBook();
    for (const message of history.accepted) book.accept(message);
    const waiting = ['archive', 'archive-dead'].flatMap((queue) => history.left.get(queue) ?? []);
    for (const text of [...history.archive, ...waiting]) book.line(text);
    return book.due(Number.POSITIVE_INFINITY);
  },
};
