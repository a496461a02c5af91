import { types } from 'node:util';
import { AdapterError } from '../adapter-error.ts';

/** Causes followed from one error. */
const depthMax = 5;

/** Frames of the stack that are kept: where it broke, not its whole way. */
const frameCountMax = 6;

export interface ErrorFacts {
  readonly name: string;
  readonly message: string | undefined;
  readonly causes: readonly string[];
  readonly frames: readonly string[];
}

/**
 * What a log may say about an error: names, our own messages and places in the code.
 *
 * A foreign message is left out, because it may quote what a device or a person sent (`JSON.parse` does).
 */
export function errorFacts(error: unknown): ErrorFacts {
  if (!types.isNativeError(error)) return { name: typeof error, message: undefined, causes: [], frames: [] };
  const causes: string[] = [];
  for (const cause of causesOf(error).slice(0, depthMax)) causes.push(cause.name);
  return {
    name: error.name,
    message: isOurs(error) ? error.message : undefined,
    causes,
    frames: framesOf(error),
  };
}

const isOurs = (error: Error): boolean =>
  error instanceof AdapterError || ('code' in error && error.code === 'ERR_ASSERTION');

/** The stack repeats the message in front of its frames, and a message may have lines of its own. */
function framesOf({ stack = '', message }: Error): string[] {
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, frameCountMax)
    .map((line) => line.trim());
}

/** The chain of causes; of several failures in one, the first of each. */
function causesOf(error: Error): Error[] {
  const chain: Error[] = [];
  const wait: unknown[] = error instanceof AggregateError ? [...error.errors] : [error.cause];
  for (let next = wait.shift(); next !== undefined && chain.length < depthMax; next = wait.shift()) {
    if (!types.isNativeError(next)) continue;
    chain.push(next);
    if (next.cause !== undefined) wait.push(next.cause);
  }
  return chain;
}
