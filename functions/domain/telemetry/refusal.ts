/** What this room knows: what devices say. This file: why something was refused, and what helps. */

/** One line a reason: what the sender or the operator can do about it. Closed: quarantine keys start with it. */
export const remedies = {
  'envelope-unreadable':
    'check what is subscribed to this queue: only the topic rule and its error action may be',
  'topic-malformed': 'publish to tocsin/v1/{deviceId}/{format}',
  'identity-mismatch': 'a device speaks only for itself: check its certificate, client id and base name',
  'device-unregistered': 'register the device first',
  'device-revoked': 'register the device anew with a new certificate',
  'format-unknown': 'use a format that this version knows: senml',
  'empty-payload': 'send a SenML pack; an empty body says nothing',
  'too-large': 'send at most 120 KB in a message',
  'not-utf8': 'encode JSON as UTF-8',
  'not-json': 'send one complete JSON array and nothing after it',
  'too-deep': 'nest at most 32 levels; a SenML pack needs two',
  'not-a-pack': 'send a JSON array of records (RFC 8428)',
  'empty-pack': 'send at least one record',
  'too-many-readings': 'send at most 500 readings in a message',
  'future-version': 'send SenML version 10, or update this system and replay',
  'must-understand': 'leave out fields that end in an underscore',
  'header-field': 'boot: 1 to 32 printable characters; seq: integer from 0; sent: Unix seconds',
  'base-field': 'bn and bu are texts, bt and bv are finite numbers; bs is not supported',
  'record-not-object': 'each record is a JSON object',
  'field-type': 'send each field as RFC 8428 types it: simple values, numbers as numbers',
  'field-misplaced': 'boot, seq, sent and bver belong to the first record',
  'forbidden-field': 'leave out __proto__, constructor and prototype',
  'duplicate-key': 'name each field once in a record',
  'number-out-of-range': 'send finite numbers of at most 2^53',
  'no-name': 'name the sensor: n, or bn and n together',
  'sensor-unknown': 'register the sensor on this device',
  'quantity-unknown': 'update this system: it does not know the registered quantity',
  'unit-mismatch': 'send the registered unit, or register the sensor anew',
  'kind-mismatch': 'send v for a number, vb for a switch, vs for a name',
  'no-value': 'send a value, or q to say why there is none',
  'several-values': 'send exactly one of v, vb, vs',
  'sum-unsupported': 'send v instead of the integrated sum s',
  'data-unsupported': 'send v, vb or vs instead of vd',
  'too-old': 'records are accepted for 31 days; import older ones by backtest',
  conflict: 'two messages share boot and seq: count seq up, and look for a cloned certificate',
  'sequence-reset': 'send a new boot text whenever seq starts again',
} as const;

export type RefusalReason = keyof typeof remedies;

/** What was refused: the whole message, or the one record at `recordIndex`. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** What was found, then what helps; safe to log. */
  readonly detail: string;
  readonly recordIndex?: number;
  readonly field?: string;
}

/** Longest excerpt of foreign text in a detail, in characters. */
export const excerptLengthMax = 40;

/** Foreign text as it may stand in a log line: quoted, cut, every character outside printable ASCII escaped. */
export function excerpt(text: string): string {
  const cut = text.length > excerptLengthMax ? `${text.slice(0, excerptLengthMax)}…` : text;
  return `"${cut.replace(/[^ -~…]|["\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/** A refusal whose detail ends with the remedy. `found` must be safe to log: foreign text goes through `excerpt`. */
export function refusal(
  reason: RefusalReason,
  found: string,
  where: { readonly recordIndex?: number; readonly field?: string } = {},
): Refusal {
  return { reason, detail: `${found}; ${remedies[reason]}`, ...where };
}

/** True for what raises `security.identity-mismatch` beside being quarantined. */
export const isSecurityMatter = (reason: RefusalReason): boolean =>
  reason === 'identity-mismatch' || reason === 'device-unregistered' || reason === 'device-revoked';
