import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';

export interface Instruments {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A function as Lambda calls it. */
export type LambdaFunction<TEvent, TResult> = (event: TEvent, context: Context) => Promise<TResult>;

/**
 * The handler with what every function shares: request id and cold start in each line of its log, and its metrics
 * written out at the end, also when it fails. Nothing of the event is logged.
 */
export function observed<TEvent, TResult>(
  { logger, metrics }: Instruments,
  handle: (event: TEvent, context: Context) => Promise<TResult>,
): LambdaFunction<TEvent, TResult> {
  const wrapped = middy<TEvent, TResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(flushed(metrics))
    .handler(handle);
  return (event, context) => wrapped(event, context);
}

/** Powertools' own middleware warns in the log of every call that counted nothing; most calls of the API do. */
function flushed(metrics: Metrics) {
  const flush = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return {
    before: ({ context }: { context: Context }): void => metrics.captureColdStartMetric(context.functionName),
    after: flush,
    onError: flush,
  };
}
