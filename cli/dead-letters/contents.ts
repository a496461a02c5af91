/** What a dead letter says, by where it lies. Pure. */
import * as z from 'zod';
import { AlertId } from '../../functions/domain/ids.ts';
import { type Instant, instant, minutes } from '../../functions/domain/time.ts';
import type { TransitionKey } from '../../functions/usecases/ports/alerts.ts';
import type { Letter } from './letters.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Notification = z.object({
  Type: z.literal('Notification'),
  Message: z.string(),
  Subject: z.string().optional(),
});

/** What SNS wanted to deliver, raw or in its own envelope. */
export function publishedIn({ body }: Pick<Letter, 'body'>): {
  readonly message: string;
  readonly subject: string | undefined;
} {
  const read = Notification.safeParse(parsed(body));
  return read.success
    ? { message: read.data.Message, subject: read.data.Subject }
    : { message: body, subject: undefined };
}

/** As every shape of a message of ours names its transition: the envelope's id, the last line of a letter. */
const nameOfTransition = /\b(al-[0-9a-f]{20})\/(\d{1,8})\b/;

/** The transition that an undelivered alert is about; undefined for a text that names none, as an SMS. */
export function transitionIn(letter: Pick<Letter, 'body'>): TransitionKey | undefined {
  const [, id, version] = nameOfTransition.exec(publishedIn(letter).message) ?? [];
  return id === undefined ? undefined : { alertId: AlertId.parse(id), version: Number(version) };
}

const StreamFailure = z.object({
  DDBStreamBatchInfo: z.object({ approximateArrivalOfLastRecord: z.iso.datetime({ offset: true }) }),
});

/** Until when transitions are meant that notify gave up on: a minute after the last of them, or after the letter. */
export function gaveUpUntil({ body, sentAt }: Pick<Letter, 'body' | 'sentAt'>): Instant {
  const read = StreamFailure.safeParse(parsed(body));
  const last = read.success
    ? Date.parse(read.data.DDBStreamBatchInfo.approximateArrivalOfLastRecord)
    : sentAt;
  return instant(last + minutes(1));
}
