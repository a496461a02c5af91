import { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { powertoolsObserver } from '../../../functions/adapters/powertools/observer.ts';
import type { Instruments } from '../../../functions/handlers/middleware.ts';
import type { Observer } from '../../../functions/usecases/ports/observer.ts';

/** Where the lines of logs and metrics go instead of to a console. */
export interface Heard {
  log(line: string): void;
  metric(name: string, value: number): void;
}

/** The product's observer over its own logger, which writes to `heard`, and over metrics that `heard` has at each flush. */
export function heardInstruments(
  service: string,
  heard: Heard,
): Instruments & { readonly observer: Observer } {
  const line = (text: string): void => heard.log(text);
  const logger = new WithoutConsole({ serviceName: service, logLevel: 'INFO' }) as unknown as Logger;
  // The only way in: the class has its console for itself.
  Object.assign(logger, {
    console: { log: line, debug: line, info: line, warn: line, error: line, trace: line },
  });
  const metrics = heardMetrics(heard);
  return { logger, metrics, observer: powertoolsObserver(logger, metrics) };
}

type LoggerClass = new (options: ConstructorParameters<typeof Logger>[0]) => { setConsole(): void };

/** Does not open the streams of the process at every start, which took longer than all other wiring. */
class WithoutConsole extends (Logger as unknown as LoggerClass) {
  override setConsole(): void {}
}

/**
 * The service of metrics: what an invocation counted is known when it was written out, and lost with its process. Without the
 * documents of Powertools, which took a tenth of a world's time to be written and read again.
 */
function heardMetrics({ metric }: Heard): Metrics {
  let stored: [name: string, value: number][] = [];
  return {
    captureColdStartMetric: () => {},
    addMetric: (name: string, _unit: string, value: number) => stored.push([name, value]),
    hasStoredMetrics: () => stored.length > 0,
    publishStoredMetrics: () => {
      for (const [name, value] of stored) metric(name, value);
      stored = [];
    },
  } as unknown as Metrics;
}
