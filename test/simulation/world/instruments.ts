import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { powertoolsObserver } from '../../../functions/adapters/powertools/observer.ts';
import type { Instruments } from '../../../functions/handlers/middleware.ts';
import type { Observer } from '../../../functions/usecases/ports/observer.ts';

/** Where the lines of logs and metrics go instead of to a console. */
export interface Heard {
  log(line: string): void;
  metric(name: string, value: number): void;
}

/** The product's own instruments, writing to `heard`. */
export function heardInstruments(
  service: string,
  heard: Heard,
): Instruments & { readonly observer: Observer } {
  const line = (text: string): void => heard.log(text);
  const logger = new Logger({ serviceName: service, logLevel: 'INFO' });
  // The only way in: the class has its console for itself.
  Object.assign(logger, {
    console: { log: line, debug: line, info: line, warn: line, error: line, trace: line },
  });
  const metrics = new Metrics({ namespace: 'Tocsin', serviceName: service });
  Object.assign(metrics, { console: { log: (text: string) => tell(text, heard) } });
  return { logger, metrics, observer: powertoolsObserver(logger, metrics) };
}

/** One document of the embedded metric format: its figures stand beside their description. */
function tell(text: string, heard: Heard): void {
  const document: Readonly<Record<string, unknown>> = JSON.parse(text);
  for (const [name, value] of Object.entries(document)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (typeof one === 'number') heard.metric(name, one);
  }
}
