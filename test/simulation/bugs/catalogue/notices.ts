import type { SeededBug } from '../bug.ts';

/** Who hears, and what the log says of it. */
export const noticeBugs: readonly SeededBug[] = [
  {
    name: 'logged-before-published',
    story: 'the log says sent before the topic has the message',
    file: 'functions/usecases/notify-transition.ts',
    find: 'const { messageId } = await notifier.publish(',
    replace:
      "await deps.log.decide({ alertId: transition.alertId, version: transition.version }, { outcome: 'sent', reason: verdict.reason, at, messageId: '-' });\n      const { messageId } = await notifier.publish(",
  },
  {
    name: 'publish-error-swallowed',
    story: 'what the topic refused is logged as sent',
    file: 'functions/adapters/sns/notifier.ts',
    find: "throw toAdapterError('publish notification', error);",
    replace: "return { messageId: '-' };",
  },
  {
    name: 'undecided-left-alone',
    story: 'sweep does not look for transitions that the stream has lost',
    file: 'functions/usecases/sweep/run-ticks.ts',
    find: "      run('notifications', () => parts.notifications()),\n",
    replace: '',
  },
  {
    name: 'undecided-without-its-oldest',
    story: 'the page of undecided transitions is cut at its beginning',
    file: 'functions/adapters/dynamo/notification-log.ts',
    find: '.slice(0, limit)',
    replace: '.slice(1, limit)',
  },
  {
    name: 'decision-written-over',
    story: 'a decision is written whether or not there is one',
    file: 'functions/adapters/dynamo/notification-log.ts',
    find: 'attribute_exists(pk) AND attribute_not_exists(decidedAt)',
    replace: 'attribute_exists(pk)',
  },
  {
    name: 'decided-still-waits',
    story: 'a decided transition stays in the index of undecided ones',
    file: 'functions/adapters/dynamo/notification-log.ts',
    find: ' REMOVE undecidedShard, undecidedAt',
    replace: '',
  },
  {
    name: 'ends-are-not-told',
    story: 'whoever heard of the beginning does not hear of the end',
    file: 'functions/domain/notify/decide.ts',
    find: "change === 'acknowledged' && !closed ?",
    replace: "change === 'acknowledged' || change === 'recovered' ?",
  },
  {
    name: 'closing-is-not-told',
    story: 'an acknowledgement that closes the alert is told to nobody',
    file: 'functions/domain/notify/decide.ts',
    find: "change === 'acknowledged' && !closed ?",
    replace: "change === 'acknowledged' ?",
  },
  {
    name: 'area-of-the-wrong-level',
    story: 'the area that filters read is cut to the province',
    file: 'functions/domain/notify/notification.ts',
    find: 'area: each(scope.area, areas),',
    replace: 'area: each(scope.area.slice(0, 2), areas),',
  },
  {
    name: 'envelope-without-version',
    story: 'messages of one alert share their id, so receivers drop the second',
    file: 'functions/domain/notify/notification.ts',
    find: 'id: `${transition.alertId}/${transition.version}`,',
    replace: 'id: `${transition.alertId}/1`,',
  },
  {
    name: 'remembered-by-alert-alone',
    story: 'what was published and not logged is remembered by alert, and given to its next transition',
    file: 'functions/usecases/notify-transition.ts',
    find: 'const name = `${key.alertId}/${key.version}`;',
    replace: 'const name = `${key.alertId}`;',
  },
  {
    name: 'throttling-is-hopeless',
    story: 'a throttled call counts as one that can never succeed',
    file: 'functions/adapters/aws-errors.ts',
    find: "  'ValidationException',\n",
    replace: "  'ValidationException',\n  'ThrottlingException',\n  'ServiceUnavailable',\n",
  },
];
