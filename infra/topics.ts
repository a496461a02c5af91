/** The rule's name: the one physical name, because devices hold it in their topic. */
export const telemetryRuleName = (stage: string): string => `tocsin_${stage}`;

/** What a device publishes below; Basic Ingest takes `$aws/rules/<rule>/` off before the rule sees the topic. */
export const telemetryTopicPrefix = (stage: string): string =>
  `$aws/rules/${telemetryRuleName(stage)}/tocsin/v1`;

/** Topic of our own message that travels the whole way; `-` is no device's id. */
export const canaryTopic = (stage: string): string => `${telemetryTopicPrefix(stage)}/-/canary`;

/** Last segments of the topics that devices may publish to: one decoder each. */
export const deviceFormats = ['senml'] as const;
