/**
 * What happened in a simulated world, as the world itself saw it and never as the product told it: what the oracle
 * judges. All instants are milliseconds since 1970 on the world's own clock, unless a field says otherwise.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Severity } from '../../functions/domain/severity.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** A sensor of the simulated city as its registration says. */
export interface CitySensor {
  readonly sensorId: string;
  readonly quantity: string;
  readonly periodMs: number;
  readonly tags: readonly string[];
  /** Measuring range; beyond it a value is a breach of every severity. Absent: no value is held to be beyond it. */
  readonly range?: { readonly min: number; readonly max: number };
  /** As registered; absent: units in messages are not judged. */
  readonly unit?: string;
}

export interface CityDevice {
  readonly deviceId: string;
  readonly enterpriseId: string;
  readonly siteId: string;
  readonly area: string;
  readonly sensors: readonly CitySensor[];
  readonly registeredAt: number;
}

/** One severity of a rule of the simulated city, in the few words that the oracle needs to judge it by itself. */
export interface CitySeverity {
  readonly severity: Severity;
  /** Raises when `measure` is at least `atLeast`. */
  readonly measure: 'value' | 'mean';
  /** Of a mean: how far back it reaches. */
  readonly windowMs?: number;
  readonly limit: string;
  readonly forMs: number;
  readonly clearForMs: number;
  /** `times: {count, within}`; absent: the first breach counts. */
  readonly times?: { readonly count: number; readonly withinMs: number };
}

/** A rule of the simulated city. The rule's YAML says the same; a test holds one to the other. */
export interface CityRule {
  readonly ruleId: string;
  readonly quantity: string;
  /** Limits by name, as they are in force before anybody changes them; all raise from above. */
  readonly limits: Readonly<Record<string, number>>;
  /** Clears below this limit. */
  readonly clearBelow: string;
  readonly severities: readonly CitySeverity[];
  readonly silentAfterMs: number;
  readonly silentSeverity: Severity;
}

/** A correlation of the simulated city: `count` sensors of one site under `memberRuleId` within `withinMs`. */
export interface CityCorrelation {
  readonly ruleId: string;
  readonly memberRuleId: string;
  readonly count: number;
  readonly withinMs: number;
  readonly severity: Severity;
  /** It ends when its pattern has not held for so long. @default 0 */
  readonly clearForMs?: number;
  /** Episodes that are lighter are no members. @default signal */
  readonly memberSeverityMin?: Severity;
}

export interface City {
  readonly devices: readonly CityDevice[];
  readonly rules: readonly CityRule[];
  readonly correlations: readonly CityCorrelation[];
}

/** A message that the broker took (PUBACK or HTTP 200) and handed to the topic rule. */
export interface Accepted {
  /** `newuuid()` of the topic rule. */
  readonly id: string;
  readonly topic: string;
  readonly clientId: string;
  readonly principal: string;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
  /** What the sender is, for the oracle's bounds: a true device, one with a wrong clock, an attacker, the canary. */
  readonly sender: 'device' | 'skewed' | 'hostile' | 'canary';
  /**
   * When a queue first handed it to an invocation: nothing can have come of it before. Absent: when it was received.
   */
  readonly takenAt?: number;
  /**
   * When a queue first let go of it without its having been sent on to another queue: all that comes of it is written by
   * then. Absent: by the end.
   */
  readonly doneAt?: number;
}

/** One request of a person over the API, and what came back; no status: it never answered. */
export interface HumanAct {
  readonly at: number;
  readonly act:
    | { readonly kind: 'acknowledge'; readonly alertId: string; readonly by: string }
    | {
        readonly kind: 'set-limit';
        readonly ruleId: string;
        readonly limit: string;
        readonly value: number;
        /** The sensor (`<deviceId>/<sensorId>`) that it is for. */
        readonly sensor: string;
        readonly validFrom: number;
        /** A regulator has signed: it may loosen. @default false */
        readonly isSigned?: boolean;
      };
  readonly status?: number;
  /** When the answer came. */
  readonly answeredAt?: number;
}

