/** Counts what the SDK's clients of this process call, by a middleware on each; the clients stay as they are. */
import { channel } from 'node:diagnostics_channel';
import * as z from 'zod';
import { readUnitsOf, writeUnitsOf } from './capacity.ts';
import type { Tally } from './tally.ts';

interface Sent {
  input: object;
}
type Next = (args: Sent) => Promise<{ readonly output: object }>;
interface Named {
  readonly clientName?: string;
  readonly commandName?: string;
}

/** What of a client counts here; every client of the SDK has it. */
interface Client {
  readonly middlewareStack: {
    add(
      middleware: (next: Next, context: Named) => Next,
      options: { readonly step: string; readonly name: string; readonly override: true },
    ): void;
  };
}

const isClient = (value: object): value is Client => 'middlewareStack' in value;

const nameOf = ({ clientName = '', commandName = '' }: Named) => ({
  service: clientName.replace(/Client$/, ''),
  operation: commandName.replace(/Command$/, ''),
});

const dynamo = 'DynamoDB';
const isRead = (operation: string): boolean => /^(BatchGet|Get|Query|TransactGet)/.test(operation);

/** Counts into what `tally` returns at that time. Twice on one client is once. @throws TypeError when it is none */
export function countOn(client: object, tally: () => Tally): void {
  if (!isClient(client)) throw new TypeError('what has no middleware stack is no client of the SDK');
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { service, operation } = nameOf(context);
      if (service !== dynamo) return next(args);
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
      if (isRead(operation)) tally().readUnits += readUnitsOf(operation, args.input, answer.output);
      else {
        const { table, index } = writeUnitsOf(answer.output);
        tally().writeUnits += table;
        tally().indexWriteUnits += index;
      }
      return answer;
    },
    { step: 'initialize', name: 'benchUnits', override: true },
  );
  // Behind the retries: each attempt is a call that is paid for.
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const { service, operation } = nameOf(context);
      note(tally(), `${service} ${operation}`);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'benchCalls', override: true },
  );
}

function note({ calls }: Tally, name: string): void {
  calls[name] = (calls[name] ?? 0) + 1;
}

/** Counts on every client of these classes, whoever makes it. */
export function countOnClasses(classes: readonly { readonly prototype: object }[], tally: () => Tally): void {
  for (const { prototype } of classes) {
    const send: unknown = Reflect.get(prototype, 'send');
    if (typeof send !== 'function') throw new TypeError('a class without send is no client of the SDK');
    const counted = function (this: object, ...args: unknown[]): unknown {
      countOn(this, tally);
      return Reflect.apply(send, this, args);
    };
    Object.defineProperty(prototype, 'send', { value: counted, configurable: true, writable: true });
  }
}

const Fetched = z.object({
  request: z.object({ method: z.string(), path: z.string(), headers: z.array(z.string()) }),
});

/** The names that the SDK's clients have, by the name in a signature. */
const clientNames: Readonly<Record<string, string>> = {
  firehose: 'Firehose',
  iotdata: 'IoTDataPlane',
  s3: 'S3',
  sns: 'SNS',
  sqs: 'SQS',
};

/** Counts requests that go through `fetch` with a signature of our own, by the service that was signed for. */
export function countFetches(tally: () => Tally): void {
  channel('undici:request:create').subscribe((message) => {
    const fetched = Fetched.safeParse(message).data;
    if (fetched === undefined) return;
    const { method, headers } = fetched.request;
    const service = headers
      .map((header) => /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(header)?.[1])
      .find((found) => found !== undefined);
    if (service !== undefined)
      note(tally(), `${clientNames[service] ?? service} ${targetIn(headers) ?? method}`);
  });
}

/** AWS's JSON protocol names the operation in a header; names and values stand in turn. */
function targetIn(headers: readonly string[]): string | undefined {
  const at = headers.findIndex((header) => header.toLowerCase() === 'x-amz-target');
  return at < 0 ? undefined : headers[at + 1]?.split('.').at(-1);
}
