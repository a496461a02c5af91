/** What this room knows: what devices say. This file: what the broker says about a message, opened from a queue. */
import * as z from 'zod';
import { type Instant, instant } from '../time.ts';
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

const text = z.string().min(1).max(1_024);

const RuleDocument = z.object({
  data: z.string(),
  topic: text,
  clientId: text,
  principal: text.optional(),
  receivedAt: z.int().nonnegative().max(8.64e15),
  id: text,
});

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
  Timestamp: z.iso.datetime({ offset: true }),
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
  return openDocument(inner, {
    messageId: sns.data.MessageId,
    sentAt: instant(Date.parse(sns.data.Timestamp)),
  });
}

function openDocument(document: unknown, delivery: Delivery): ParsedEnvelope {
  const rule = RuleDocument.safeParse(document);
  if (rule.success) {
    const { data, principal = '-', receivedAt, ...rest } = rule.data;
    return opened(data, { ...rest, principal, receivedAt: instant(receivedAt), via: 'rule' });
  }
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
