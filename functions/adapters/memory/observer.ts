import type { Facts, MetricName, Observer } from '../../usecases/ports/observer.ts';

export interface MemoryObserver extends Observer {
  readonly said: readonly { readonly level: string; readonly message: string; readonly facts: Facts }[];
  /** Sum of a metric so far. */
  total(name: MetricName): number;
}

/** Remembers what was said and counted. */
export function memoryObserver(): MemoryObserver {
  const said: { level: string; message: string; facts: Facts }[] = [];
  const totals = new Map<MetricName, number>();
  const say =
    (level: string) =>
    (message: string, facts: Facts = {}): void => {
      said.push({ level, message, facts });
    };
  return {
    said,
    total: (name) => totals.get(name) ?? 0,
    metric: (name, value) => {
      totals.set(name, (totals.get(name) ?? 0) + value);
    },
    info: say('info'),
    warn: say('warn'),
    error: (message, _error, facts = {}) => say('error')(message, facts),
  };
}
