/**
 * Takes the place of the SDK's discovery of endpoints in the bundles: only old global services ask for one, and it
 * brings a cache library with it. DynamoDB never discovers unless it is told to.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};

/** What the client's configuration is passed through. */
export const resolveEndpointDiscoveryConfig = <T extends object>(config: T): T => config;
