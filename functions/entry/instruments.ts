/** What every function writes with. Service, namespace and level come from the environment of Powertools. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { powertoolsObserver } from '../adapters/powertools/observer.ts';
import type { Instruments } from '../handlers/middleware.ts';
import type { Observer } from '../usecases/ports/observer.ts';

/** One logger, one set of metrics, and the observer of the use cases over both. */
export function instruments(): Instruments & { readonly observer: Observer } {
  const logger = new Logger();
  const metrics = new Metrics();
  return { logger, metrics, observer: powertoolsObserver(logger, metrics) };
}
