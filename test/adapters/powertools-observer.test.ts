import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { powertoolsObserver } from '../../functions/adapters/powertools/observer.ts';
import { observed } from '../../functions/handlers/middleware.ts';
import type { Observer } from '../../functions/usecases/ports/observer.ts';

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'fn',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:fn',
  memoryLimitInMB: '128',
  awsRequestId: 'request-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 1_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/** A console that keeps what would be printed, and the instruments that write to it. */
function open() {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const console = { ...globalThis.console, log: print, info: print, warn: print, error: print };
  const logger = new Logger({ serviceName: 'tocsin-test', logLevel: 'INFO' });
  Object.assign(logger, { console });
  const metrics = new Metrics({ namespace: 'Tocsin', serviceName: 'tocsin-test' });
  Object.assign(metrics, { console });
  return { lines, logger, metrics, observer: powertoolsObserver(logger, metrics) };
}

/** Runs `work` inside an observed function and gives back the lines that it left, as data. */
async function linesOf(work: (observer: Observer) => void) {
  const { lines, logger, metrics, observer } = open();
  const handler = observed({ logger, metrics }, async (event: { secret: string }) => {
    work(observer);
    return event.secret.length;
  });
  const outcome = await handler({ secret: '13800138000' }, context).catch((error: unknown) => error);
  return { outcome, lines, parsed: lines.map((line): Record<string, unknown> => JSON.parse(line)) };
}

describe('what a function writes', () => {
  test('metrics go out at the end in their namespace, with their unit and the service', async () => {
    const { parsed } = await linesOf((observer) => {
      observer.metric('CanaryArrived', 1);
      observer.metric('CanaryDelay', 250);
    });
    expect(parsed).toContainEqual(
      expect.objectContaining({
        service: 'tocsin-test',
        CanaryArrived: 1,
        CanaryDelay: 250,
        _aws: expect.objectContaining({
          CloudWatchMetrics: [
            expect.objectContaining({
              Namespace: 'Tocsin',
              Dimensions: [['service']],
              Metrics: [
                { Name: 'CanaryArrived', Unit: 'Count' },
                { Name: 'CanaryDelay', Unit: 'Milliseconds' },
              ],
            }),
          ],
        }),
      }),
    );
  });

  test('metrics go out also when the function fails', async () => {
    const { outcome, parsed } = await linesOf((observer) => {
      observer.metric('NotificationFailed', 1);
      throw new Error('broken');
    });
    expect(outcome).toMatchObject({ message: 'broken' });
    expect(parsed).toContainEqual(expect.objectContaining({ NotificationFailed: 1 }));
  });

  test('a function that counted nothing writes no line about it', async () => {
    const { lines } = await linesOf(() => undefined);
    expect(lines.filter((line) => !line.includes('ColdStart'))).toEqual([]);
  });

  test('each line names the request and says the facts, never the event', async () => {
    const { outcome, parsed, lines } = await linesOf((observer) => {
      observer.warn('archive stream refused messages', { count: 3 });
      observer.error('notification failed', new SyntaxError('near 13800138000'), { version: 2 });
    });
    expect(outcome).toBe(11);
    expect(parsed).toContainEqual(
      expect.objectContaining({ level: 'WARN', count: 3, function_request_id: 'request-1' }),
    );
    expect(parsed).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        version: 2,
        failure: expect.objectContaining({ name: 'SyntaxError' }),
      }),
    );
    expect(lines.join()).not.toContain('13800138000');
  });

  test('a text that a person or device chose cannot forge a line', async () => {
    const { lines } = await linesOf((observer) =>
      observer.info('seen', { label: 'x\n{"level":"ERROR"}\u001b[31m' }),
    );
    expect(lines.every((line) => !line.includes('\n') && !line.includes('\u001b'))).toBe(true);
  });
});
