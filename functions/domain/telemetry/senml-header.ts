/** What this room knows: what devices say. This file: what the first SenML record says about its message. */
import { type Refusal, refusal } from './refusal.ts';

export interface SenmlHeader {
  readonly boot: string | undefined;
  readonly seq: number | undefined;
  readonly sentAtMs: number | undefined;
}

/** Version of SenML that is read; absent means this one. Source: RFC 8428 §4.4. */
export const senmlVersion = 10;

/** Longest `boot`, in characters of printable ASCII without the space. */
export const bootLengthMax = 32;

/** Largest time in seconds: the end of the year 9999. What is derived from it still fits stored state exactly. */
export const timeSecondsMax = 253_402_300_799;

/** Times below this many seconds are relative. Source: RFC 8428 §4.5.3. */
export const absoluteTimeMin = 2 ** 28;

const bootShape = /^[!-~]+$/;

export const headerFields: ReadonlySet<string> = new Set(['boot', 'seq', 'sent', 'bver']);

/** `boot`, `seq`, `sent` and `bver` of the first record; a bad one spoils the whole message. */
export function senmlHeader(
  record: Readonly<Record<string, unknown>>,
): { readonly ok: true; readonly header: SenmlHeader } | { readonly ok: false; readonly refusal: Refusal } {
  const { boot, seq, sent, bver } = record;
  if (bver !== undefined && bver !== senmlVersion)
    return typeof bver === 'number' && bver > senmlVersion
      ? bad('future-version', 'bver', `SenML version ${bver} is not known`)
      : bad('header-field', 'bver', `bver is not ${senmlVersion}`);
  if (boot !== undefined && !isBoot(boot)) return bad('header-field', 'boot', 'boot is unusable');
  if (seq !== undefined && !isSeq(seq)) return bad('header-field', 'seq', 'seq is unusable');
  if (sent !== undefined && !isTime(sent)) return bad('header-field', 'sent', 'sent is unusable');
  return { ok: true, header: { boot, seq, sentAtMs: sent === undefined ? undefined : toMs(sent) } };
}

/** Milliseconds, whole, of seconds with decimals. */
export const toMs = (seconds: number): number => Math.round(seconds * 1000) + 0;

const isBoot = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= bootLengthMax && bootShape.test(value);

const isSeq = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= timeSecondsMax;

const bad = (reason: Refusal['reason'], field: string, found: string) =>
  ({ ok: false, refusal: refusal(reason, found, { field }) }) as const;
