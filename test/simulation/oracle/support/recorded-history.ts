import { type Instant, instant } from '../../../../functions/domain/time.ts';
import type { IngestQueue, QueueMessage } from '../../../../functions/usecases/ingest/receive.ts';
import { createLoop } from '../../../../sensors-sim/virtual/loop.ts';
import { seededRandom } from '../../../support/random.ts';
import type { Accepted, History, HumanAct } from '../../history.ts';
import { type DeviceStory, deviceStory } from './device-story.ts';
import { recordedCity } from './recorded-city.ts';
import { smallCity } from './small-city.ts';

/** A canary's instant, from which recorded histories begin. */
export const startAt = 1_700_000_000_000;

export interface Wanted {
  readonly seed: number;
  /** @default 6 minutes */
  readonly forMs?: number;
  /** Messages are held up and overtake each other on their way. @default false */
  readonly isDisordered?: boolean;
  /** Now and then nothing is handled for up to two minutes, canaries neither; then all at once. @default false */
  readonly doesStall?: boolean;
  /** Overrides what the devices would say by chance. */
  readonly story?: DeviceStory;
}

/** How long the city goes on after the last message, so that all that is due has come. */
const quietForMs = 120_000;
const quietAfterStallsMs = 420_000;
const tickEveryMs = 5_000;

/**
 * A true history: the product's use cases over memory, a small city that talks to them, nothing broken. With disorder its
 * messages are delayed and overtake each other, and come more than once.
 */
export async function recordedHistory({
  seed,
  forMs = 360_000,
  isDisordered = false,
  doesStall = false,
  story = deviceStory(seed),
}: Wanted): Promise<History> {
  const random = seededRandom(seed);
  const loop = createLoop(startAt);
  const quietMs = doesStall ? quietAfterStallsMs : quietForMs;
  const endAt = startAt + forMs + quietMs;
  const city = smallCity(startAt);
  const accepted: { -readonly [K in keyof Accepted]: Accepted[K] }[] = [];
  const acts: HumanAct[] = [];
  const world = recordedCity(city, (at) => publishCanary(at));
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    world.at(loop.now());
    await work();
  };
  const stalls = doesStall ? stallsOf(random, startAt, startAt + forMs) : [];
  const afterStall = (at: number): number => stalls.find(({ from, to }) => from <= at && at < to)?.to ?? at;
  const deliver = async (
    message: (typeof accepted)[number],
    queue: IngestQueue = 'telemetry',
  ): Promise<void> => {
    const until = afterStall(loop.now());
    if (until > loop.now()) {
      loop.at(until + Math.floor(random() * 500), () => deliver(message, queue));
      return;
    }
    message.takenAt ??= loop.now();
    await run(() => world.ingest([queued(message, queue)]));
    const aside = await world.putAside();
    if (aside.length > 0) loop.at(loop.now() + 100, () => deliver(message, 'backlog'));
    else message.doneAt ??= loop.now();
  };
  const accept = (given: Pick<Accepted, 'topic' | 'clientId' | 'bytes' | 'sender'>): void => {
    const id = `broker-${accepted.length + 1}`;
    const message = { ...given, id, principal: `cert-${given.clientId}`, receivedAt: loop.now() };
    accepted.push(message);
    loop.at(loop.now() + delay(), () => deliver(message));
    if (isDisordered && random() < 0.1)
      loop.at(loop.now() + 20_000 + Math.floor(random() * 20_000), () => deliver(message));
  };
  const delay = (): number =>
    isDisordered && random() < 0.2 ? 1_000 + Math.floor(random() * 50_000) : 50 + Math.floor(random() * 200);
  const publishCanary = (at: Instant): void => {
    const id = `canary-${at}`;
    const bytes = Buffer.from(JSON.stringify({ at }));
    const message = {
      id,
      topic: 'tocsin/v1/-/canary',
      clientId: 'n/a',
      principal: 'https',
      receivedAt: loop.now(),
      bytes,
      sender: 'canary' as const,
    };
    accepted.push(message);
    loop.at(loop.now() + 80, () => deliver(message));
  };
  for (const { at, ...message } of story(startAt, startAt + forMs)) loop.at(at, () => accept(message));
  for (let at = startAt; at < endAt; at += tickEveryMs) loop.at(at + 30, () => run(() => world.tick(at)));
  for (let at = startAt + 70_000; at < startAt + forMs; at += 70_000)
    loop.at(at, () =>
      run(async () => {
        const by = 'regulator-1';
        const alertId = await world.acknowledge(by);
        if (alertId === undefined) return;
        const act = { kind: 'acknowledge', alertId, by } as const;
        acts.push({ at: loop.now(), act, status: 200, answeredAt: loop.now() + 20 });
      }),
    );
  await loop.run(endAt);
  const problems = world.observer.said.filter(({ level }) => level === 'error');
  if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
  const calm = endAt + 3_600_000;
  const metric = (name: Parameters<typeof world.observer.total>[0]) =>
    [name, world.observer.total(name)] as const;
  return {
    seed,
    city,
    phases: doesStall
      ? {
          warmUp: startAt,
          faults: startAt + 30_000,
          heal: endAt - quietMs,
          quiet: endAt - quietMs,
          end: endAt,
        }
      : { warmUp: startAt, faults: calm, heal: calm, quiet: calm, end: endAt },
    accepted,
    acts,
    changes: world.record.changes,
    published: world.published.map((one) => ({ ...one, by: 'notify' as const })),
    receivers: [
      { name: 'all', isLive: true },
      { name: 'city', areaPrefix: '2201', isLive: true },
      { name: 'elsewhere', areaPrefix: '31', isLive: true },
    ],
    received: world.received,
    quarantine: world.quarantine.objects,
    archive: world.archive.lines,
    tables: {
      twins: [...world.record.tables.twins.values()],
      records: [...world.record.tables.records.values()],
    },
    left: new Map([
      ['telemetry', []],
      ['telemetry-dead', []],
    ]),
    metrics: Object.fromEntries(
      (
        [
          'RecordsAccepted',
          'RecordsStored',
          'RecordsQuarantined',
          'RecordsDuplicate',
          'MessagesCompleted',
        ] as const
      ).map(metric),
    ),
    logs: world.observer.said.map((one) => JSON.stringify(one)),
    personal: ['Zhang San 13800000000'],
    crashes: [],
    delayedUntil: 0,
    ticks: { planned: new Set(), left: new Set() },
  };
}

/** Stretches in which nothing is handled. */
function stallsOf(random: () => number, from: number, to: number) {
  const stalls: { from: number; to: number }[] = [];
  for (let at = from + 30_000 + random() * 60_000; at < to; at += 60_000 + random() * 120_000) {
    const end = Math.floor(at + 5_000 + random() ** 2 * 115_000);
    stalls.push({ from: Math.floor(at), to: end });
    at = end;
  }
  return stalls;
}

function queued(message: Accepted, queue: IngestQueue): QueueMessage {
  const { id, topic, clientId, principal, receivedAt, bytes } = message;
  const data = Buffer.from(bytes).toString('base64');
  return {
    messageId: `sqs-${id}`,
    body: JSON.stringify({ id, topic, clientId, principal, receivedAt, data }),
    sentAt: instant(receivedAt),
    queue,
  };
}
