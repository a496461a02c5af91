/** Dead letters brought back, one by one: told to the audit, done, and only then taken away. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { toAdapterError } from '../../functions/adapters/aws-errors.ts';
import { sqsQueue } from '../../functions/adapters/sqs/queue.ts';
import { sha256 } from '../../functions/domain/ids.ts';
import type { NotifyReason } from '../../functions/domain/notify/decide.ts';
import { notificationOf } from '../../functions/domain/notify/notification.ts';
import { reasonWords } from '../../functions/domain/notify/words.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import type { NotificationLog, Notifier } from '../../functions/usecases/ports/alerts.ts';
import type { AuditLog } from '../../functions/usecases/ports/audit.ts';
import type { Clock } from '../../functions/usecases/ports/time.ts';
import type { Pace } from '../pace.ts';
import { gaveUpUntil, publishedIn, transitionIn } from './contents.ts';
import { hiddenForSeconds, type Letter, removeLetter, someLetters } from './letters.ts';
import { type DeadName, deadPlaces, outputOf } from './places.ts';

export interface RedriveParts {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly notifier: Notifier;
  readonly log: NotificationLog;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly pace: Pace;
  /** An output of the stacks. */
  readonly output: (name: string) => string;
  /** Source of the envelopes that notify makes. */
  readonly source: string;
  readonly by: string;
  readonly reason: string;
  /** Letters at most. */
  readonly limit: number;
  readonly told?: ((done: number) => void) | undefined;
}

export interface LetterOutcome {
  readonly id: string;
  readonly outcome: 'back' | 'kept';
  readonly detail: string;
}

/** `undefined`: it is back; else why it stays. */
type Way = (letter: Letter, parts: RedriveParts) => Promise<string | undefined>;

const toQueue =
  (source: string): Way =>
  async ({ body }, { sqs, output }) => {
    const [sent] = await sqsQueue(sqs, output(source)).send([{ body }]);
    return sent?.ok === true ? undefined : (sent?.problem ?? 'not-answered');
  };

const settledTransitions: Way = async (letter, { log }) => {
  const until = gaveUpUntil(letter);
  const [waiting] = await log.undecided(until, 1);
  if (waiting === undefined) return undefined;
  return `${waiting.alertId}/${waiting.version} from before ${rfc3339(until)} has no decision yet: look at sweep`;
};

const isReason = (text: string): text is NotifyReason => Object.hasOwn(reasonWords, text);

const publishedAgain: Way = async (letter, { log, notifier, source }) => {
  const key = transitionIn(letter);
  if (key === undefined) return 'it names no transition';
  const transition = await log.transition(key);
  if (transition === undefined) return `there is no transition ${key.alertId}/${key.version}`;
  const decision = await log.decision(key);
  const reason = decision?.reason ?? 'first';
  await notifier.publish(notificationOf(transition, isReason(reason) ? reason : 'first', source));
  return undefined;
};

const alarmAgain: Way = async (letter, { sns, output }) => {
  const { message, subject } = publishedIn(letter);
  const Subject = subject === undefined ? {} : { Subject: subject };
  try {
    await sns.send(
      new PublishCommand({ TopicArn: output('OperationsTopicArn'), Message: message, ...Subject }),
    );
    return undefined;
  } catch (error) {
    throw toAdapterError('publish an alarm again', error);
  }
};

function wayOf(name: DeadName): Way {
  const { way } = deadPlaces[name];
  switch (way.kind) {
    case 'queue':
      return toQueue(way.source);
    case 'transitions':
      return settledTransitions;
    case 'alerts':
      return publishedAgain;
    case 'operations':
      return alarmAgain;
    default:
      return way satisfies never;
  }
}

/**
 * Every letter of `name` once. Stopped between the sending and the removal it may be sent twice, which whoever receives it
 * knows as a repeat. @throws AdapterError, Refused
 */
export async function redriveLetters(name: DeadName, parts: RedriveParts): Promise<readonly LetterOutcome[]> {
  const url = parts.output(outputOf(name));
  const way = wayOf(name);
  const outcomes = new Map<string, LetterOutcome>();
  while (outcomes.size < parts.limit) {
    const letters = await someLetters(parts.sqs, url, hiddenForSeconds);
    const fresh = letters.filter(({ id }) => !outcomes.has(id)).slice(0, parts.limit - outcomes.size);
    if (fresh.length === 0) break;
    for (const letter of fresh) {
      await parts.pace();
      outcomes.set(letter.id, await redriveOne(name, url, letter, way, parts));
      parts.told?.(outcomes.size);
    }
  }
  return [...outcomes.values()];
}

async function redriveOne(
  name: DeadName,
  url: string,
  letter: Letter,
  way: Way,
  parts: RedriveParts,
): Promise<LetterOutcome> {
  const { audit, clock, by, reason, sqs } = parts;
  await audit.append({
    at: clock.now(),
    by,
    action: 'dead-letters redrive',
    target: `${name} ${letter.id}`,
    reason,
    detail: { sentAt: letter.sentAt, sha256: sha256(letter.body) },
  });
  const problem = await way(letter, parts);
  if (problem !== undefined) return { id: letter.id, outcome: 'kept', detail: problem };
  await removeLetter(sqs, url, letter);
  return { id: letter.id, outcome: 'back', detail: deadPlaces[name].back };
}
