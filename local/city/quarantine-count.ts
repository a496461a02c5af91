/** How many messages are in quarantine. */
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

export async function countQuarantined(bucket: string): Promise<number> {
  const client = new S3Client({});
  let count = 0;
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, ...(token ? { ContinuationToken: token } : {}) }),
    );
    count += page.KeyCount ?? 0;
    token = page.NextContinuationToken;
  } while (token);
  return count;
}
