import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { metricUnits, type Observer } from '../../usecases/ports/observer.ts';
import { errorFacts } from './error-facts.ts';

/** Structured lines in the log, and metrics in the same place (EMF); no call of any service. */
export function powertoolsObserver(logger: Logger, metrics: Metrics): Observer {
  return {
    metric: (name, value) => {
      metrics.addMetric(name, metricUnits[name], value);
    },
    info: (message, facts = {}) => logger.info(message, { ...facts }),
    warn: (message, facts = {}) => logger.warn(message, { ...facts }),
    error: (message, error, facts = {}) => logger.error(message, { ...facts, failure: errorFacts(error) }),
  };
}
