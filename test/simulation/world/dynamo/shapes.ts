/** The tables of the product as `infra/constructs/tables.ts` makes them; a test holds them to it. */

export interface KeyShape {
  /** Attribute of text that a partition has in common. */
  readonly partition: string;
  /** Attribute that sorts a partition; absent: one item a partition. */
  readonly sort?: { readonly name: string; readonly type: 'S' | 'N' };
}

/** A global index, sparse and of keys only. */
export interface IndexShape {
  readonly name: string;
  readonly keys: KeyShape & { readonly sort: { readonly name: string; readonly type: 'S' | 'N' } };
}

export interface TableShape {
  readonly name: string;
  readonly keys: KeyShape;
  readonly indexes: readonly IndexShape[];
  /** Attribute of seconds since 1970 after which an item may be removed. */
  readonly ttl: string;
}

/** Attributes of a key. */
export const keyNamesOf = ({ partition, sort }: KeyShape): readonly string[] =>
  sort === undefined ? [partition] : [partition, sort.name];

const sparseIndex = (name: string): IndexShape => ({
  name,
  keys: { partition: `${name}Shard`, sort: { name: `${name}At`, type: 'N' } },
});

export const twinsShape: TableShape = {
  name: 'twins',
  keys: { partition: 'id' },
  indexes: [sparseIndex('due')],
  ttl: 'expiresAt',
};

export const recordsShape: TableShape = {
  name: 'records',
  keys: { partition: 'pk', sort: { name: 'sk', type: 'S' } },
  indexes: [sparseIndex('undecided')],
  ttl: 'expiresAt',
};
