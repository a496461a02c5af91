/** What a function wrote is read to its end, though the emulator ends at ten thousand lines and says nothing of more. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { localCredentials, region } from '../../local/platform/environment.ts';
import { readLog } from '../../local/platform/function-logs.ts';
import { openServer } from '../support/http-server.ts';

const pageEventsMax = 10_000;

/** As the emulator answers: the oldest events from `startTime` on, at most a page, never a token. */
async function logsOf(instants: readonly number[]) {
  const events = instants.map((timestamp, number) => ({ timestamp, message: `line ${number}` }));
  const server = await openServer((response, count) => {
    const asked = JSON.parse(server.seen[count - 1]?.body.toString('utf8') || '{}');
    const isList = !('logGroupName' in asked);
    const found = events.filter(({ timestamp }) => timestamp >= asked.startTime).slice(0, pageEventsMax);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(
      JSON.stringify(
        isList ? { logGroups: [{ logGroupName: 'stack-IngestLog01234567-x' }] } : { events: found },
      ),
    );
  });
  const client = new CloudWatchLogsClient({
    endpoint: server.url,
    region,
    credentials: localCredentials,
    maxAttempts: 1,
  });
  try {
    return await readLog(client, 'ingest', 0);
  } finally {
    client.destroy();
    await server.close();
  }
}

test.each([
  ['three lines an instant', (number: number) => Math.floor(number / 3)],
  ['a page that ends with its instant', (number: number) => Math.floor(number / 10)],
])('25,000 lines, %s, are read once each and in order', async (_, instantOf) => {
  const count = 25_000;
  const { lines, next } = await logsOf(Array.from({ length: count }, (__, number) => instantOf(number)));
  expect(lines).toEqual(Array.from({ length: count }, (__, number) => `line ${number}`));
  expect(next).toBe(instantOf(count - 1) + 1);
});

test('more lines in one instant than a page holds do not hold the reader for ever', async () => {
  const { lines } = await logsOf([...Array.from({ length: pageEventsMax + 5 }, () => 7), 8]);
  expect(lines.at(-1)).toBe(`line ${pageEventsMax + 5}`);
});
