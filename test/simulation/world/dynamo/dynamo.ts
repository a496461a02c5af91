/** DynamoDB in memory, at the level of the SDK's commands: what takes effect does so at once. */
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { type CommittedChange, createCommit } from './commit.ts';
import { unknownHere } from './errors.ts';
import { query } from './query.ts';
import { batchGetItem, getItem } from './reads.ts';
import { scan } from './scan.ts';
import type { TableShape } from './shapes.ts';
import { createTables } from './tables.ts';
import { transactWriteItems } from './transaction.ts';
import { storableItem } from './validate.ts';
import { deleteItem, putItem, updateItem } from './writes.ts';

export interface DynamoParts {
  /** Virtual milliseconds; never goes back. */
  readonly now: () => number;
  /**
   * How far behind eventually consistent reads and indexes are at this moment, in ms (0: up to date), at most
   * `staleMaxMs`. Asked at each such read; a batch asks for each of its keys.
   */
  readonly staleBy: (what: 'read' | 'index') => number;
  /** Whether a batch read leaves a part of its keys unprocessed. @default it never does */
  readonly isPartial?: () => boolean;
  /**
   * Called for each committed change of any table, in commit order, after all of its request are true; changes of one
   * transaction share `write`. Writes that leave an item as it was are no change.
   */
  readonly changed: (change: CommittedChange) => void;
}

export interface SimDynamo {
  /**
   * The effect and answer of one SDK command (a `GetItemCommand`, ... object of @aws-sdk/client-dynamodb), at once and
   * synchronously.
   *
   * @throws the SDK's own exception classes; a plain Error for what AWS may know and the simulation does not
   */
  readonly execute: (command: { readonly input: object }) => object;
  /** Removes items whose time to live is past `now - lag`. */
  readonly expire: (lagMs: number) => void;
  /** All items of a table in no particular order. */
  readonly items: (table: string) => Item[];
  /** Puts items without telling `changed`, for the start of a world. */
  readonly load: (table: string, items: readonly Item[]) => void;
}

export function createDynamo(parts: DynamoParts, shapes: readonly TableShape[]): SimDynamo {
  const tables = createTables(shapes, parts.now, parts.staleBy);
  const commit = createCommit(parts.now, parts.changed);

  return {
    execute: (command) => {
      if (command instanceof QueryCommand) return query(tables, command.input);
      if (command instanceof BatchGetItemCommand)
        return batchGetItem(tables, command.input, parts.isPartial?.());
      if (command instanceof UpdateItemCommand) return updateItem(tables, command.input, commit);
      if (command instanceof PutItemCommand) return putItem(tables, command.input, commit);
      if (command instanceof GetItemCommand) return getItem(tables, command.input);
      if (command instanceof TransactWriteItemsCommand)
        return transactWriteItems(tables, command.input, commit);
      if (command instanceof DeleteItemCommand) return deleteItem(tables, command.input, commit);
      if (command instanceof ScanCommand) return scan(tables, command.input);
      throw unknownHere(command.constructor.name);
    },
    expire: (lagMs) => {
      for (const { name } of shapes) {
        const table = tables.named(name);
        for (const { item } of table.expired(parts.now() - lagMs))
          if (item !== undefined) commit([{ table, key: item, before: item, after: undefined }]);
      }
    },
    items: (name) => tables.named(name).items(),
    load: (name, items) => {
      const table = tables.named(name);
      for (const item of items) table.load(storableItem(table.shape, item));
    },
  };
}
