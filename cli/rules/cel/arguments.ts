/** Arguments of our functions that must stand there as literals: durations, zones, counts. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { durationMaxMs, durationOf } from '../../../functions/domain/rules/schema/words.ts';
import { type DurationMs, duration } from '../../../functions/domain/time.ts';
import { durationText } from '../duration-text.ts';
import { zoneFinding } from '../time-zones.ts';
import { refuse, type Scope } from './scope.ts';

/** Shortest window. Milliseconds. */
export const windowMinMs = 1_000;
/** Longest window. 24 h in milliseconds. */
export const windowMaxMs = 24 * 3_600_000;
/** Most readings that a window may demand. */
export const countMinMax = 100_000;

const example = 'write a duration in quotes, such as "30s", "10m" or "1h30m"';

/** The text literal at `node`. */
export function textArgument(scope: Scope, node: ASTNode | undefined, what: string): string | undefined {
  if (node?.op === 'value' && typeof node.args === 'string') return node.args;
  if (node) refuse(scope, node, `${what} must be a text literal`, 'write it out in quotes');
  return undefined;
}

function timeArgument(scope: Scope, node: ASTNode, minMs: number, maxMs: number): DurationMs | undefined {
  if (node.op !== 'value' || typeof node.args !== 'string') {
    refuse(scope, node, 'a duration must be a text literal', example);
    return undefined;
  }
  const ms = durationOf(node.args);
  if (ms === undefined) {
    refuse(scope, node, `"${node.args}" is no duration`, example);
    return undefined;
  }
  if (ms < minMs || ms > maxMs) {
    refuse(
      scope,
      node,
      `"${node.args}" is out of range`,
      `${durationText(minMs)} to ${durationText(maxMs)} are allowed`,
    );
    return undefined;
  }
  return duration(ms);
}

/** The length of a window: 1 s to 24 h. */
export const windowLength = (scope: Scope, node: ASTNode): DurationMs | undefined =>
  timeArgument(scope, node, windowMinMs, windowMaxMs);

/** Any time from 1 s to the longest duration of a rule. */
export const timeSpan = (scope: Scope, node: ASTNode): DurationMs | undefined =>
  timeArgument(scope, node, windowMinMs, durationMaxMs);

/** An IANA zone that this machine knows. */
export function zoneArgument(scope: Scope, node: ASTNode): string | undefined {
  const zone = textArgument(scope, node, 'a time zone');
  const finding = zone === undefined ? undefined : zoneFinding(zone);
  if (finding === undefined) return zone;
  refuse(scope, node, finding.message, finding.remedy);
  return undefined;
}

/** A whole number from `min` to `max` that is written out. */
export function wholeArgument(
  scope: Scope,
  node: ASTNode,
  what: string,
  [min, max]: readonly [number, number],
): number | undefined {
  const number = node.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : undefined;
  if (number !== undefined && number >= min && number <= max) return number;
  refuse(scope, node, `${what} must be a whole number`, `write ${min} to ${max}`);
  return undefined;
}
