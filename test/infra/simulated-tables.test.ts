import { keyNamesOf, recordsShape, type TableShape, twinsShape } from '../simulation/world/dynamo/shapes.ts';
import { graphFor, property } from './support/graph.ts';

const prod = graphFor({});

const keySchema = (names: readonly string[]) =>
  names.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));

/** Attributes of all keys with their types, as CloudFormation lists them. */
const typesOf = ({ keys, indexes }: TableShape) =>
  [keys, ...indexes.map((index) => index.keys)].flatMap(({ partition, sort }) => [
    { AttributeName: partition, AttributeType: 'S' },
    ...(sort === undefined ? [] : [{ AttributeName: sort.name, AttributeType: sort.type }]),
  ]);

test.each([
  ['TablesTwinsB8DC9585', twinsShape],
  ['TablesRecords353FBC94', recordsShape],
])('the simulation has the keys, the indexes and the time to live of %s', (logicalId, shape) => {
  const table = prod.resources.get(logicalId);
  if (table === undefined) throw new Error(`no ${logicalId}`);
  expect(property(table, 'KeySchema')).toEqual(keySchema(keyNamesOf(shape.keys)));
  expect(property(table, 'AttributeDefinitions')).toEqual(typesOf(shape));
  expect(property(table, 'TimeToLiveSpecification')).toEqual({ AttributeName: shape.ttl, Enabled: true });
  expect(property(table, 'GlobalSecondaryIndexes')).toEqual(
    shape.indexes.map(({ name, keys }) => ({
      IndexName: name,
      KeySchema: keySchema(keyNamesOf(keys)),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  );
});
