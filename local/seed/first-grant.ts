/** The first grant, written with AWS credentials: nobody holds a role before it. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoGrantStore } from '../../functions/adapters/dynamo/grants-store.ts';
import { NewGrant, newGrant } from '../../functions/domain/access/grant.ts';
import { instant } from '../../functions/domain/time.ts';

/** Makes the subject an engineer, unless a grant says so already. */
export async function grantFirst(
  recordsTable: string,
  whom: { readonly issuer: string; readonly subject: string },
): Promise<void> {
  const { issuer, subject } = whom;
  const declared = NewGrant.parse({ role: 'engineer', issuer, subject });
  const store = dynamoGrantStore(new DynamoDBClient({}), recordsTable);
  const held = await store.of(declared);
  if (held.some((grant) => grant.role === 'engineer' && grant.revokedAt === undefined)) return;
  const granted = newGrant(declared, { nonce: randomUUID(), by: 'npm start', at: instant(Date.now()) });
  if (!granted.ok) throw new Error(`the first grant was refused: ${granted.remedy}`);
  await store.put(granted.grant, 0);
}
