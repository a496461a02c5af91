/** Objects of the archive brought to this machine, one after the other; those that are here already are left as they are. */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { codeOf } from '../../functions/adapters/aws-errors.ts';
import { days, instant, rfc3339 } from '../../functions/domain/time.ts';
import { Refused } from '../backtest/refused.ts';
import type { Pace } from '../pace.ts';

export interface ArchivePlace {
  readonly s3: S3Client;
  readonly bucket: string;
}

export interface ArchiveObject {
  readonly key: string;
  readonly sizeBytes: number;
}

/** Where the stream puts what it could not deliver as it was told to. */
const failedPrefix = 'failed/';

/** @example daysBetween('2026-02-28', '2026-03-01') // ['2026-02-28', '2026-03-01'] */
export function daysBetween(from: string, until: string): string[] {
  const all: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(until); at += days(1))
    all.push(rfc3339(instant(at)).slice(0, 10));
  return all;
}

async function* listed({ s3, bucket }: ArchivePlace, prefix: string): AsyncGenerator<ArchiveObject> {
  let token: string | undefined;
  do {
    const more = token === undefined ? {} : { ContinuationToken: token };
    const page = await s3
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...more }))
      .catch((error: unknown) => {
        throw new Refused(
          `cannot list ${bucket} (${codeOf(error)}). Remedy: check --stage and the AWS credentials`,
        );
      });
    for (const { Key: key = '', Size: sizeBytes = 0 } of page.Contents ?? []) yield { key, sizeBytes };
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

/** What arrived on these days, and what could not be delivered on any. @throws Refused */
export async function listArchive(
  place: ArchivePlace,
  from: string,
  until: string,
): Promise<{ readonly objects: readonly ArchiveObject[]; readonly failed: readonly ArchiveObject[] }> {
  const objects: ArchiveObject[] = [];
  for (const day of daysBetween(from, until))
    for await (const one of listed(place, `day=${day}/`)) objects.push(one);
  const failed: ArchiveObject[] = [];
  for await (const one of listed(place, failedPrefix)) failed.push(one);
  return { objects, failed };
}

async function isHere(path: string, sizeBytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === sizeBytes;
  } catch {
    return false;
  }
}

/**
 * The object as a file below `folder`; undefined with its reason when it cannot be read.
 *
 * Written under another name first, so that a run that was stopped leaves no half of one.
 */
export async function fetchObject(
  { s3, bucket }: ArchivePlace,
  { key, sizeBytes }: ArchiveObject,
  folder: string,
  pace: Pace,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  const path = join(folder, ...key.split('/').map((part) => part.replace(/^\.+/, '_')));
  if (await isHere(path, sizeBytes)) return { path };
  await pace();
  await mkdir(dirname(path), { recursive: true });
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!(Body instanceof Readable)) return { problem: 'it has no body' };
    await pipeline(Body, createWriteStream(`${path}.part`));
    await rename(`${path}.part`, path);
    return { path };
  } catch (error) {
    return { problem: codeOf(error) };
  }
}
