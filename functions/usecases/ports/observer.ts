/** Every metric, with its unit. Alarms and the dashboard hold these names. */
export const metricUnits = {
  CanaryArrived: 'Count',
  CanarySkipped: 'Count',
  CanaryDelay: 'Milliseconds',
  HeartbeatFailed: 'Count',
  WatermarkAge: 'Milliseconds',
  NotificationSent: 'Count',
  NotificationSuppressed: 'Count',
  NotificationFailed: 'Count',
  NotificationDelay: 'Milliseconds',
  TransitionsUndecided: 'Count',
  CorrelationFailed: 'Count',
  SweepPartFailed: 'Count',
  ArchiveFallback: 'Count',
  ArchiveDrained: 'Count',
  QuarantineFailed: 'Count',
  MessagesCompleted: 'Count',
  MessagesPutAside: 'Count',
  RecordsAccepted: 'Count',
  RecordsStored: 'Count',
  RecordsQuarantined: 'Count',
  RecordsDuplicate: 'Count',
  SequenceGap: 'Count',
  ShadowAdded: 'Count',
  ShadowRemoved: 'Count',
  ShadowGraver: 'Count',
  ShadowMilder: 'Count',
  ShadowMissed: 'Count',
} as const;
export type MetricName = keyof typeof metricUnits;

/** Facts about a happening: ids, codes and counts, never a payload or personal data. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a use case says what people and alarms must see. Nothing depends on it being heard. @throws never */
export interface Observer {
  metric(name: MetricName, value: number): void;
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
  /** `error` is logged by its names and causes, without payloads. */
  error(message: string, error: unknown, facts?: Facts): void;
}
