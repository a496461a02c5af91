/** What DynamoDB refuses in values, items and keys. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../history.ts';
import { validation } from './errors.ts';
import { canonicalNumber } from './numbers.ts';
import type { KeyShape, TableShape } from './shapes.ts';
import { isLarger, itemBytesMax } from './sizes.ts';
import { typeOf } from './values.ts';

/** Longest keys, in bytes of UTF-8. */
const partitionBytesMax = 2048;
const sortBytesMax = 1024;
/** UTF-8 takes at most three bytes for each UTF-16 unit. */
const utf8PerUnit = 3;

const invalid = (what: string): Error => validation(`One or more parameter values were invalid: ${what}`);

/** @throws ValidationException for what is no value, an empty set, or no number */
export function checkValue(value: AttributeValue): void {
  if (value.N !== undefined) canonicalNumber(value.N);
  else if (value.S === undefined && value.B === undefined) storable(value);
}

/**
 * The value as it is stored: numbers in their one way, bytes a copy of their own, because a request is sent by value.
 *
 * @throws ValidationException for what is no value, an empty set, or no number
 */
export function storable(value: AttributeValue): AttributeValue {
  if (value.S !== undefined) return value;
  if (value.N !== undefined) {
    const N = canonicalNumber(value.N);
    return N === value.N ? value : { N };
  }
  if (value.B !== undefined) return { B: copied(value.B) };
  if (value.M !== undefined) return { M: storableAttributes(value.M) };
  if (value.L !== undefined) return { L: value.L.map(storable) };
  return storableSet(value);
}

/** A copy in the pool of small buffers, which costs a fraction of memory of its own. */
function copied(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(bytes);
  return new Uint8Array(buffer, byteOffset, length);
}

function storableSet(value: AttributeValue): AttributeValue {
  const type = typeOf(value);
  if (type === undefined)
    throw validation('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes');
  const { SS, BS } = value;
  const NS = value.NS?.map(canonicalNumber);
  const members = SS ?? NS ?? BS?.map((bytes) => Buffer.from(bytes).toString('base64'));
  if (members?.length === 0) throw invalid(`An ${wordOf(type)} set  may not be empty`);
  if (members !== undefined && new Set(members).size < members.length)
    throw invalid(`Input collection ${JSON.stringify(members)} contains duplicates.`);
  return NS === undefined ? value : { NS };
}

const wordOf = (type: string): string => ({ SS: 'string', NS: 'number', BS: 'binary' })[type] ?? type;

function storableAttributes(item: Item): Record<string, AttributeValue> {
  const own: Record<string, AttributeValue> = {};
  for (const name in item) {
    const value = item[name];
    if (value === undefined) throw validation(`Supplied AttributeValue is empty: ${name}`);
    own[name] = storable(value);
  }
  return own;
}

/** The item as it is stored. @throws ValidationException */
export function storableItem(shape: TableShape, item: Item): Item {
  const own = storableAttributes(item);
  const { keys } = shape;
  checkItemKey(own[keys.partition], keys.partition, 'S');
  if (keys.sort !== undefined) checkItemKey(own[keys.sort.name], keys.sort.name, keys.sort.type);
  checkKeyLength(own, keys);
  checkContent(shape, own);
  return own;
}

/** Refuses an item for its size or for what would stand in an index. @throws ValidationException */
export function checkContent({ indexes }: TableShape, item: Item): void {
  for (const { name, keys } of indexes) {
    checkIndexKey(item[keys.partition], keys.partition, 'S', name);
    checkIndexKey(item[keys.sort.name], keys.sort.name, keys.sort.type, name);
  }
  if (isLarger(item, itemBytesMax)) throw validation('Item size has exceeded the maximum allowed size');
}

function checkItemKey(value: AttributeValue | undefined, name: string, type: 'S' | 'N'): void {
  if (value === undefined) throw invalid(`Missing the key ${name} in the item`);
  if (value[type] === undefined)
    throw invalid(`Type mismatch for key ${name} expected: ${type} actual: ${typeOf(value)}`);
  if (value.S === '') throw emptyKey(name);
}

function checkIndexKey(
  value: AttributeValue | undefined,
  name: string,
  type: 'S' | 'N',
  index: string,
): void {
  if (value === undefined) return;
  if (value[type] === undefined)
    throw invalid(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index}`,
    );
  if (value.S === '')
    throw validation(
      `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty string value. IndexName: ${index}, IndexKey: ${name}`,
    );
}

const emptyKey = (name: string): Error =>
  validation(
    `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
  );

const schemaMismatch = (): Error => validation('The provided key element does not match the schema');

/** Refuses a key that has not exactly the key's attributes, of their types. @throws ValidationException */
export function checkKey(keys: KeyShape, key: Item | undefined): asserts key is Item {
  if (key === undefined) throw invalid('Key must not be null');
  let count = 0;
  for (const name in key) if (key[name] !== undefined) count += 1;
  const { partition, sort } = keys;
  if (count !== (sort === undefined ? 1 : 2)) throw schemaMismatch();
  const first = key[partition]?.S;
  if (first === undefined) throw schemaMismatch();
  if (first === '') throw emptyKey(partition);
  if (sort !== undefined) {
    const second = key[sort.name]?.[sort.type];
    if (second === undefined) throw schemaMismatch();
    if (second === '') throw emptyKey(sort.name);
  }
  checkKeyLength(key, keys);
}

function checkKeyLength(key: Item, { partition, sort }: KeyShape): void {
  if (isLonger(key[partition]?.S, partitionBytesMax))
    throw invalid('Size of hashkey has exceeded the maximum size limit of2048 bytes');
  if (sort !== undefined && isLonger(key[sort.name]?.S, sortBytesMax))
    throw invalid('Aggregated size of all range keys has exceeded the size limit of 1024 bytes');
}

const isLonger = (text: string | undefined, max: number): boolean =>
  text !== undefined && text.length * utf8PerUnit > max && Buffer.byteLength(text) > max;
