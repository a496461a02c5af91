import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** An error of a service by its AWS name. */
export function serviceError(name: string): Error {
  if (name === 'TransactionConflict')
    return new TransactionCanceledException({
      message: 'Transaction cancelled',
      $metadata: {},
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
  return Object.assign(new Error(`simulated ${name}`), { name });
}
