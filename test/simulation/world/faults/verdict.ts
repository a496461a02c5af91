import type { FunctionName } from '../settings.ts';

/** One call of a service by a function, as the faults see it. */
export interface CallSite {
  readonly at: number;
  readonly fn: FunctionName;
  readonly service: string;
  readonly operation: string;
  /** Which call of its invocation, from 0. */
  readonly nth: number;
  /** Which invocation of its function, from 0. */
  readonly invocation: number;
  /** Ids of what the invocation was given: the same when it comes again. */
  readonly batch: readonly string[];
}

/** What becomes of a call. */
export type Verdict =
  | { readonly kind: 'well' }
  /** The service refuses; nothing happened. */
  | { readonly kind: 'refused'; readonly error: string }
  /** It happened, and the caller hears of an error. */
  | { readonly kind: 'unheard'; readonly error: string }
  /** The function's process ends here, before the call leaves or once it has been effective. */
  | { readonly kind: 'crash'; readonly isEffective: boolean }
  /** No answer ever comes: the function runs into its timeout. */
  | { readonly kind: 'hang'; readonly isEffective: boolean };

/** Where the world asks what goes wrong. Every answer comes from the seed alone. */
export interface Faults {
  onCall(call: CallSite): Verdict;
  /** Milliseconds until a call is effective and answered. */
  latencyMs(call: CallSite): number;
  /** Whether a batch call does only a part of what it is asked. */
  isPartial(service: string): boolean;
  /** How far eventually consistent reads and indexes are behind. */
  staleMs(what: 'read' | 'index'): number;
  /** What the queue does with a message besides delivering it: more copies after so many milliseconds each. */
  copiesMs(where: 'queue' | 'stream' | 'topic'): readonly number[];
  /** Whether a queue hands out one message now, and not all that fit into a batch: several pollers share what waits. */
  isSplit(): boolean;
  /** Milliseconds by which a delivery is late. */
  delayMs(where: 'queue' | 'stream' | 'topic' | 'rule'): number;
  /** Whether the topic rule cannot reach its queue, so that its error action takes over. */
  isRuleBlocked(): boolean;
  /** Whether the platform cannot start a function now. */
  isThrottled(fn: FunctionName): boolean;
  /** Whether the next process of a function is of the version before. */
  isOldVersion(fn: FunctionName): boolean;
  /** How the minute's plan comes: late by so many milliseconds, once for each entry; empty: not at all. */
  planDelaysMs(): readonly number[];
  /** A record of the stream is lost to the mapping: trimmed before it was read. */
  isTrimmed(): boolean;
  /** Host clocks differ from the world's by this. */
  hostSkewMs(fn: FunctionName): number;
}
