/** The latest log lines of a function, from where the platform keeps them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { readOutputs } from '../platform/cdk.ts';
import { clientEnvironment } from '../platform/environment.ts';
import { type InstanceFolder, instanceFolder, localFolder } from '../platform/paths.ts';
import { runningState } from '../platform/state.ts';
import { trustCa } from '../platform/trust.ts';

export const logNames = ['ingest', 'notify', 'sweep', 'api', 'emulator', 'cdk'] as const;
export type LogName = (typeof logNames)[number];

/** How far back the first lines reach, in milliseconds. */
const lookBackMs = 15 * 60_000;
const shownLinesMax = 100;
const pollEveryMs = 1_000;

/** Control characters of a log line could command the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}

async function showFile(file: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  for (const line of lines.slice(-shownLinesMax)) console.log(printable(line));
}

async function functionName(folder: InstanceFolder, name: string): Promise<string> {
  const outputs = await readOutputs(folder.outputs);
  const names: Record<string, string> = {
    ingest: outputs.IngestFunctionName,
    notify: outputs.NotifyFunctionName,
    sweep: outputs.SweepFunctionName,
    api: outputs.ApiFunctionName,
  };
  return names[name] ?? name;
}

/** Prints what is newer than `since` and returns the time after the last line. */
async function showSince(client: CloudWatchLogsClient, group: string, since: number): Promise<number> {
  let next = since;
  let nextToken: string | undefined;
  const lines: string[] = [];
  do {
    const page = await client.send(
      new FilterLogEventsCommand({
        logGroupName: group,
        startTime: since,
        ...(nextToken ? { nextToken } : {}),
      }),
    );
    for (const event of page.events ?? []) {
      next = Math.max(next, (event.timestamp ?? 0) + 1);
      lines.push(printable((event.message ?? '').trimEnd()));
    }
    nextToken = page.nextToken;
  } while (nextToken);
  for (const line of lines.slice(-shownLinesMax)) console.log(line);
  return next;
}

export async function showLogs(name: LogName, follows: boolean): Promise<boolean> {
  const folder = instanceFolder(localFolder);
  if (name === 'emulator' || name === 'cdk') {
    await showFile(path.join(folder.logs, `${name}.log`));
    return true;
  }
  const state = await runningState(folder);
  if (!state) throw new Error('nothing runs in this clone. Remedy: npm start, or npm run logs -- emulator');
  if (state.ca) await trustCa(state.ca);
  Object.assign(process.env, clientEnvironment({ url: state.endpoint }));
  const client = new CloudWatchLogsClient({});
  const group = `/aws/lambda/${await functionName(folder, name)}`;
  let since = await showSince(client, group, Date.now() - lookBackMs);
  while (follows) {
    await delay(pollEveryMs);
    since = await showSince(client, group, since);
  }
  return true;
}
