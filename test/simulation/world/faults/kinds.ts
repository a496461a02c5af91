/** Every kind of fault that a world can have. Half of them are off in each seed; the rest are rare or frequent. */
export const faultKinds = {
  // Calls of services by functions.
  refused: 'a call fails before it did anything',
  unheard: 'a call does its work, and the caller hears of an error',
  'crash-before': 'a process ends before its call left',
  'crash-after': 'a process ends once its call was effective',
  'hang-before': 'a call never leaves: the function is killed at its timeout',
  'hang-after': 'a call is effective and never answered: the function is killed at its timeout',
  'throttle-burst': 'all calls of one service are throttled for some seconds',
  outage: 'one service is gone for a minute or more',
  'kms-denied': 'the key of one service is refused for some seconds',
  'conflict-storm': 'transactions collide with others for some seconds',
  partial: 'a batch call does only a part of what it is asked',
  slow: 'everything takes a second or more',
  'stale-read': 'eventually consistent reads are seconds behind',
  'stale-index': 'indexes are seconds behind',
  // Queues, stream, topic, rule.
  'queue-copy': 'a queue delivers a message twice, at once',
  'queue-copy-late': 'a queue delivers a message again a minute or two later',
  'queue-delay': 'a message of a queue comes late, so others overtake it',
  'stream-copy': 'a batch of the stream is delivered again',
  'stream-delay': 'the stream is seconds behind',
  'stream-trimmed': 'a record of the stream is never delivered',
  'topic-copy': 'a notification arrives twice',
  'topic-delay': 'a notification arrives late',
  'rule-blocked': 'the topic rule cannot reach its queue and takes its error action',
  'rule-copy': 'the topic rule runs twice for one message',
  // The host of functions.
  throttled: 'a function cannot be started for some seconds',
  'old-version': 'some processes run the version before',
  'host-skew': "a function's clock is off by some hundred milliseconds",
  'plan-late': "the minute's plan is up to 59 s late",
  'plan-twice': "the minute's plan comes twice",
  'plan-skipped': "the minute's plan does not come",
  // Devices and people.
  'network-down': 'a device loses its network and keeps its readings',
  'city-down': 'all devices lose the network and come back at once',
  'lost-puback': 'an acknowledgement is lost, and the device sends again',
  'network-copy': 'a message reaches the broker twice',
  'network-order': 'messages of a device overtake each other',
  'clock-off': "a device's clock is wrong",
  reboot: 'a device starts again',
  backlog: 'a device brings readings of days, in any order',
  'no-clock': 'a device sends without its own time',
  hostile: 'somebody sends what nobody may, or nobody can read',
  'bad-quality': 'a sensor reports a fault, a calibration or nothing',
  // Added later, at the end, so that the plans of other kinds stay as they were.
  'writes-throttled': 'writes of tables are throttled for some seconds, and reads are not',
  'queue-split': 'what waits in a queue is handed out one by one, to several invocations at once',
  'clock-step': "a device's clock is set while it runs, or comes up otherwise after it starts again",
} as const;
export type FaultKind = keyof typeof faultKinds;

export const faultNames = Object.keys(faultKinds).filter((name): name is FaultKind => name in faultKinds);
