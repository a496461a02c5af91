/** The objects of the quarantine: what they say, and which there are. */
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { codeOf } from '../../functions/adapters/aws-errors.ts';
import { Instant } from '../../functions/domain/time.ts';
import { Refused } from '../backtest/refused.ts';

/** Where objects go once their message was sent again: out of the way, and kept as long as the rest. */
export const redrivenPrefix = 'redriven/';

/** One refused message, as `ingest` keeps it. */
export const KeptRefusal = z.object({
  reason: z.string(),
  detail: z.string(),
  records: z.array(z.object({ recordIndex: z.int(), detail: z.string() })).optional(),
  topic: z.string(),
  clientId: z.string(),
  principal: z.string(),
  receivedAt: Instant,
  id: z.string(),
  data: z.base64(),
  dataCharsBeforeCut: z.int().optional(),
});
export type KeptRefusal = z.infer<typeof KeptRefusal>;

export interface Listed {
  readonly key: string;
  readonly sizeBytes: number;
  readonly keptAt: Date | undefined;
}

export interface Wanted {
  /** As in the key's first part. */
  readonly refusedFor?: string | undefined;
  /** Days of receipt, `2026-01-02`, both included. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

export interface Place {
  readonly s3: S3Client;
  readonly bucket: string;
}

const dayIn = (key: string): string => key.split('/')[1] ?? '';

/** Objects in order of their keys; what was sent again is left out. @throws Refused */
export async function* listKept(
  { s3, bucket }: Place,
  { refusedFor, from = '', until }: Wanted,
): AsyncGenerator<Listed> {
  let token: string | undefined;
  do {
    const prefix = refusedFor === undefined ? {} : { Prefix: `${refusedFor}/` };
    const more = token === undefined ? {} : { ContinuationToken: token };
    const page = await s3
      .send(new ListObjectsV2Command({ Bucket: bucket, ...prefix, ...more }))
      .catch((error: unknown) => cannot('list', bucket, error));
    for (const { Key: key = '', Size = 0, LastModified } of page.Contents ?? []) {
      const day = dayIn(key);
      if (key.startsWith(redrivenPrefix) || day < from || (until !== undefined && day > until)) continue;
      yield { key, sizeBytes: Size, keptAt: LastModified };
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}

function cannot(what: string, key: string, error: unknown): never {
  throw new Refused(
    `cannot ${what} ${key} (${codeOf(error)}). Remedy: check the key, --stage and the AWS credentials`,
  );
}

/** The object at `key`; undefined when it is gone, or is none of ours. @throws Refused */
export async function readKept({ s3, bucket }: Place, key: string): Promise<KeptRefusal | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return KeptRefusal.safeParse(JSON.parse((await Body?.transformToString()) ?? 'null')).data;
  } catch (error) {
    if (codeOf(error) === 'NoSuchKey' || error instanceof SyntaxError) return undefined;
    return cannot('read', key, error);
  }
}

/** Puts the object where it is listed no more; again it changes nothing. @throws Refused */
export async function putAside({ s3, bucket }: Place, key: string): Promise<void> {
  const CopySource = `${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
  await s3
    .send(new CopyObjectCommand({ Bucket: bucket, Key: `${redrivenPrefix}${key}`, CopySource }))
    .catch((error: unknown) => cannot('copy', key, error));
  await dropKept({ s3, bucket }, key);
}

/** Takes the object away for good; again it changes nothing. @throws Refused */
export async function dropKept({ s3, bucket }: Place, key: string): Promise<void> {
  await s3
    .send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: unknown) => cannot('delete', key, error));
}
