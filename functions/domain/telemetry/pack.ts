/** What this room knows: what devices say. This file: a message after decoding, whatever its format was. */
import type { Instant } from '../time.ts';
import type { Refusal } from './refusal.ts';

/** Most readings of one message. */
export const readingCountMax = 500;

/** One record as sent: named, timed by the device's clock, not yet compared with the registration. */
export interface RawRecord {
  /** Position in the pack, from 0. */
  readonly index: number;
  readonly sensorId: string;
  /** Milliseconds by the clock that `sent` was read from; by ours if it was relative and `sent` is absent. */
  readonly deviceAtMs: number;
  /** `null`: the device says that there is no value. */
  readonly value: number | boolean | string | null | undefined;
  /** What a base adds to a number; 0 where there is none. */
  readonly baseValue: number;
  readonly unit: string | undefined;
  /** Unit of the pack; does not bind switches and names. */
  readonly baseUnit: string | undefined;
  /** The device's own word on quality (`q`). */
  readonly flag: string | undefined;
}

export interface Pack {
  readonly boot: string | undefined;
  readonly seq: number | undefined;
  /** The device's clock when the message left. */
  readonly sentAtMs: number | undefined;
  /** True when `sent` or some record's time is absolute: equal bytes are then the same message. */
  readonly hasClock: boolean;
  readonly records: readonly RawRecord[];
  /** Records that could not be read; each has its index. */
  readonly refusals: readonly Refusal[];
}

export type DecodedPack =
  | { readonly ok: true; readonly pack: Pack }
  | { readonly ok: false; readonly refusal: Refusal };

/** What a decoder may know beside the bytes: nothing of it can be claimed by the payload. */
export interface DecodeContext {
  readonly deviceId: string;
  readonly receivedAt: Instant;
}

/** Bytes of one format to a pack. Never throws; refuses the whole only for what spoils every record. */
export type Decoder = (bytes: Uint8Array, context: DecodeContext) => DecodedPack;
