import { gaveUpUntil, publishedIn, transitionIn } from '../../../cli/dead-letters/contents.ts';
import { change } from '../../../functions/domain/alerts/change.ts';
import { notificationOf } from '../../../functions/domain/notify/notification.ts';
import { instant } from '../../../functions/domain/time.ts';
import { fresh } from '../../support/alerts.ts';

const letter = (body: string, sentAt = 1_000) => ({ id: 'm-1', body, sentAt: instant(sentAt), receipt: 'r' });

const at = instant(1_000);
const raised = change(fresh('red'), { change: 'raised', at, phenomenonAt: at, committedAt: at });
const { alertId } = raised.alert;
const message = notificationOf(raised.transition, 'first', 'urn:x');
const inEnvelope = (Message: string) => JSON.stringify({ Type: 'Notification', Message, Subject: 'title' });

test.each([
  ['for machines, raw', message.body],
  ['for machines, in the envelope of SNS', inEnvelope(message.body)],
  ['for mailboxes', inEnvelope(message.letter)],
])('an undelivered alert %s names its transition', (_, body) => {
  expect(transitionIn(letter(body))).toEqual({ alertId, version: 1 });
});

test('a text for telephones names no transition', () => {
  expect(transitionIn(letter(message.shortText))).toBeUndefined();
});

test('an alarm is published again with its title', () => {
  expect(publishedIn(letter(inEnvelope('the alarm')))).toEqual({ message: 'the alarm', subject: 'title' });
});

test('what notify gave up on reaches to a minute after the last of its transitions', () => {
  const info = { approximateArrivalOfLastRecord: '1970-01-01T00:10:00Z' };
  expect(gaveUpUntil(letter(JSON.stringify({ DDBStreamBatchInfo: info })))).toBe(660_000);
  expect(gaveUpUntil(letter('{}', 5_000))).toBe(65_000);
});
