/** Literals of a condition: all numbers are doubles, so integer literals are widened. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Value } from '../../../functions/domain/telemetry/reading.ts';

/** Largest integer that a double holds exactly. */
const integerMax = BigInt(Number.MAX_SAFE_INTEGER);

/** Longest text literal. Characters. */
export const textLengthMax = 64;

export type Literal =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

const no = (message: string, remedy: string): Literal => ({ ok: false, message, remedy });

/** The value of a literal node, or why it cannot be one of ours. */
export function literalOf(raw: Extract<ASTNode, { op: 'value' }>['args']): Literal {
  if (typeof raw === 'boolean') return { ok: true, value: raw };
  if (typeof raw === 'string') {
    if (raw.length > textLengthMax)
      return no(`text of ${raw.length} characters`, `at most ${textLengthMax} are allowed`);
    return { ok: true, value: raw };
  }
  if (typeof raw === 'bigint') {
    if (raw > integerMax || raw < -integerMax)
      return no('an integer that no double holds exactly', 'use a smaller one');
    return { ok: true, value: Number(raw) };
  }
  if (typeof raw === 'number') {
    if (!Number.isFinite(raw)) return no('a number that is not finite', 'use a finite number');
    return { ok: true, value: raw };
  }
  if (raw === null)
    return no(
      'null is not a value of a condition',
      'a missing value is unknown by itself; compare with a number, true, false or a text',
    );
  return no('unsigned integers and bytes are not allowed', 'write a plain number, such as 1 or 1.5');
}
