/** How the API's use cases are joined to AWS. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IoTClient } from '@aws-sdk/client-iot';
import type * as z from 'zod';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoFanOutStore } from '../adapters/dynamo/fan-out-store.ts';
import { dynamoGrantStore } from '../adapters/dynamo/grants-store.ts';
import { dynamoInventoryStore, dynamoOutcomeStore } from '../adapters/dynamo/inventory-store.ts';
import { dynamoTwinStore } from '../adapters/dynamo/twin-store.ts';
import { iotRegistry } from '../adapters/iot/registry.ts';
import type { RuleBook } from '../domain/rules/book.ts';
import type { ApiDeps } from '../handlers/api/deps.ts';
import { deviceRulesOf } from '../usecases/device-session.ts';
import { initialTwin } from '../usecases/inventory/initial-twin.ts';
import type { Observer } from '../usecases/ports/observer.ts';
import type { Clock } from '../usecases/ports/time.ts';
import type { ApiEnv } from './env.ts';

export interface ApiParts {
  readonly dynamo: DynamoDBClient;
  readonly iot: IoTClient;
  readonly book: RuleBook;
  readonly observer: Observer;
  readonly clock: Clock;
}

/** What the routes of the API stand on, over these clients. */
export function wireApi(
  env: z.infer<typeof ApiEnv>,
  { dynamo: client, iot, book, observer, clock }: ApiParts,
): ApiDeps {
  const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
  return {
    clock,
    inventory: dynamoInventoryStore(client, tables),
    outcomes: dynamoOutcomeStore(client, tables.records),
    grants: dynamoGrantStore(client, tables.records),
    alerts: dynamoAlertStore(client, tables),
    twins: dynamoTwinStore(client, tables),
    registry: iotRegistry(iot, env.DEVICE_POLICY_NAME),
    fanOuts: dynamoFanOutStore(client, tables.twins),
    book,
    initialTwin: initialTwin(deviceRulesOf(book)),
    observer,
    tokens: { issuer: env.TOKEN_ISSUER, requiredScopes: env.REQUIRED_SCOPES.split(' ') },
    broker: { ruleName: env.TELEMETRY_RULE_NAME },
  };
}
