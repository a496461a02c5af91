/** The latest log lines of a function, of the emulator or of the CDK. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { clientEnvironment } from '../platform/environment.ts';
import { type FunctionName, functionNames, readLog } from '../platform/function-logs.ts';
import { cityFolder } from '../platform/paths.ts';
import { runningState } from '../platform/state.ts';
import { trustCa } from '../platform/trust.ts';

export const logNames = [...functionNames, 'emulator', 'cdk'] as const;
export type LogName = (typeof logNames)[number];

/** How far back the first lines reach, in milliseconds. */
const lookBackMs = 15 * 60_000;
const shownLinesMax = 100;
const pollEveryMs = 1_000;

async function showFile(file: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  for (const line of lines.slice(-shownLinesMax)) console.log(line);
}

const isFunction = (name: LogName): name is FunctionName => functionNames.some((one) => one === name);

export async function showLogs(name: LogName, follows: boolean): Promise<boolean> {
  const state = await runningState(cityFolder);
  if (!state || !isFunction(name)) {
    await showFile(path.join(cityFolder.logs, `${name}.log`)).catch(() => {
      throw new Error(`there is no log of ${name} in this clone. Remedy: npm start`);
    });
    return true;
  }
  if (state.ca) await trustCa(state.ca);
  Object.assign(process.env, clientEnvironment({ url: state.endpoint }));
  const client = new CloudWatchLogsClient({});
  let since = Date.now() - lookBackMs;
  do {
    const { lines, next } = await readLog(client, name, since);
    since = next;
    for (const line of lines.slice(-shownLinesMax)) console.log(line);
    if (follows) await delay(pollEveryMs);
  } while (follows);
  return true;
}
