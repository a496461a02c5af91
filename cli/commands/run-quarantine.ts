/** What `tocsin quarantine` does; loaded when somebody asks for it, because it brings the AWS SDK. */
import { systemClock } from '../../functions/adapters/clock.ts';
import { dynamoAuditLog } from '../../functions/adapters/dynamo/audit-log.ts';
import { sqsQueue } from '../../functions/adapters/sqs/queue.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import { Refused } from '../backtest/refused.ts';
import type { Deployment } from '../deployment.ts';
import { count, type Output } from '../output.ts';
import { paced } from '../pace.ts';
import { type Listed, listKept, type Place, readKept } from '../quarantine/kept.ts';
import { redriveVerdict } from '../quarantine/redrive-verdict.ts';
import { dropOne, knownOf, type Outcome, type QuarantineParts, redriveKept } from '../quarantine/work.ts';
import { doer, meter, onDeployment } from '../repair-command.ts';
import type { DeedOptions, ListKeptOptions, WantedOptions } from './repair-options.ts';

/** Characters of a payload that are shown. */
const shownCharsMax = 2_000;

const placeOf = (deployment: Deployment): Place => ({
  s3: deployment.s3,
  bucket: deployment.output('QuarantineBucketName'),
});
const tablesOf = (deployment: Deployment) => ({
  twins: deployment.output('TwinsTableName'),
  records: deployment.output('RecordsTableName'),
});

export const listQuarantine = (options: ListKeptOptions, output: Output): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const limit = Number(options.limit);
    if (!Number.isInteger(limit) || limit < 0)
      throw new Refused(`--limit: ${options.limit} is no whole number from 0`);
    const counts = new Map<string, number>();
    const shown: Listed[] = [];
    for await (const one of listKept(placeOf(deployment), options)) {
      const reason = one.key.split('/')[0] ?? '-';
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (shown.length < limit) shown.push(one);
    }
    const total = [...counts.values()].reduce((sum, many) => sum + many, 0);
    if (options.json) {
      output.line(JSON.stringify({ total, byReason: Object.fromEntries(counts), objects: shown }, null, 2));
      return 0;
    }
    for (const [reason, many] of counts) output.line(`${String(many).padStart(7)}  ${reason}`);
    for (const { key, sizeBytes } of shown) output.line(`${key}  ${sizeBytes} bytes`);
    if (total > shown.length) output.line(`and ${total - shown.length} more: --limit`);
    if (total === 0) output.line('the quarantine is empty');
    return 0;
  });

export const showQuarantined = (
  key: string,
  options: { readonly stage?: string; readonly json: boolean },
  output: Output,
): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const kept = await readKept(placeOf(deployment), key);
    if (kept === undefined) throw new Refused(`${key}: there is no such object of the quarantine`);
    const known = await knownOf(kept, { dynamo: deployment.dynamo, tables: tablesOf(deployment) });
    const verdict = redriveVerdict(kept, known, systemClock.now());
    if (options.json) {
      const { detail, outcome } = verdict;
      output.line(JSON.stringify({ key, ...kept, redrive: { outcome, detail } }, null, 2));
      return 0;
    }
    const { reason, detail, topic, clientId, receivedAt, records = [] } = kept;
    output.line(`${reason}: ${detail}`);
    for (const one of records) output.line(`  record ${one.recordIndex}: ${one.detail}`);
    output.line(`topic ${topic}, client ${clientId}, received ${rfc3339(receivedAt)}`);
    output.line(textOf(kept.data));
    const words = verdict.outcome === 'send' ? 'would be taken' : 'would be skipped';
    output.line(`redrive: ${words}: ${verdict.detail}`);
    return 0;
  });

/** Bytes for people: text with everything that moves a terminal escaped. */
function textOf(data: string): string {
  const text = Buffer.from(data, 'base64').toString('latin1').slice(0, shownCharsMax);
  return text.replace(/[^\x20-\x7e\n]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

async function partsOf(
  deployment: Deployment,
  options: DeedOptions,
  reason: string,
): Promise<QuarantineParts> {
  const tables = tablesOf(deployment);
  return {
    place: placeOf(deployment),
    dynamo: deployment.dynamo,
    tables,
    telemetry: sqsQueue(deployment.sqs, deployment.output('TelemetryQueueUrl')),
    audit: dynamoAuditLog(deployment.dynamo, tables.records),
    clock: systemClock,
    pace: paced(options.rate),
    by: options.yes ? await doer(options, deployment) : '-',
    reason,
    apply: options.yes,
  };
}

async function* keysOf(place: Place, keys: readonly string[], wanted: WantedOptions): AsyncGenerator<string> {
  if (keys.length > 0) yield* keys;
  else for await (const { key } of listKept(place, wanted)) yield key;
}

async function forEach(
  keys: readonly string[],
  options: DeedOptions,
  parts: QuarantineParts,
  output: Output,
  work: (key: string, parts: QuarantineParts) => Promise<Outcome>,
): Promise<0 | 1> {
  const progress = meter(output);
  const outcomes: Outcome[] = [];
  for await (const key of keysOf(parts.place, keys, options)) {
    outcomes.push(await work(key, parts));
    progress.at(`${outcomes.length} done`);
  }
  progress.end();
  const isBad = outcomes.some(
    ({ outcome }) => outcome === 'skipped' || outcome === 'failed' || outcome === 'gone',
  );
  if (options.json) output.line(JSON.stringify({ applied: options.yes, outcomes }, null, 2));
  else tellOutcomes(outcomes, options.yes, output);
  return isBad ? 1 : 0;
}

function tellOutcomes(outcomes: readonly Outcome[], isApplied: boolean, output: Output): void {
  for (const { key, outcome, detail } of outcomes) output.line(`${outcome.padEnd(8)} ${key}  ${detail}`);
  const sums = [...Map.groupBy(outcomes, ({ outcome }) => outcome)].map(
    ([name, all]) => `${all.length} ${name}`,
  );
  output.line(sums.length === 0 ? 'nothing fits' : sums.join(', '));
  if (!isApplied && outcomes.length > 0)
    output.line(
      `this is what would be: ${count(outcomes.length, 'object')} looked at, nothing was done. To do it: --yes`,
    );
}

export const redriveQuarantined = (
  keys: readonly string[],
  options: DeedOptions,
  output: Output,
): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) =>
    forEach(
      keys,
      options,
      await partsOf(deployment, options, options.reason ?? 'its cause is gone'),
      output,
      redriveKept,
    ),
  );

/** Throws away what is named, with a reason that the audit keeps. */
export async function dropQuarantined(
  keys: readonly string[],
  options: DeedOptions,
  output: Output,
): Promise<void> {
  const { reason, refusedFor } = options;
  const refuse = (remedy: string): void => {
    output.remark(remedy);
    output.exitWith(2);
  };
  if (reason === undefined) return refuse('nothing is thrown away without a reason: --reason <text>');
  if (keys.length === 0 && refusedFor === undefined)
    return refuse('name the keys, or what was refused for one reason: --refused-for <reason>');
  await onDeployment(options.stage, output, async (deployment) =>
    forEach(keys, options, await partsOf(deployment, options, reason), output, dropOne),
  );
}
