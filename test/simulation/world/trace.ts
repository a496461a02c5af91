import { createHash } from 'node:crypto';

/** Everything that happened, as one hash, and as lines for a reader who asked for them. */
export interface Trace {
  note(at: number, who: string, what: string): void;
  /** The call of a service and what became of it. Most notes are such: none of their texts is made before it is needed. */
  called(at: number, who: string, service: string, operation: string, became: string): void;
  readonly count: number;
  /** SHA-256 of all notes, in hexadecimal; empty if nobody asked for it. */
  hash(): string;
}

/** Notes that are hashed at a time. */
const chunk = 2_000;

/** A trace that tells each note to `listen`, if there is anybody. Who tries worlds by the thousand compares no hashes. */
export function createTrace(
  listen?: (at: number, who: string, what: string) => void,
  isHashed = true,
): Trace {
  const sha = createHash('sha256');
  let waiting: string[] = [];
  let count = 0;
  let last = { at: 0, who: '', service: '', operation: '', what: '', times: 0 };
  const lastLine = (): string =>
    `${last.at} ${last.who} ${last.service}.${last.operation} ${last.what} ${last.times}`;
  const flush = (): void => {
    if (waiting.length > 0) sha.update(`${waiting.join('\n')}\n`);
    waiting = [];
  };
  const take = (at: number, who: string, service: string, operation: string, what: string): void => {
    count += 1;
    if (!isHashed) return;
    // All partitions of an index are asked at once: the same note so many times is one line.
    if (last.at === at && last.what === what && last.operation === operation && last.who === who) {
      last.times += 1;
      return;
    }
    if (last.times > 0) waiting.push(lastLine());
    last = { at, who, service, operation, what, times: 1 };
    if (waiting.length >= chunk) flush();
  };
  return {
    note(at, who, what) {
      take(at, who, '', '', what);
      listen?.(at, who, what);
    },
    called(at, who, service, operation, became) {
      take(at, who, service, operation, became);
      listen?.(at, who, `${service}.${operation} ${became}`);
    },
    get count() {
      return count;
    },
    hash() {
      if (!isHashed) return '';
      flush();
      return sha.copy().update(lastLine()).digest('hex');
    },
  };
}
