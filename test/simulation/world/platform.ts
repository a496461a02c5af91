import type { VirtualBroker } from '../../../sensors-sim/virtual/broker.ts';
import { itemsFor, type RegisteredCity } from '../city/registered.ts';
import type { History, Receiver } from '../history.ts';
import { createFirehose } from './aws/firehose.ts';
import { createQueue, type SimQueue, type Stored } from './aws/queue.ts';
import { mapQueue } from './aws/queue-mapping.ts';
import { createSqs } from './aws/sqs.ts';
import { mapStream, type Stream } from './aws/stream-mapping.ts';
import { createTopic } from './aws/topic.ts';
import { createTopicRule } from './aws/topic-rule.ts';
import { createDynamo } from './dynamo/dynamo.ts';
import { recordsShape, twinsShape } from './dynamo/shapes.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults/verdict.ts';
import { loadFunction, type Services } from './functions.ts';
import { createLambda, type Lambda, type Outcome, type Sandbox } from './lambda.ts';
import { personal } from './people/personal.ts';
import {
  type FunctionName,
  mappings,
  type QueueName,
  queues as queueSettings,
  shortenedVisibility,
} from './settings.ts';
import { receivers, type Story } from './story.ts';
import type { Trace } from './trace.ts';
import { createWhereabouts, type Whereabouts } from './whereabouts.ts';

export interface PlatformParts {
  readonly registered: RegisteredCity;
  readonly engine: Engine;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly story: Story;
  /** Messages that were not done come again sooner. */
  readonly isShortened: boolean;
  /** A publish over HTTPS, as the canary's. */
  publish: VirtualBroker['publish'];
  heard(receiver: Receiver, body: string): void;
}

/** Whoever has judged some of the ticks forgets them. */
export interface PlatformTicks {
  readonly planned: Set<number>;
  readonly left: ReadonlySet<number>;
  readonly doneAt: Map<number, number>;
  readonly aheadMs: number;
}

/** The simulated AWS with the product's functions in it. */
export interface Platform {
  readonly lambda: Lambda;
  readonly queues: Readonly<Record<QueueName, SimQueue>>;
  readonly rule: ReturnType<typeof createTopicRule>;
  readonly stream: Stream;
  readonly whereabouts: Whereabouts;
  /** The ticks as their queue has seen them until now. */
  ticks(): PlatformTicks;
  /** Removes items whose time to live was past `lagMs` milliseconds ago, as the tables themselves do. */
  expire(lagMs: number): void;
  history(seed: number, phases: History['phases']): History;
}

export function createPlatform(parts: PlatformParts): Platform {
  const { registered, engine, faults, trace, story } = parts;
  let ids = 0;
  const nextId = (): string => String(++ids);
  const whereabouts = createWhereabouts(engine);
  const planned = new Set<number>();
  const doneTicks = new Map<number, number>();
  let aheadMs = 0;
  const watchTick = (what: 'sent' | 'taken' | 'gone', body: string): void => {
    if (what === 'taken') return;
    const at = tickIn(body);
    if (what === 'sent') {
      planned.add(at);
      aheadMs = Math.max(aheadMs, at - engine.now());
    }
    if (what === 'gone' && !doneTicks.has(at)) doneTicks.set(at, engine.now());
  };
  const queues = queuesOf(parts, nextId, {
    ...whereabouts,
    watch: (queue) => (queue === 'ticks' ? watchTick : whereabouts.watch(queue)),
  });
  let writer: FunctionName | 'world' = 'world';
  const dynamo = createDynamo(
    {
      now: engine.now,
      staleBy: faults.staleMs,
      isPartial: () => faults.isPartial('dynamo'),
      changed: ({ table, before, after, write }) => {
        const name = table === 'twins' ? 'twins' : 'records';
        story.changes.push({ at: engine.now(), table: name, before, after, by: writer, write });
        if (name === 'records') stream.take(before, after);
      },
    },
    [twinsShape, recordsShape],
  );
  const items = itemsFor(registered, story.city.devices);
  dynamo.load('twins', items.twins);
  dynamo.load('records', items.records);

  const services = servicesOf(parts, queues, nextId, (by, command) => {
    writer = by;
    return dynamo.execute(command);
  });
  const { books } = registered;
  const load = (sandbox: Sandbox) =>
    loadFunction({
      fn: sandbox.fn,
      book: sandbox.isOld ? books.before : books.live,
      call: (service, operation, effect) => lambda.call(sandbox, service, operation, effect),
      services,
      now: () => engine.now() + faults.hostSkewMs(sandbox.fn),
      heard: {
        log: (line) => story.logs.push(line),
        metric: (name, value) => {
          story.metrics[name] = (story.metrics[name] ?? 0) + value;
        },
      },
    });
  const ended = (by: FunctionName, outcome: Outcome): void => {
    if (outcome.kind === 'failed') story.crashes.push({ at: engine.now(), by, message: outcome.message });
    if (outcome.kind === 'killed') story.crashes.push({ at: engine.now(), by, message: outcome.why });
  };
  const lambda: Lambda = createLambda({ engine, faults, trace, load, ended });
  for (const mapping of mappings) mapQueue(engine, lambda, queues[mapping.queue], mapping, faults.isSplit);
  const stream = mapStream(engine, lambda, faults, () => {});
  const rule = createTopicRule({
    engine,
    faults,
    telemetry: queues.telemetry,
    rejected: queues.rejected,
    accepted: story.accepted,
    sent: whereabouts.sent,
  });

  const ticks = (): PlatformTicks => ({
    planned,
    left: new Set(
      queues.ticks.messages.map(({ body }) => tickIn(body)).concat(queues.ticks.dead.map(tickIn)),
    ),
    doneAt: doneTicks,
    aheadMs,
  });

  return {
    lambda,
    queues,
    rule,
    stream,
    whereabouts,
    ticks,
    expire: (lagMs) => {
      writer = 'world';
      dynamo.expire(lagMs);
    },
    history: (seed, phases) => ({
      ...story,
      seed,
      phases,
      receivers,
      personal: Object.values(personal),
      tables: { twins: dynamo.items('twins'), records: dynamo.items('records') },
      accepted: whereabouts.told(arrivedOf(story, phases.end)),
      left: leftIn(queues, phases),
      delayedUntil: phases.heal,
      ticks: ticks(),
    }),
  };
}

