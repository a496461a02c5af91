/** What of the hour is not where it must be: in the twins' memory of numbers, and in the archive. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { fetchObject, listArchive } from '../../cli/archive-check/fetch.ts';
import { createLedger } from '../../cli/archive-check/ledger.ts';
import { readObject } from '../../cli/archive-check/read.ts';
import { unpaced } from '../../cli/pace.ts';
import { readTables } from '../../cli/reconcile/read-tables.ts';
import { DeviceId } from '../../functions/domain/ids.ts';
import { placeOf, type SeqRanges } from '../../functions/domain/telemetry/seq-ranges.ts';
import { telemetryIn } from '../../functions/domain/twin/twin.ts';
import type { BenchCity } from '../city.ts';

export interface Lost {
  readonly inTwins: number;
  readonly inArchive: number;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const absent = (seqCount: number, found: readonly SeqRanges[]): number =>
  Array.from({ length: seqCount }, (_, number) => number + 1).filter(
    (seq) => !found.some((ranges) => placeOf(ranges, seq).isIn),
  ).length;

/** Numbers 1 to `seqs` of each device in the life `boot` that twins or archive do not know. */
export async function lostOf(
  { platform }: BenchCity,
  seqs: ReadonlyMap<string, number>,
  boot: string,
): Promise<Lost> {
  const { outputs } = platform;
  const [dynamo, s3] = [new DynamoDBClient({}), new S3Client({})];
  const folder = await mkdtemp(path.join(tmpdir(), 'tocsin-drain-'));
  try {
    const names = { twins: outputs.TwinsTableName, records: outputs.RecordsTableName };
    const tables = await readTables(names, { dynamo, pace: unpaced });
    const ledger = createLedger(tables.registrations);
    const place = { s3, bucket: outputs.ArchiveBucketName };
    // Objects lie under the day of their delivery, which may be another than that of their messages.
    const { objects } = await listArchive(place, day(Date.now() - 86_400_000), day(Date.now()));
    for (const object of objects) {
      const fetched = await fetchObject(place, object, folder, unpaced);
      if (!('problem' in fetched)) await readObject(object.key, fetched.path, ledger);
    }
    let [inTwins, inArchive] = [0, 0];
    for (const [name, seqCount] of seqs) {
      const deviceId = DeviceId.parse(name);
      const archived = ledger.devices.get(deviceId)?.boots.get(boot);
      const twin = tables.twins.get(deviceId);
      const lives = twin === undefined ? [] : (telemetryIn(twin.bytes)?.memory.lives ?? []);
      const known = lives.filter((life) => life.boot === boot);
      inTwins += absent(
        seqCount,
        known.flatMap(({ older, recent }) => [older, recent]),
      );
      inArchive += absent(seqCount, archived === undefined ? [] : [archived.seqs]);
    }
    return { inTwins, inArchive };
  } finally {
    dynamo.destroy();
    s3.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}
