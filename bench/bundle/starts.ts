/** How long Node takes to load a module, as a whole new process: what a cold start is made of. */
import { spawnSync } from 'node:child_process';
import type * as z from 'zod';
import type { ApiEnv, IngestEnv, NotifyEnv, SweepEnv } from '../../functions/entry/env.ts';
import { median } from '../numbers.ts';

type OurVariables = z.input<typeof IngestEnv> &
  z.input<typeof NotifyEnv> &
  z.input<typeof SweepEnv> &
  z.input<typeof ApiEnv>;

/** Passes the schema of every function's environment; nobody is called while a module loads. */
const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  STAGE: 'bench',
  TWINS_TABLE_NAME: 'twins',
  RECORDS_TABLE_NAME: 'records',
  ARCHIVE_STREAM_NAME: 'archive',
  ARCHIVE_QUEUE_URL: 'https://sqs.example.org/1/archive',
  BACKLOG_QUEUE_URL: 'https://sqs.example.org/1/backlog',
  TICKS_QUEUE_URL: 'https://sqs.example.org/1/ticks',
  QUARANTINE_BUCKET_NAME: 'quarantine',
  HEARTBEAT_URL: '',
  SHADOW_BOOK: '',
  ALERTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:1:alerts',
  CANARY_TOPIC: 'canary',
  TELEMETRY_RULE_NAME: 'tocsin_bench',
  DEVICE_POLICY_NAME: 'device',
  REQUIRED_SCOPES: 'scope',
  TOKEN_ISSUER: 'https://id.example.org/',
} satisfies OurVariables & NodeJS.ProcessEnv;

/** Milliseconds of the import alone, told by the process itself: the start of Node is everybody's. */
function importMs(file: string): number {
  const script = `const from = performance.now(); await import(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - from)); process.exit();`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: environment,
    encoding: 'utf8',
  });
  const took = Number(ran.stdout);
  if (ran.status === 0 && ran.stdout !== '' && Number.isFinite(took)) return took;
  throw new Error(`${file} does not load: ${ran.stderr.trim().split('\n')[0] ?? 'it says nothing'}`);
}

/** The median import time of each file over `rounds` starts, in turn so that the machine's moods meet all alike. */
export function medianImportMs(files: readonly string[], rounds: number): readonly number[] {
  const times: number[][] = files.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [position, file] of files.entries()) times[position]?.push(importMs(file));
  return times.map(median);
}
