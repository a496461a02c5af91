import type { Observer } from '../../functions/usecases/ports/observer.ts';

/** Errors kept; the first ones tell most. */
export const errorsMax = 50;

/** An observer that keeps only what a virtual run asks for, so that a week needs no memory. */
export function tallyObserver(): Observer & { readonly errors: readonly string[] } {
  const errors: string[] = [];
  return {
    errors,
    metric() {},
    info() {},
    warn() {},
    error(message, error) {
      if (errors.length < errorsMax)
        errors.push(`${message}: ${error instanceof Error ? error.message : String(error)}`);
    },
  };
}
