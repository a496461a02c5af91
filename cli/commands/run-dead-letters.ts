/** What `tocsin dead-letters` does; loaded when somebody asks for it, because it brings the AWS SDK. */
import { systemClock } from '../../functions/adapters/clock.ts';
import { dynamoAuditLog } from '../../functions/adapters/dynamo/audit-log.ts';
import { dynamoNotificationLog } from '../../functions/adapters/dynamo/notification-log.ts';
import { snsNotifier } from '../../functions/adapters/sns/notifier.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import { countLetters, type Letter, someLetters } from '../dead-letters/letters.ts';
import { type DeadName, deadNames, deadPlaces, outputOf } from '../dead-letters/places.ts';
import { redriveLetters } from '../dead-letters/work.ts';
import type { Deployment } from '../deployment.ts';
import { count, type Output } from '../output.ts';
import { paced } from '../pace.ts';
import { doer, meter, onDeployment } from '../repair-command.ts';
import type { ListLettersOptions, RedriveLettersOptions } from './repair-options.ts';

/** Characters of a body that are shown. */
const shownCharsMax = 200;

interface Looked {
  readonly name: DeadName;
  readonly count: number;
  readonly oldestSeenAt: string | undefined;
  readonly peek: readonly { readonly id: string; readonly sentAt: string; readonly body: string }[];
}

const shown = ({ id, sentAt, body }: Letter) => ({
  id,
  sentAt: rfc3339(sentAt),
  body: body.slice(0, shownCharsMax).replace(/[^\x20-\x7e]/g, '.'),
});

async function look({ sqs, output }: Deployment, name: DeadName, peek: number): Promise<Looked> {
  const url = output(outputOf(name));
  const total = await countLetters(sqs, url);
  const seen = total === 0 ? [] : await someLetters(sqs, url, 0);
  const [oldest] = seen.toSorted((a, b) => a.sentAt - b.sentAt);
  return {
    name,
    count: total,
    oldestSeenAt: oldest === undefined ? undefined : rfc3339(oldest.sentAt),
    peek: seen.slice(0, peek).map(shown),
  };
}

export const listDeadLetters = (options: ListLettersOptions, output: Output): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const names = deadNames.filter((name) => deployment.outputs.has(outputOf(name)));
    const found: Looked[] = [];
    for (const name of names) found.push(await look(deployment, name, options.peek));
    if (options.json) output.line(JSON.stringify(found, null, 2));
    else
      for (const { name, count: many, oldestSeenAt, peek } of found) {
        const { holds, back } = deadPlaces[name];
        const since = oldestSeenAt === undefined ? '' : `, oldest seen ${oldestSeenAt}`;
        output.line(`${String(many).padStart(7)}  ${name}: ${holds}${since}`);
        if (many > 0) output.line(`         redrive: ${back}`);
        for (const one of peek) output.line(`         ${one.sentAt} ${one.id} ${one.body}`);
      }
    return found.some((one) => one.count > 0) ? 1 : 0;
  });

export const redriveDeadLetters = (
  name: DeadName,
  options: RedriveLettersOptions,
  output: Output,
): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const url = deployment.output(outputOf(name));
    const { back } = deadPlaces[name];
    if (!options.yes) {
      const many = Math.min(await countLetters(deployment.sqs, url), options.limit);
      if (options.json) output.line(JSON.stringify({ applied: false, name, count: many, back }, null, 2));
      else output.line(`${count(many, 'letter')} of ${name}: ${back}. Nothing was moved. To do it: --yes`);
      return many > 0 ? 1 : 0;
    }
    const records = deployment.output('RecordsTableName');
    const progress = meter(output);
    const outcomes = await redriveLetters(name, {
      sqs: deployment.sqs,
      sns: deployment.sns,
      notifier: snsNotifier(deployment.sns, deployment.output('AlertsTopicArn')),
      log: dynamoNotificationLog(deployment.dynamo, records),
      audit: dynamoAuditLog(deployment.dynamo, records),
      clock: systemClock,
      pace: paced(options.rate),
      output: deployment.output,
      source: `urn:tocsin:${deployment.stage}`,
      by: await doer(options, deployment),
      reason: options.reason ?? 'its cause is gone',
      limit: options.limit,
      told: (done) => progress.at(`${done} letters`),
    });
    progress.end();
    const kept = outcomes.filter(({ outcome }) => outcome === 'kept');
    if (options.json) output.line(JSON.stringify({ applied: true, name, outcomes }, null, 2));
    else {
      for (const { id, detail } of kept) output.line(`kept ${id}: ${detail}`);
      output.line(`${count(outcomes.length - kept.length, 'letter')} back (${back}), ${kept.length} kept`);
    }
    return kept.length > 0 ? 1 : 0;
  });
