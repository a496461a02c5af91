import { createHash, createHmac } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type S3Place, signedS3Put } from '../../functions/adapters/s3/signed-put.ts';
import { duration } from '../../functions/domain/time.ts';
import { openServer, type SeenRequest } from '../support/http-server.ts';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const credentials = async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey, sessionToken: 'token' });
const { sha256 } = new DynamoDBClient({ region: 'eu-west-1' }).config;
const place = (endpoint: string, given: Partial<S3Place> = {}): S3Place => ({
  bucket: 'bucket',
  region: 'eu-west-1',
  endpoint,
  credentials,
  sha256,
  retryAfter: [duration(1), duration(1)],
  ...given,
});
const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest();

/** The signature as AWS's guide computes it, from nothing but the request as it arrived. */
function signatureOf({ method, url, headers, body }: SeenRequest): string {
  const [, day = '', scope = '', signedNames = ''] =
    /Credential=AKIDEXAMPLE\/(\d{8})\/(\S+), SignedHeaders=(\S+),/.exec(String(headers['authorization'])) ??
    [];
  const signed = signedNames.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url, '', signed.join(''), signedNames, hash(body)].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${scope}`, hash(canonical)].join('\n');
  const key = ['eu-west-1', 's3', 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secretAccessKey}`, day));
  return hmac(key, text).toString('hex');
}

describe('the signed put of S3', () => {
  test('arrives whole, with a signature that its receiver computes alike [SigV4]', async () => {
    const server = await openServer((response) => response.end());
    await signedS3Put(place(server.url))('reason/2026-01-02/abc.json', '{"a":"甲"}');
    const [request] = server.seen;
    await server.close();
    if (request === undefined) throw new Error('nothing arrived');
    expect(request).toMatchObject({ method: 'PUT', url: '/bucket/reason/2026-01-02/abc.json' });
    expect(request.body.toString('utf8')).toBe('{"a":"甲"}');
    expect(request.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amz-content-sha256': hash(request.body),
      'x-amz-checksum-sha256': createHash('sha256').update(request.body).digest('base64'),
      'x-amz-security-token': 'token',
    });
    expect(request.headers['authorization']).toContain(`Signature=${signatureOf(request)}`);
    expect(request.headers['authorization']).toMatch(/SignedHeaders=\S*host;/);
  });

  test('is tried again when S3 is ill, as often as there are pauses', async () => {
    const server = await openServer((response, count) => {
      response.statusCode = count < 3 ? 503 : 200;
      response.end('<Error><Code>SlowDown</Code></Error>');
    });
    await signedS3Put(place(server.url))('k', '{}');
    await server.close();
    expect(server.seen).toHaveLength(3);
  });

  test('fails with S3’s name for it and nothing that was sent, once every try failed', async () => {
    const server = await openServer((response) => {
      response.statusCode = 503;
      response.end('<Error><Code>SlowDown</Code><Message>{"phone":138}</Message></Error>');
    });
    const put = signedS3Put(place(server.url))('k', '{"phone":138}');
    await expect(put).rejects.toMatchObject({ message: 'put object: SlowDown', retryable: true });
    await expect(put).rejects.not.toMatchObject({ cause: { message: expect.stringContaining('138') } });
    await server.close();
    expect(server.seen).toHaveLength(3);
  });

  test('is not tried again when it can never succeed', async () => {
    const server = await openServer((response) => {
      response.statusCode = 400;
      response.end('<Error><Code>EntityTooLarge</Code></Error>');
    });
    await expect(signedS3Put(place(server.url))('k', '{}')).rejects.toMatchObject({ retryable: false });
    await server.close();
    expect(server.seen).toHaveLength(1);
  });

  test('a server that does not answer is a failure that may pass', async () => {
    const server = await openServer(() => undefined);
    const put = signedS3Put(place(server.url, { timeout: duration(20), retryAfter: [] }));
    await expect(put('k', '{}')).rejects.toMatchObject({
      message: 'put object: TimeoutError',
      retryable: true,
    });
    await server.close();
  });
});
