import { createHash } from 'node:crypto';

/** Everything that happened, as one hash, and as lines for a reader who asked for them. */
export interface Trace {
  note(at: number, who: string, what: string): void;
  readonly count: number;
  /** SHA-256 of all notes, in hexadecimal. */
  hash(): string;
}

/** Notes that are hashed at a time. */
const chunk = 2_000;

/** A trace that tells each note to `listen`, if there is anybody. */
export function createTrace(listen?: (at: number, who: string, what: string) => void): Trace {
  const sha = createHash('sha256');
  let waiting: string[] = [];
  let count = 0;
  let last = { at: 0, who: '', what: '', times: 0 };
  const flush = (): void => {
    if (waiting.length > 0) sha.update(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  return {
    note(at, who, what) {
      count += 1;
      listen?.(at, who, what);
      // All partitions of an index are asked at once: the same note so many times is one line.
      if (last.at === at && last.what === what && last.who === who) {
        last.times += 1;
        return;
      }
      if (last.times > 0) waiting.push(`${last.at} ${last.who} ${last.what} ${last.times}`);
      last = { at, who, what, times: 1 };
      if (waiting.length >= chunk) flush();
    },
    get count() {
      return count;
    },
    hash() {
      flush();
      return sha.copy().update(`${last.at} ${last.who} ${last.what} ${last.times}`).digest('hex');
    },
  };
}
