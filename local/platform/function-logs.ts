/** What the functions wrote, from where the platform keeps it. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { InstanceFolder } from './paths.ts';

export const functionNames = ['ingest', 'notify', 'sweep', 'api'] as const;
export type FunctionName = (typeof functionNames)[number];

export interface LogLines {
  readonly lines: readonly string[];
  /** From when on the next call finds what is newer, in milliseconds. */
  readonly next: number;
}

/** Control characters of a log line could command the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

/** The group of a function: the stack names it, and puts the construct's name into it. */
async function groupOf(client: CloudWatchLogsClient, name: FunctionName): Promise<string | undefined> {
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  const names = logGroups.map(({ logGroupName }) => logGroupName ?? '');
  const construct = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return (
    names.find((group) => new RegExp(`[-/]${construct}Log[0-9A-F]{8}`).test(group)) ??
    names.find((group) => group.startsWith('/aws/lambda/') && group.includes(`-${construct}Function`))
  );
}

/** Most events of one page. */
const pageEventsMax = 10_000;

/**
 * Events of a group since an instant, oldest first.
 *
 * The emulator gives a full page and no token for what follows it: then the next page begins at the last instant, without
 * what is known of it.
 */
async function* eventsOf(client: CloudWatchLogsClient, logGroupName: string, since: number) {
  let startTime = since;
  let knownCount = 0;
  let nextToken: string | undefined;
  for (;;) {
    const page = await client.send(
      new FilterLogEventsCommand({ logGroupName, startTime, ...(nextToken ? { nextToken } : {}) }),
    );
    const { events = [] } = page;
    yield* events.slice(knownCount);
    nextToken = page.nextToken;
    knownCount = 0;
    if (nextToken !== undefined) continue;
    if (events.length < pageEventsMax) return;
    const last = events.at(-1)?.timestamp ?? startTime;
    const isOneInstant = events[0]?.timestamp === last;
    startTime = isOneInstant ? last + 1 : last;
    if (!isOneInstant) knownCount = events.length - events.findIndex(({ timestamp }) => timestamp === last);
  }
}

/** The lines of a function since an instant. */
export async function readLog(
  client: CloudWatchLogsClient,
  name: FunctionName,
  since: number,
): Promise<LogLines> {
  const logGroupName = await groupOf(client, name);
  if (logGroupName === undefined) return { lines: [], next: since };
  const lines: string[] = [];
  let next = since;
  for await (const { timestamp = 0, message = '' } of eventsOf(client, logGroupName, since)) {
    next = Math.max(next, timestamp + 1);
    lines.push(printable(message.trimEnd()));
  }
  return { lines, next };
}

/** Most lines that are kept of a function when the platform ends. */
const keptLinesMax = 2_000;

/** Keeps what the functions wrote: a platform in memory takes it along when it ends. */
export async function saveLogs(folder: InstanceFolder): Promise<void> {
  const client = new CloudWatchLogsClient({ maxAttempts: 1 });
  for (const name of functionNames) {
    const { lines } = await readLog(client, name, 0);
    await writeFile(path.join(folder.logs, `${name}.log`), `${lines.slice(-keptLinesMax).join('\n')}\n`);
  }
}
