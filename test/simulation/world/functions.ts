import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { IoTClient } from '@aws-sdk/client-iot';
import type { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { AdapterError } from '../../../functions/adapters/adapter-error.ts';
import type { PutObject } from '../../../functions/adapters/s3/signed-put.ts';
import type { RuleBook } from '../../../functions/domain/rules/book.ts';
import { instant } from '../../../functions/domain/time.ts';
import { wireApi } from '../../../functions/entry/wiring-api.ts';
import { wireIngest } from '../../../functions/entry/wiring-ingest.ts';
import { wireNotify } from '../../../functions/entry/wiring-notify.ts';
import { wireSweep } from '../../../functions/entry/wiring-sweep.ts';
import { apiHandler } from '../../../functions/handlers/api/handler.ts';
import { observed } from '../../../functions/handlers/middleware.ts';
import { environment } from './environment.ts';
import { type Heard, heardInstruments } from './instruments.ts';
import type { Handler } from './lambda.ts';
import type { FunctionName } from './settings.ts';

/** One call of a service by its client: what is asked, and what it does once it is effective. */
export type Call = (service: string, operation: string, effect: () => object) => Promise<object>;

/** What the services do with a command, at once. */
export interface Services {
  dynamo(by: FunctionName, command: object, operation: string): object;
  sqs(operation: string, input: object): object;
  sns(by: FunctionName, input: object): object;
  firehose(input: object): object;
  iot(input: object): object;
  putObject(key: string, body: string): void;
}

/** Clients of every service as the wiring takes them: only `send` of them is ever asked. */
function clientsOver(fn: FunctionName, call: Call, services: Services) {
  const client = (
    service: string,
    effect: (operation: string, command: { readonly input: object }) => object,
  ) => ({
    send: (command: { readonly input: object }) => {
      const operation = command.constructor.name;
      return call(service, operation, () => effect(operation, command));
    },
  });
  const putObject: PutObject = async (key, body) => {
    try {
      await call('s3', 'PutObject', () => {
        services.putObject(key, body);
        return {};
      });
    } catch (error) {
      throw new AdapterError('put object', { cause: error, retryable: true });
    }
  };
  return {
    dynamo: client('dynamo', (operation, command) =>
      services.dynamo(fn, command, operation),
    ) as unknown as DynamoDBClient,
    sqs: client('sqs', (operation, { input }) => services.sqs(operation, input)) as unknown as SQSClient,
    sns: client('sns', (_, { input }) => services.sns(fn, input)) as unknown as SNSClient,
    firehose: client('firehose', (_, { input }) => services.firehose(input)) as unknown as FirehoseClient,
    iotData: client('iot', (_, { input }) => services.iot(input)) as unknown as IoTDataPlaneClient,
    iot: client('iot', (_, { input }) => services.iot(input)) as unknown as IoTClient,
    putObject,
  };
}

export interface LoadParts {
  readonly fn: FunctionName;
  readonly book: RuleBook;
  readonly call: Call;
  readonly services: Services;
  readonly now: () => number;
  readonly heard: Heard;
}

/** The shipped function in a process of its own: the product's wiring, handler and middleware over simulated clients. */
export function loadFunction({ fn, book, call, services, now, heard }: LoadParts): Handler {
  const { dynamo, sqs, sns, firehose, iot, iotData, putObject } = clientsOver(fn, call, services);
  const tools = heardInstruments(fn, heard);
  const shared = { dynamo, book, observer: tools.observer, clock: { now: () => instant(now()) } };
  switch (fn) {
    case 'ingest':
      return observed<never, unknown>(
        tools,
        wireIngest(environment.ingest, { ...shared, sqs, firehose, putObject }),
      ) as Handler;
    case 'notify':
      return observed(tools, wireNotify(environment.notify, { ...shared, sns }));
    case 'sweep':
      return observed(tools, wireSweep(environment.sweep, { ...shared, sqs, sns, firehose, iot: iotData }));
    case 'api':
      return observed(tools, apiHandler(wireApi(environment.api, { ...shared, iot })));
    default:
      return fn satisfies never;
  }
}
