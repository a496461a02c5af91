/**
 * An infrastructure failure: the only error that leaves a message's id in a batch response.
 *
 * Carries no payload, so it may be logged. `retryable` is true where the same call may succeed later.
 */
export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly retryable: boolean;

  constructor(message: string, options: { readonly cause: unknown; readonly retryable: boolean }) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
  }
}
