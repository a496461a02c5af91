import { ApiEnv, IngestEnv, NotifyEnv, SweepEnv } from '../../../functions/entry/env.ts';
import { queueUrl } from './aws/sqs.ts';

/** Who signs the tokens of people. */
export const issuer = 'https://issuer.example/pool';
export const scope = 'tocsin/api';
/** The rule that the simulator's broker has. */
export const ruleName = 'tocsin_virtual';
export const canaryTopicName = `$aws/rules/${ruleName}/tocsin/v1/-/canary`;

const common = { STAGE: 'simulation', TWINS_TABLE_NAME: 'twins', RECORDS_TABLE_NAME: 'records' };
const archive = { ARCHIVE_STREAM_NAME: 'archive', ARCHIVE_QUEUE_URL: queueUrl('archive') };
const topic = { ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:000000000000:alerts' };

/** The environment of each function, through the schemas that the deployed ones read. */
export const environment = {
  ingest: IngestEnv.parse({
    ...common,
    ...archive,
    BACKLOG_QUEUE_URL: queueUrl('backlog'),
    QUARANTINE_BUCKET_NAME: 'quarantine',
    SHADOW_BOOK: '',
    HEARTBEAT_URL: '',
  }),
  notify: NotifyEnv.parse({ ...common, ...topic }),
  sweep: SweepEnv.parse({
    ...common,
    ...archive,
    ...topic,
    TICKS_QUEUE_URL: queueUrl('ticks'),
    CANARY_TOPIC: canaryTopicName,
  }),
  api: ApiEnv.parse({
    ...common,
    TELEMETRY_RULE_NAME: ruleName,
    DEVICE_POLICY_NAME: 'device',
    REQUIRED_SCOPES: scope,
    TOKEN_ISSUER: issuer,
  }),
};
