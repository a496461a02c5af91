/** What a person must change, in one line; printed without a stack trace. */
export class SimError extends Error {
  override readonly name = 'SimError';
}
