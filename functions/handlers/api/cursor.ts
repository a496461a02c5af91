import * as z from 'zod';
import { sha256 } from '../../domain/ids.ts';

/** Characters of a cursor. */
export const cursorMax = 1_024;

const Cursor = z.strictObject({ after: z.string().min(1).max(512), bound: z.string() });

/** What a cursor is bound to: who walks which list with which filter. */
export interface Walk {
  readonly identity: string;
  readonly path: string;
  readonly filter: unknown;
}

const boundTo = ({ identity, path, filter }: Walk, after: string): string =>
  sha256(identity, path, JSON.stringify(filter), after).slice(0, 32);

/**
 * The cursor that continues this walk behind `after`.
 *
 * Bound by a hash, not by a secret: it keeps cursors from being mixed up, it gives no right. Each page is
 * authorized anew, and a forged position lies in a list that the caller may walk anyway.
 */
export const cursorOf = (walk: Walk, after: string): string =>
  Buffer.from(JSON.stringify({ after, bound: boundTo(walk, after) })).toString('base64url');

/** Where the walk goes on; undefined when the cursor is not of this walk. */
export function positionOf(walk: Walk, cursor: string): string | undefined {
  if (cursor.length > cursorMax || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = Cursor.safeParse(json);
  if (!parsed.success || parsed.data.bound !== boundTo(walk, parsed.data.after)) return undefined;
  return parsed.data.after;
}
