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
  const flush = (): void => {
    if (waiting.length > 0) sha.update(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  return {
    note(at, who, what) {
      count += 1;
      waiting.push(`${at} ${who} ${what}`);
      if (waiting.length >= chunk) flush();
      listen?.(at, who, what);
    },
    get count() {
      return count;
    },
    hash() {
      flush();
      return sha.copy().digest('hex');
    },
  };
}
