import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { codeOf, isAwsError, toAdapterError } from '../../functions/adapters/aws-errors.ts';

const named = (name: string, message = 'secret payload') => Object.assign(new Error(message), { name });

describe('errors of AWS', () => {
  test.each([
    ['ProvisionedThroughputExceededException'],
    ['ThrottlingException'],
    ['ServiceUnavailable'],
    ['TimeoutError'],
    ['TransactionInProgressException'],
    ['AccessDeniedException'],
    ['KMSDisabledException'],
    ['ResourceNotFoundException'],
    ['ExpiredTokenException'],
  ])('%s may pass: by time or because a person heals it', (name) => {
    expect(toAdapterError('do', named(name)).retryable).toBe(true);
  });

  test.each([['ValidationException'], ['InvalidParameter'], ['BatchRequestTooLong']])(
    '%s never passes as it is',
    (name) => {
      expect(toAdapterError('do', named(name)).retryable).toBe(false);
    },
  );

  test('say what was done and AWS’s name, never the message', () => {
    const error = toAdapterError('write twin', named('ThrottlingException'));
    expect(error.message).toBe('write twin: ThrottlingException');
    expect(error.cause).toMatchObject({ name: 'ThrottlingException' });
  });

  test('a failure of the network is named by its code', () => {
    expect(codeOf(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
  });

  test('what is no error at all is unknown and may pass', () => {
    expect(toAdapterError('do', 'boom')).toMatchObject({ message: 'do: unknown', retryable: true });
  });

  test('an error of an adapter stays what it is', () => {
    const error = new AdapterError('x', { cause: undefined, retryable: false });
    expect(toAdapterError('do', error)).toBe(error);
  });

  test('are told apart by name', () => {
    expect(isAwsError(named('A'), 'B', 'A')).toBe(true);
    expect(isAwsError(named('A'), 'B')).toBe(false);
  });
});
