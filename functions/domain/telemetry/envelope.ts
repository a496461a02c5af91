/** What this room knows: what devices say. This file: what the broker says about a message, opened from a queue. */
import * as z from 'zod';
import { type Instant, instant, Rfc3339 } from '../time.ts';
import { type Refusal, refusal } from './refusal.ts';

/** One device message with what the broker knows of it; nothing here comes from the payload. */
export interface Envelope {
  /** The broker's id of this message; the same in every redelivery by the queue. */
  readonly id: string;
  /** As the rule saw it: `tocsin/v1/…`. */
  readonly topic: string;
  readonly clientId: string;
  /** Certificate id; `-` where the broker did not say (error action). */
  readonly principal: string;
  readonly receivedAt: Instant;
  readonly data: Uint8Array;
  /** `error-action`: the rule could not deliver, so the message came the other way and counts as received then. */
  readonly via: 'rule' | 'error-action';
}

/** What the queue itself says of one of its messages. */
export interface Delivery {
  readonly messageId: string;
  /** When the queue had it first. */
  readonly sentAt: Instant;
}

export type ParsedEnvelope =
  | { readonly ok: true; readonly envelope: Envelope }
  | { readonly ok: false; readonly refusal: Refusal };

const lengthMax = 1_024;
const text = z.string().min(1).max(lengthMax);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= lengthMax;

/** Last instant that a date can be. */
const latestAt = 8.64e15;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

interface RuleDocument {
  readonly data: string;
  readonly fields: Omit<Envelope, 'data'>;
}

/** What the topic rule wrote. By hand, because it is asked of every message: a schema takes as long as to parse the JSON. */
function ruleDocument(document: unknown): RuleDocument | undefined {
  if (!isRecord(document)) return undefined;
  const { data, topic, clientId, principal = '-', receivedAt, id } = document;
  if (typeof data !== 'string' || !isText(topic) || !isText(clientId) || !isText(id) || !isText(principal))
    return undefined;
  if (typeof receivedAt !== 'number' || !Number.isSafeInteger(receivedAt)) return undefined;
  if (receivedAt < 0 || receivedAt > latestAt) return undefined;
  return { data, fields: { id, topic, clientId, principal, receivedAt: instant(receivedAt), via: 'rule' } };
}

/** Source: AWS IoT developer guide, error action message format. */
const ErrorActionDocument = z.object({
  topic: text,
  clientId: text,
  base64OriginalPayload: z.string(),
  cloudwatchTraceId: text.optional(),
});

/** Source: Amazon SNS developer guide, notification of a subscription without raw delivery. */
const SnsDocument = z.object({
  Type: z.literal('Notification'),
  MessageId: text,
  Message: z.string(),
  Timestamp: Rfc3339,
});

/**
 * The device message in the body of a queue message: the rule's own JSON, or the error document of its error
 * action, raw or inside an SNS notification.
 *
 * @throws never
 */
export function parseEnvelope(body: string, delivery: Delivery): ParsedEnvelope {
  const outer = parsed(body);
  if (outer === undefined) return refused('the body is not JSON');
  // A schema that does not match costs more than all the rest of this function, and nearly nothing comes by way of SNS.
  const sns =
    typeof outer === 'object' && outer !== null && 'Type' in outer ? SnsDocument.safeParse(outer) : undefined;
  if (sns?.success !== true) return openDocument(outer, delivery);
  const inner = parsed(sns.data.Message);
  if (inner === undefined) return refused('the notification holds no JSON');
  return openDocument(inner, { messageId: sns.data.MessageId, sentAt: sns.data.Timestamp });
}

function openDocument(document: unknown, delivery: Delivery): ParsedEnvelope {
  const rule = ruleDocument(document);
  if (rule !== undefined) return opened(rule.data, rule.fields);
  const error = ErrorActionDocument.safeParse(document);
  if (!error.success) return refused('it is neither an envelope of the topic rule nor an error document');
  const { base64OriginalPayload, topic, clientId, cloudwatchTraceId } = error.data;
  return opened(base64OriginalPayload, {
    id: cloudwatchTraceId ?? delivery.messageId,
    topic: withoutRulePrefix(topic),
    // The error document says `N/A` where `clientid()` says `n/a` (published over HTTPS).
    clientId: clientId === 'N/A' ? 'n/a' : clientId,
    principal: '-',
    receivedAt: delivery.sentAt,
    via: 'error-action',
  });
}

function opened(base64: string, fields: Omit<Envelope, 'data'>): ParsedEnvelope {
  const data = Buffer.from(base64, 'base64');
  // Node's decoder skips what is not base64; only a text that it would write itself is whole.
  if (data.toString('base64') !== base64) return refused('the payload is not base64');
  return { ok: true, envelope: { ...fields, data } };
}

/** Basic Ingest hides the rule's own prefix from the rule, the error document may show it. */
const withoutRulePrefix = (topic: string): string => topic.replace(/^\$aws\/rules\/[^/]+\//, '');

const refused = (found: string): ParsedEnvelope => ({
  ok: false,
  refusal: refusal('envelope-unreadable', found),
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
