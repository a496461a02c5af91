import {
  type AttributeValue,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { TestTables } from './tables.ts';

export type Item = Record<string, AttributeValue>;

export const S = (text: string) => ({ S: text });
export const N = (number: number | string) => ({ N: String(number) });
/** The key of an item of Records. */
export const key = (pk: string, sk: string) => ({ pk: S(pk), sk: S(sk) });

/** The sort keys of items, in their order. */
export const sorts = (items: readonly Item[] | undefined) => (items ?? []).map((item) => item['sk']?.S);

/** The name of the error with which a request is refused, or `taken`. */
export const nameOf = (sending: Promise<unknown>) =>
  sending.then(
    () => 'taken',
    (error: unknown) => (error instanceof Error ? error.name : 'no error'),
  );

/** Requests to the table Records of a database that is new for each test. */
export function askRecords(open: () => Promise<TestTables>) {
  let tables: TestTables;
  beforeEach(async () => {
    tables = await open();
  });
  afterEach(async () => tables.remove());
  return {
    get client() {
      return tables.client;
    },
    get records() {
      return tables.records;
    },
    get twins() {
      return tables.twins;
    },
    put: (item: Item, more: Partial<PutItemCommandInput> = {}) =>
      tables.client.send(new PutItemCommand({ TableName: tables.records, Item: item, ...more })),
    update: (itemKey: Item, more: Partial<UpdateItemCommandInput>) =>
      tables.client.send(new UpdateItemCommand({ TableName: tables.records, Key: itemKey, ...more })),
    stored: async (itemKey: Item) => {
      const command = new GetItemCommand({ TableName: tables.records, Key: itemKey, ConsistentRead: true });
      return (await tables.client.send(command)).Item;
    },
    query: (input: Partial<QueryCommandInput>) =>
      tables.client.send(new QueryCommand({ TableName: tables.records, ...input })),
    transact: (items: TransactWriteItem[]) =>
      tables.client.send(new TransactWriteItemsCommand({ TransactItems: items })),
  };
}
