import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamo } from '../simulation/world/dynamo/dynamo.ts';
import { recordsShape, twinsShape } from '../simulation/world/dynamo/shapes.ts';
import { endpoint, openTables, type TestTables } from './tables.ts';

/** Two empty tables of the simulation, up to date at every read. */
export async function openSimulatedTables(): Promise<TestTables> {
  const parts = { now: () => 0, staleBy: () => 0, changed: () => undefined };
  const simulated = createDynamo(parts, [twinsShape, recordsShape]);
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const send = async (command: { readonly input: object }) => simulated.execute(command);
  return {
    client: Object.assign(client, { send }),
    twins: twinsShape.name,
    records: recordsShape.name,
    remove: async () => client.destroy(),
  };
}

/** Every DynamoDB that the adapters are held to: the simulation always, a real or emulated one where there is one. */
export const databases: readonly { readonly name: string; readonly open: () => Promise<TestTables> }[] = [
  { name: 'simulated DynamoDB', open: openSimulatedTables },
  ...(endpoint === undefined ? [] : [{ name: `DynamoDB at ${endpoint}`, open: openTables }]),
];
