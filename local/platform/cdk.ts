/** The deployment: the same CDK app for every platform, through the CDK's own command line. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { assemblyIsCurrent, assemblyStamp, stampAssembly } from './assembly.ts';
import { startGroup } from './group.ts';
import { type InstanceFolder, nodeBin, repository } from './paths.ts';

const account = '000000000000';

/** What the stacks tell about themselves; the names are theirs. */
export const Outputs = z.object({
  ApiUrl: z.url(),
  TelemetryRuleName: z.string(),
  TelemetryTopicPrefix: z.string(),
  AlertsTopicArn: z.string(),
  OperationsTopicArn: z.string(),
  LiveViewQueueUrl: z.url(),
  UserPoolId: z.string(),
  UserPoolClientId: z.string(),
  TwinsTableName: z.string(),
  RecordsTableName: z.string(),
  QuarantineBucketName: z.string(),
  ArchiveBucketName: z.string(),
  TelemetryQueueUrl: z.url(),
  BacklogQueueUrl: z.url(),
  TicksQueueUrl: z.url(),
  DevicePolicyName: z.string(),
  IngestFunctionName: z.string(),
  NotifyFunctionName: z.string(),
  SweepFunctionName: z.string(),
  ApiFunctionName: z.string(),
  DashboardName: z.string(),
});
export type Outputs = z.infer<typeof Outputs>;

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The outputs of all stacks in a file written by `cdk deploy --outputs-file`. */
export async function readOutputs(file: string): Promise<Outputs> {
  const stacks = OutputsFile.parse(JSON.parse(await readFile(file, 'utf8')));
  return Outputs.parse(Object.assign({}, ...Object.values(stacks)));
}

export interface CdkRun {
  readonly folder: InstanceFolder;
  readonly env: NodeJS.ProcessEnv;
  /** Called with what the CDK is doing now. */
  readonly tell: (line: string) => void;
}

/** Removes the colours that a command line writes for a terminal. */
function plain(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is removed
  return line.replaceAll(/\u001b\[[0-9;]*m/g, '').trim();
}

const isFailure = (line: string) => /error|failed|denied|❌/i.test(line);

/** Runs one CDK command to its end, its output in `logs/cdk.log`. */
export async function runCdk(args: readonly string[], run: CdkRun): Promise<void> {
  await mkdir(run.folder.logs, { recursive: true });
  const group = startGroup(path.join(nodeBin, 'cdk'), args, {
    cwd: repository,
    env: { ...run.env, FORCE_COLOR: '0', CI: 'true' },
    logFile: path.join(run.folder.logs, 'cdk.log'),
    onLine: (line) => {
      const text = plain(line);
      if (text !== '') run.tell(text);
    },
  });
  if ((await group.exited) === 0) return;
  const lines = group.tail().map(plain);
  // A bundler's own finding says more than the summary that comes last.
  const reason = lines.find((line) => /\bERROR\b/.test(line)) ?? lines.findLast(isFailure);
  const log = path.relative(repository, path.join(run.folder.logs, 'cdk.log'));
  throw new Error(`cdk ${args[0]} failed: ${reason ?? lines.at(-1)}. Remedy: read ${log}`);
}

const notices = ['--no-notices', '--no-version-reporting'];

const localContext = ['--context', 'stage=local'];

/** Synthesises the stacks of the local stage, unless an assembly of the same inputs is there. */
async function synthesise(run: CdkRun): Promise<string> {
  const assembly = path.join(run.folder.root, 'cdk.out');
  const stamp = await assemblyStamp(localContext);
  if (await assemblyIsCurrent(assembly, stamp)) return assembly;
  run.tell('bundling the functions, synthesising the stacks');
  await rm(assembly, { recursive: true, force: true });
  await runCdk(['synth', '--quiet', ...localContext, '--output', assembly, ...notices], run);
  await stampAssembly(assembly, stamp);
  return assembly;
}

/** Deploys every stack of an assembly to the platform and returns their outputs. */
export async function deployAssembly(assembly: string, run: CdkRun): Promise<Outputs> {
  const outputs = ['--outputs-file', run.folder.outputs];
  const flags = ['--require-approval', 'never', '--method', 'direct', '--concurrency', '2'];
  await runCdk(['deploy', '--all', '--app', assembly, ...flags, ...outputs, ...notices], run);
  return readOutputs(run.folder.outputs);
}

/** Bootstraps the platform's account and deploys the stacks of the local stage. */
export async function deployPlatform(region: string, run: CdkRun): Promise<Outputs> {
  const assembly = await synthesise(run);
  // With an assembly at hand the bootstrap does not synthesise the app again.
  await runCdk(['bootstrap', `aws://${account}/${region}`, '--app', assembly, ...notices], run);
  return deployAssembly(assembly, run);
}
