import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Grant, grantHolder } from '../../domain/access/grant.ts';
import type { GrantStore } from '../../usecases/ports/access.ts';
import { text } from './attributes.ts';
import { batchGet } from './batch-get.ts';
import { keyOf, listOfAll, outcomePut, versionIs } from './inventory-items.ts';
import { everything, type Item, page } from './inventory-read.ts';
import { transact } from './transaction.ts';

const partition = (holder: string): string => `GRANT#${holder}`;
/** The id starts with its holder, so the id alone finds the item. */
const keyOfGrant = (grantId: string) => keyOf(partition(grantId.split('-')[0] ?? ''), `G#${grantId}`);
const grantOf = (item: Item): Grant => Grant.parse(JSON.parse(text(item, 'doc')));

/** Who may do what, in the table Records: all grants of a subject are one partition. */
export const dynamoGrantStore = (client: DynamoDBClient, table: string): GrantStore => ({
  of: async (principal) => {
    const items = await everything(client, table, partition(grantHolder(principal)));
    return items
      .map(grantOf)
      .filter(({ issuer, subject }) => issuer === principal.issuer && subject === principal.subject);
  },
  get: async (grantId) =>
    (await batchGet(client, table, [keyOfGrant(grantId)], 'read grants')).map(grantOf)[0],
  list: async (limit, after) => {
    const { sorts, next } = await page(client, table, { partition: listOfAll('grants'), limit, after });
    const found = await batchGet(client, table, sorts.map(keyOfGrant), 'read grants');
    const byId = new Map(found.map(grantOf).map((grant) => [grant.grantId, grant]));
    return { items: sorts.flatMap((id) => byId.get(id) ?? []), next };
  },
  put: (grant, expected, outcome) => {
    const doc = { version: { N: String(grant.version) }, doc: { S: JSON.stringify(grant) } };
    const item = { ...keyOfGrant(grant.grantId), ...doc };
    return transact(
      client,
      [
        { Put: { TableName: table, Item: item, ...versionIs(expected) } },
        { Put: { TableName: table, Item: keyOf(listOfAll('grants'), grant.grantId) } },
        ...(outcome === undefined ? [] : [{ Put: outcomePut(table, outcome) }]),
      ],
      'write grant',
    );
  },
});