/** One item of a table that a write changed. */
export interface Change {
  readonly at: number;
  readonly table: 'twins' | 'records';
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** Whose write it was; writes of one transaction share `write`. */
  readonly by: 'ingest' | 'notify' | 'sweep' | 'api' | 'world';
  readonly write: number;
}

/** A notification that SNS accepted (its Publish took effect, whether or not the caller heard of it). */
export interface Published {
  readonly at: number;
  readonly messageId: string;
  readonly by: 'notify' | 'sweep';
  readonly attributes: Readonly<Record<string, string>>;
  /** The `default` body. */
  readonly body: string;
}

/** What a receiver of notifications got; every receiver's filter is `all`, or one area prefix. */
export interface Received {
  readonly at: number;
  readonly receiver: string;
  readonly messageId: string;
  readonly body: string;
}

export interface Receiver {
  readonly name: string;
  /** Absent: hears everything. */
  readonly areaPrefix?: string;
  /** It was subscribed and answered during the whole run. */
  readonly isLive: boolean;
}

/** A stretch of time, from its first instant until before its last. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Beginning of the warm-up, the faults, the healing, the quiet; and the end. */
export interface Phases {
  readonly warmUp: number;
  readonly faults: number;
  readonly heal: number;
  readonly quiet: number;
  readonly end: number;
  /** In these alone things fail, one after the other; between them everything comes right. @default one, from `faults` to `heal` */
  readonly troubles?: readonly Span[];
}

/** A canary that the broker took: when it was due, and what the world saw of its way. */
export interface CanarySeen {
  readonly instant: number;
  readonly receivedAt: number;
  readonly taken: number;
  readonly done: number;
}

/** The watermark as one write left it. */
export interface WatermarkStep {
  /** By the world's clock, of the write. */
  readonly at: number;
  readonly firstDueAt: number;
  readonly until: number | undefined;
  /** Canaries that had come while one before them was missing. */
  readonly early: readonly number[];
}

/**
 * What a long history no longer has in full, because it was judged as it went by: the canaries and the watermark in the form in
 * which the laws ask for them.
 */
export interface Bygone {
  readonly canaries: readonly CanarySeen[];
  readonly watermark: readonly WatermarkStep[];
}

export interface History {
  readonly seed: number;
  readonly city: City;
  readonly phases: Phases;
  readonly accepted: readonly Accepted[];
  readonly acts: readonly HumanAct[];
  readonly changes: readonly Change[];
  readonly published: readonly Published[];
  readonly receivers: readonly Receiver[];
  readonly received: readonly Received[];
  /** Objects of the quarantine by key. */
  readonly quarantine: ReadonlyMap<string, string>;
  /** Lines of the archive in the order of arrival, without their newline. */
  readonly archive: readonly string[];
  /** Final content of the tables. */
  readonly tables: { readonly twins: readonly Item[]; readonly records: readonly Item[] };
  /** Bodies that are left in queues at the end, dead-letter queues too, by the queue's name. */
  readonly left: ReadonlyMap<string, readonly string[]>;
  /** Metrics of the product, summed by name. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Lines of the functions' logs. */
  readonly logs: readonly string[];
  /** Personal data that people and devices put in: no log line may show any of it. */
  readonly personal?: readonly string[];
  /** Invocations that ended with an error of the handler itself. */
  readonly crashes: readonly { readonly at: number; readonly by: string; readonly message: string }[];
  /** Spans in which ingest, or the way to it, was delayed by more than the product's own bound of 30 s. */
  readonly delayedUntil: number;
  /** Of a long history: what `accepted` and `changes` no longer have. */
  readonly bygone?: Bygone;
  /** Instants of the ticks that their queue took, and of those that are in it at the end or among its dead letters. */
  readonly ticks: {
    readonly planned: ReadonlySet<number>;
    readonly left: ReadonlySet<number>;
    /** When the queue first let go of each for good. @default in time */
    readonly doneAt?: ReadonlyMap<number, number>;
    /** How long before its instant a tick was planned, of the one that was planned longest before. @default not known */
    readonly aheadMs?: number;
  };
}
