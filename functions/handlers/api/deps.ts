import type { DeviceDeps } from '../../usecases/inventory/deps.ts';
import type { LimitsDeps } from '../../usecases/limits/deps.ts';
import type { GrantStore } from '../../usecases/ports/access.ts';
import type { AlertStore } from '../../usecases/ports/alerts.ts';
import type { Observer } from '../../usecases/ports/observer.ts';
import type { TokenConfig } from './authenticate.ts';

/** Everything that the API's use cases need, and what it tells devices about the broker. */
export interface ApiDeps extends DeviceDeps, LimitsDeps {
  readonly grants: GrantStore;
  readonly alerts: AlertStore;
  readonly observer: Observer;
  readonly tokens: TokenConfig;
  readonly broker: BrokerConfig;
}

export interface BrokerConfig {
  /** Name of the topic rule that devices publish to directly (Basic Ingest). */
  readonly ruleName: string;
  /** Host of the broker, where it is known. */
  readonly endpoint?: string | undefined;
}
