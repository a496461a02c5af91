import { types } from 'node:util';
import { AdapterError } from './adapter-error.ts';

/**
 * What AWS calls a request that can never succeed as it is. Everything else may succeed later: time heals
 * throttling and outages, and a person heals a missing grant, a disabled key or a deleted resource.
 */
const hopeless: ReadonlySet<string> = new Set([
  'ValidationException',
  'ValidationError',
  'SerializationException',
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'ParameterValueInvalid',
  'InvalidArgumentException',
  'InvalidRequestException',
  'InvalidMessageContents',
  'InvalidBatchEntryId',
  'BatchRequestTooLong',
  'AWS.SimpleQueueService.BatchRequestTooLong',
  'ItemCollectionSizeLimitExceededException',
  'IdempotentParameterMismatchException',
  'EntityTooLarge',
  'KeyTooLongError',
  'RequestEntityTooLargeException',
]);

/** The name AWS gives to a failure, as in `ProvisionedThroughputExceededException`; `unknown` for what has none. */
export function codeOf(error: unknown): string {
  if (!types.isNativeError(error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && error.name === 'Error') return error.code;
  return error.name;
}

/** True when the error has this AWS name. @example isAwsError(error, 'ConditionalCheckFailedException') */
export const isAwsError = (error: unknown, ...names: readonly string[]): boolean =>
  names.includes(codeOf(error));

/**
 * The infrastructure failure that `error` is, with what was being done and AWS's name for it.
 *
 * The message carries no payload. Conditional failures are outcomes, not errors: look for them first.
 * An `AdapterError` comes back unchanged.
 *
 * @example throw toAdapterError('write twin', error)
 */
export function toAdapterError(what: string, error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  const code = codeOf(error);
  return new AdapterError(`${what}: ${code}`, { cause: error, retryable: !hopeless.has(code) });
}
