/** The first grant, written with AWS credentials: nobody holds a role before it. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { writeGrant } from '../../cli/grant.ts';
import { dynamoGrantStore } from '../../functions/adapters/dynamo/grants-store.ts';
import { NewGrant } from '../../functions/domain/access/grant.ts';
import { instant } from '../../functions/domain/time.ts';

/** Makes the subject an engineer, as `tocsin grant` does; again changes nothing. */
export async function grantFirst(
  recordsTable: string,
  whom: { readonly issuer: string; readonly subject: string },
): Promise<void> {
  const declared = NewGrant.parse({ role: 'engineer', issuer: whom.issuer, subject: whom.subject });
  const store = dynamoGrantStore(new DynamoDBClient({}), recordsTable);
  const written = await writeGrant(store, declared, { nonce: randomUUID(), now: instant(Date.now()) });
  if (!written.ok) throw new Error(`the first grant was refused: ${written.field} ${written.remedy}`);
}
