/** The environment of each function: read once at cold start; an infra test compares the keys with the template. */
import * as z from 'zod';

const name = z.string().min(1);
const url = z.url();
const arn = z.string().startsWith('arn:');

const common = {
  STAGE: name,
  TWINS_TABLE_NAME: name,
  RECORDS_TABLE_NAME: name,
};

/** Local platforms give one address for everything; on AWS each client finds its own. */
const archive = { ARCHIVE_STREAM_NAME: name, ARCHIVE_QUEUE_URL: url };

export const IngestEnv = z.object({
  ...common,
  ...archive,
  BACKLOG_QUEUE_URL: url,
  QUARANTINE_BUCKET_NAME: name,
  /** Name of the candidate rule book beside the bundle; empty: nothing is evaluated beside the live book. */
  SHADOW_BOOK: z.string(),
  /** Called at each canary's arrival; empty: no dead-man's switch outside the account. */
  HEARTBEAT_URL: z.union([z.literal(''), url]),
});

export const NotifyEnv = z.object({ ...common, ALERTS_TOPIC_ARN: arn });

export const SweepEnv = z.object({
  ...common,
  ...archive,
  TICKS_QUEUE_URL: url,
  ALERTS_TOPIC_ARN: arn,
  /** Topic of the canary's publish, through the rule: `$aws/rules/<rule>/tocsin/v1/-/canary`. */
  CANARY_TOPIC: name,
});

export const ApiEnv = z.object({
  ...common,
  /** Name of the topic rule: registration returns the full topic. */
  TELEMETRY_RULE_NAME: name,
  DEVICE_POLICY_NAME: name,
  /** Scopes of which a token must carry one, separated by spaces. */
  REQUIRED_SCOPES: name,
  TOKEN_ISSUER: url,
});
