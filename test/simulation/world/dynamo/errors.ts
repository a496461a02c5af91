/** Failures of DynamoDB as the SDK throws them. */
import {
  type CancellationReason,
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';

export const $metadata = { httpStatusCode: 400 };

/** What AWS says to a request that is wrong in itself; the SDK has no class for it. */
export const validation = (message: string): DynamoDBServiceException =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', $metadata, message });

/** A request that AWS may take and the simulation does not know: the simulation must learn it, not the product. */
export const unknownHere = (what: string): Error => new Error(`the simulated DynamoDB does not know ${what}`);

/** Refuses parameters that would be passed over in silence. */
export function refuse(what: string, ...unheeded: readonly unknown[]): void {
  for (const value of unheeded)
    if (value !== undefined) throw unknownHere(`a parameter of ${what}: ${JSON.stringify(value)}`);
}

export const noSuchTable = (): ResourceNotFoundException =>
  new ResourceNotFoundException({ message: 'Requested resource not found', $metadata });

export const conditionFailedMessage = 'The conditional request failed';

/** `item`: what is stored, where the request asked for it. */
export const conditionFailed = (item: Item | undefined): ConditionalCheckFailedException =>
  new ConditionalCheckFailedException({
    message: conditionFailedMessage,
    $metadata,
    ...(item === undefined ? {} : { Item: { ...item } }),
  });

export const transactionCanceled = (reasons: CancellationReason[]): TransactionCanceledException => {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    $metadata,
    CancellationReasons: reasons,
  });
};
