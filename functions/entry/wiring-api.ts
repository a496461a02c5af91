/** How the API's use cases are joined to AWS. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type * as z from 'zod';
import { systemClock } from '../adapters/clock.ts';
import { dynamoAlertStore } from '../adapters/dynamo/alert-store.ts';
import { dynamoFanOutStore } from '../adapters/dynamo/fan-out-store.ts';
import { dynamoGrantStore } from '../adapters/dynamo/grants-store.ts';
import { dynamoInventoryStore, dynamoOutcomeStore } from '../adapters/dynamo/inventory-store.ts';
import { dynamoTwinStore } from '../adapters/dynamo/twin-store.ts';
import { iotRegistry } from '../adapters/iot/registry.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import type { ApiDeps } from '../handlers/api/deps.ts';
import { deviceRulesOf } from '../usecases/device-session.ts';
import { initialTwin } from '../usecases/inventory/initial-twin.ts';
import type { Observer } from '../usecases/ports/observer.ts';
import { iotClient } from './clients.ts';
import type { ApiEnv } from './env.ts';

export function wireApi(env: z.infer<typeof ApiEnv>, client: DynamoDBClient, observer: Observer): ApiDeps {
  const tables = { twins: env.TWINS_TABLE_NAME, records: env.RECORDS_TABLE_NAME };
  const book = bundledRuleBook();
  return {
    clock: systemClock,
    inventory: dynamoInventoryStore(client, tables),
    outcomes: dynamoOutcomeStore(client, tables.records),
    grants: dynamoGrantStore(client, tables.records),
    alerts: dynamoAlertStore(client, tables),
    twins: dynamoTwinStore(client, tables),
    registry: iotRegistry(iotClient(), env.DEVICE_POLICY_NAME),
    fanOuts: dynamoFanOutStore(client, tables.twins),
    book,
    initialTwin: initialTwin(deviceRulesOf(book)),
    observer,
    tokens: { issuer: env.TOKEN_ISSUER, requiredScopes: env.REQUIRED_SCOPES.split(' ') },
    broker: { ruleName: env.TELEMETRY_RULE_NAME },
  };
}
