/**
 * List prices of AWS in us-east-1 in US dollars, first tier, without free tiers.
 *
 * Sources: the public price pages https://aws.amazon.com/<service>/pricing/ of IoT Core, SQS, Lambda, DynamoDB, Data
 * Firehose, S3, CloudWatch, SNS, as known in November 2025. Not billed: nobody has run this bench's load on AWS.
 */
export const pricesAsOf = '2025-11';

const million = 1_000_000;

/** One rule triggered, or one action of it, up to 5 KB. Basic Ingest: messaging itself is free. */
export const iotRuleOrAction = 0.15 / million;
export const iotMeterBytes = 5 * 1024;
/** A device connected for one minute. */
export const iotConnectionMinute = 0.08 / million;

/** One request of a standard queue, up to 64 KB. */
export const sqsRequest = 0.4 / million;
export const sqsRequestBytes = 64 * 1024;

/** One request of a function, and one GB-second on ARM. */
export const lambdaRequest = 0.2 / million;
export const lambdaGbSecond = 0.000_013_333_4;

/** Tables on demand, since November 2024. Reads of a stream by a function's mapping are free. */
export const dynamoWriteUnit = 0.625 / million;
export const dynamoReadUnit = 0.125 / million;

/** One GB into a delivery stream; each record counts in steps of 5 KB. */
export const firehoseGb = 0.029;
export const firehoseStepBytes = 5 * 1024;

/** S3 Standard. */
export const s3Put = 0.005 / 1000;
export const s3GbMonth = 0.023;

/** Logs taken in, and a metric of our own for a month. */
export const logGb = 0.5;

/** One publish of up to 64 KB. Deliveries to queues are free; SMS and e-mail are billed by the message. */
export const snsPublish = 0.5 / million;

/** One schedule's call. */
export const schedulerCall = 1 / million;

export const gb = 2 ** 30;
