/** What Lambda loads for `notify`. */
import { systemClock } from '../adapters/clock.ts';
import { bundledRuleBook } from '../adapters/rule-book/bundled.ts';
import { observed } from '../handlers/middleware.ts';
import { dynamoClient, snsClient } from './clients.ts';
import { NotifyEnv } from './env.ts';
import { instruments } from './instruments.ts';
import { wireNotify } from './wiring-notify.ts';

const tools = instruments();

export const handler = observed(
  tools,
  wireNotify(NotifyEnv.parse(process.env), {
    dynamo: dynamoClient(),
    sns: snsClient(),
    book: bundledRuleBook(),
    observer: tools.observer,
    clock: systemClock,
  }),
);