function queuesOf(
  { engine, faults, isShortened }: PlatformParts,
  nextId: () => string,
  whereabouts: Whereabouts,
): Record<QueueName, SimQueue> {
  const visibilityShare = isShortened ? shortenedVisibility : 1;
  const queue = (name: QueueName): SimQueue =>
    createQueue({
      engine,
      faults,
      name,
      settings: {
        ...queueSettings[name],
        visibilityMs: Math.round(queueSettings[name].visibilityMs * visibilityShare),
      },
      nextId,
      watch: whereabouts.watch(name),
    });
  return {
    telemetry: queue('telemetry'),
    backlog: queue('backlog'),
    rejected: queue('rejected'),
    archive: queue('archive'),
    ticks: queue('ticks'),
  };
}

function servicesOf(
  parts: PlatformParts,
  queues: Readonly<Record<QueueName, SimQueue>>,
  nextId: () => string,
  dynamo: (by: FunctionName, command: { readonly input: object }) => object,
): Services {
  const { engine, faults, story } = parts;
  const sqs = createSqs(new Map(Object.entries(queues)), faults);
  const { published, received } = story;
  // Asked when somebody hears: those who listen come after the platform.
  const heard: PlatformParts['heard'] = (receiver, body) => parts.heard(receiver, body);
  const topic = createTopic({ engine, faults, receivers, published, received, nextId, heard });
  const firehose = createFirehose(story.archive, faults);
  return {
    dynamo,
    sqs,
    sns: topic,
    firehose,
    iot: (input) => {
      const { topic: to = '', payload } = input as { readonly topic?: string; readonly payload?: Uint8Array };
      parts.publish(to, payload ?? new Uint8Array());
      return {};
    },
    putObject: (key, body) => {
      story.quarantine.set(key, body);
    },
  };
}

/** The instant of a tick; 0 for a message of its queue that is none. */
function tickIn(body: string): number {
  const { at = 0 }: { readonly at?: number } = JSON.parse(body);
  return at;
}

/** What came in the last moments is on its way: ticks and canaries never end. */
const underWayMs = 6_000;

/** What was accepted, without a canary of the last moments that the functions have not seen yet. */
function arrivedOf({ accepted, archive }: Story, end: number): History['accepted'] {
  const isSeen = (id: string): boolean => archive.some((line) => line.includes(`"${id}"`));
  return accepted.filter(
    ({ id, receivedAt, sender }) => sender !== 'canary' || receivedAt < end - underWayMs || isSeen(id),
  );
}

/** Bodies that are still there although there was time for them; a tick that is planned ahead is none of them. */
function leftIn(
  queues: Readonly<Record<QueueName, SimQueue>>,
  { quiet, end }: History['phases'],
): ReadonlyMap<string, readonly string[]> {
  const isLeft = ({ readyAt }: Stored): boolean => readyAt < end - underWayMs;
  // A tick that failed comes again in minutes; its spares and the ticks after it did its work. What came in the quiet and failed
  // once, as canaries do that race with others, comes again after the end.
  const isHeld = ({ name }: SimQueue, { visibleAt, receives, sentAt }: Stored): boolean =>
    (name === 'ticks' || sentAt >= quiet) && receives > 0 && visibleAt > end - underWayMs;
  return new Map(
    Object.values(queues).flatMap((queue) => [
      [
        queue.name,
        queue.messages.filter((one) => isLeft(one) && !isHeld(queue, one)).map(({ body }) => body),
      ] as const,
      [`${queue.name}-dead`, queue.dead] as const,
    ]),
  );
}
