/** What a repair of a twin or of a guard rests on: how alerts stand that lie in the other table. */
import type { ConditionCheck } from '@aws-sdk/client-dynamodb';
import { alertKey } from '../../functions/adapters/dynamo/keys.ts';
import type { AlertId } from '../../functions/domain/ids.ts';
import type { AlertDraft } from './alert-draft.ts';

export interface Rests {
  /** As they are once their own step is written. */
  readonly alerts: Set<AlertDraft>;
  /** Of which nothing was left; one that this plan makes again is among `alerts` too. */
  readonly gone: Set<AlertId>;
}

export const newRests = (): Rests => ({ alerts: new Set(), gone: new Set() });

/** Notes that a step rests on the alert of this name, or on that there is none. */
export function restOn({ alerts, gone }: Rests, alertId: AlertId, draft: AlertDraft | undefined): void {
  if (draft === undefined) gone.add(alertId);
  else alerts.add(draft);
}

/**
 * The conditions under which the step still holds, one for each alert.
 *
 * Both tables are read one after the other: beside a system that lives, an alert that was raised in between looks lost.
 */
export function checksOf(
  { alerts, gone }: Rests,
  records: string,
): { readonly ConditionCheck: ConditionCheck }[] {
  const keyOf = (alertId: AlertId) => ({ pk: { S: alertKey(alertId) }, sk: { S: 'ALERT' } });
  const standing = [...alerts].map(({ after: { alertId, version } }) => ({
    ConditionCheck: {
      TableName: records,
      Key: keyOf(alertId),
      ConditionExpression: '#version = :read',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':read': { N: String(version) } },
    },
  }));
  const made = new Set([...alerts].map(({ after: { alertId } }) => alertId));
  const missing = [...gone]
    .filter((alertId) => !made.has(alertId))
    .map((alertId) => ({
      ConditionCheck: {
        TableName: records,
        Key: keyOf(alertId),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    }));
  return [...standing, ...missing];
}
