/**
 * True for an infrastructure failure that time or a person heals: the same call may succeed later.
 *
 * False for what fails again however often it is tried: unreadable input, a broken invariant, a request that the
 * service can never accept.
 */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'retryable' in error && error.retryable === true;
