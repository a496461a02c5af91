/** What Lambda loads for `api`. */
import { systemClock } from '../adapters/clock.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { apiHandler } from '../handlers/api/handler.ts';
import { observed } from '../handlers/middleware.ts';
import { dynamoClient, iotClient } from './clients.ts';
import { ApiEnv } from './env.ts';
import { instruments } from './instruments.ts';
import { wireApi } from './wiring-api.ts';

const tools = instruments();
const deps = wireApi(ApiEnv.parse(process.env), {
  dynamo: dynamoClient(),
  iot: iotClient(),
  book: bundledRuleBook(),
  observer: tools.observer,
  clock: systemClock,
});

export const handler = observed(tools, apiHandler(deps));
