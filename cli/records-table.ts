/** The table Records: that of a flag, else that of the city that `npm start` runs. */
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readOutputs } from '../local/platform/cdk.ts';
import { localCredentials, region } from '../local/platform/environment.ts';
import { cityFolder } from '../local/platform/paths.ts';
import { runningState } from '../local/platform/state.ts';

export interface RecordsTable {
  /** To be destroyed by who opened it. */
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** `undefined` when no table is named and no city runs here. */
export async function openRecords(named: string | undefined): Promise<RecordsTable | undefined> {
  if (named !== undefined) return { client: new DynamoDBClient({}), table: named };
  const running = await runningState(cityFolder);
  if (running === undefined) return undefined;
  const { RecordsTableName } = await readOutputs(cityFolder.outputs);
  const { endpoint, ca } = running;
  const trusted =
    ca === undefined ? {} : { requestHandler: { httpsAgent: new Agent({ ca: await readFile(ca) }) } };
  const client = new DynamoDBClient({ endpoint, region, credentials: localCredentials, ...trusted });
  return { client, table: RecordsTableName };
}
