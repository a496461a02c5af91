/** What Lambda loads for `api`. */
import { apiHandler } from '../handlers/api/handler.ts';
import { observed } from '../handlers/middleware.ts';
import { dynamoClient } from './clients.ts';
import { ApiEnv } from './env.ts';
import { instruments } from './instruments.ts';
import { wireApi } from './wiring-api.ts';

const tools = instruments();
const deps = wireApi(ApiEnv.parse(process.env), dynamoClient(), tools.observer);

export const handler = observed(tools, apiHandler(deps));
