/** What `tocsin verify-archive` does; loaded when somebody asks for it, because it brings the engine and the AWS SDK. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../functions/adapters/clock.ts';
import { days, instant, rfc3339 } from '../../functions/domain/time.ts';
import { rangesText } from '../archive-check/compare.ts';
import { storedEpisodes, transitionsIn, type Uncovered, uncovered } from '../archive-check/law.ts';
import { type DeviceProblem, isFault, type Verified, verifyArchive } from '../archive-check/verify.ts';
import { createProgress } from '../backtest/progress.ts';
import { runBacktest } from '../backtest/run.ts';
import { count, type Output } from '../output.ts';
import { paced } from '../pace.ts';
import { readTables } from '../reconcile/read-tables.ts';
import type { Snapshot } from '../reconcile/snapshot.ts';
import { meter, onDeployment } from '../repair-command.ts';
import type { VerifyOptions } from './repair-options.ts';
import { bookAt } from './run-reconcile.ts';

/** Findings of one kind that are shown. */
const shownMax = 20;

const dayAt = (ms: number): string => rfc3339(instant(ms)).slice(0, 10);

export const runVerifyArchive = (options: VerifyOptions, output: Output): Promise<void> =>
  onDeployment(options.stage, output, async (deployment) => {
    const now = systemClock.now();
    const folder = options.keep ?? (await mkdtemp(join(tmpdir(), 'tocsin-archive-')));
    const pace = paced(options.rate);
    const progress = meter(output);
    try {
      const names = {
        twins: deployment.output('TwinsTableName'),
        records: deployment.output('RecordsTableName'),
      };
      const tables = await readTables(names, { dynamo: deployment.dynamo, pace });
      const verified = await verifyArchive({
        place: { s3: deployment.s3, bucket: deployment.output('ArchiveBucketName') },
        tables,
        from: options.from ?? dayAt(now - days(1)),
        until: options.until ?? dayAt(now),
        now,
        folder,
        pace,
        told: (done, all) => progress.at(`${done} of ${all} objects`),
      });
      progress.end();
      const isReplayed = options.replay && verified.tally.messages > 0;
      const broken = isReplayed ? await replay(folder, tables, options, output) : [];
      tell(verified, broken, options, output);
      const isBad = verified.objects.length + broken.length > 0 || verified.devices.some(isFault);
      return isBad ? 1 : 0;
    } finally {
      if (options.keep === undefined) await rm(folder, { recursive: true, force: true });
    }
  });

/** The archive through the code of ingest and the rules. @throws Refused */
async function replay(
  folder: string,
  { registrations, histories }: Snapshot,
  { book }: VerifyOptions,
  output: Output,
): Promise<readonly Uncovered[]> {
  const beside = await mkdtemp(join(tmpdir(), 'tocsin-inventory-'));
  try {
    const inventory = join(beside, 'devices.json');
    await writeFile(inventory, JSON.stringify([...registrations.values()]));
    const line = output.remark;
    const parts = { now: () => performance.now(), overwrite: output.overwrite, line };
    const wish = {
      path: folder,
      inventory,
      zone: undefined,
      columns: [],
      missing: 'gap',
      withSamples: false,
    } as const;
    const result = await runBacktest(wish, [await bookAt(book)], createProgress(parts));
    const stored = storedEpisodes(transitionsIn(histories.values()));
    const devices = new Set<string>(registrations.keys());
    return uncovered(result.episodes[0] ?? [], stored, devices, result.tally.until);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

function tell(
  verified: Verified,
  broken: readonly Uncovered[],
  { json, replay: isReplay }: VerifyOptions,
  output: Output,
): void {
  const { tally, objects, devices, unread } = verified;
  if (json) {
    const { refused, ...counted } = tally;
    const said = {
      ...counted,
      refused: Object.fromEntries(refused),
      objectProblems: objects,
      devices,
      unread,
      uncovered: broken,
    };
    output.line(JSON.stringify(said, null, 2));
    return;
  }
  const { objects: read, messages, records, canaries, repeats } = tally;
  output.line(
    `${count(read, 'object')}: ${count(messages, 'message')} with ${count(records, 'record')}, ${count(repeats, 'repeat')}, ${count(canaries, 'canary').replace('canarys', 'canaries')}`,
  );
  if (tally.from > 0)
    output.line(`received ${rfc3339(instant(tally.from))} to ${rfc3339(instant(tally.until))}`);
  for (const [reason, many] of tally.refused)
    output.line(`refused, and kept in quarantine: ${many} ${reason}`);
  for (const { key, line, found } of objects.slice(0, shownMax))
    output.line(`${key}${line > 0 ? `:${line}` : ''}: ${found}`);
  if (objects.length > shownMax) output.line(`and ${objects.length - shownMax} more objects or lines`);
  for (const [kind, all] of Map.groupBy(devices, (one) => one.kind)) tellDevices(kind, all, output);
  for (const deviceId of unread) output.line(`${deviceId}: its twin was written by newer code, not compared`);
  for (const { ruleId, subjectId, from, peak } of broken.slice(0, shownMax))
    output.line(`replayed and not stored: ${peak} ${ruleId} on ${subjectId} at ${rfc3339(instant(from))}`);
  if (isReplay) output.line(`replay: ${count(broken.length, 'episode')} without a stored one that covers it`);
  const faults = objects.length + broken.length + devices.filter(isFault).length;
  output.line(faults === 0 ? 'the archive is whole' : count(faults, 'finding'));
}

function tellDevices(kind: string, all: readonly DeviceProblem[], output: Output): void {
  const total = all.reduce((sum, one) => sum + one.count, 0);
  output.line(`${kind}: ${count(total, 'message')} of ${count(all.length, 'run')} of numbers`);
  for (const one of all.slice(0, shownMax))
    output.line(
      'ranges' in one
        ? `  ${one.deviceId} boot ${one.boot}: ${rangesText(one.ranges)}`
        : `  ${one.deviceId}: ${one.count} without a number`,
    );
  if (all.length > shownMax) output.line(`  and ${all.length - shownMax} more`);
}
