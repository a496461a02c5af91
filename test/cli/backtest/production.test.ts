import { compareBooks } from '../../../cli/backtest/compare-books.ts';
import { createHistory } from '../../../cli/backtest/history.ts';
import { parseEnvelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { BrokerMessage } from '../../../functions/usecases/ports/archive.ts';
import { placedDevices } from '../../../sensors-sim/city.ts';
import { createFleet } from '../../../sensors-sim/run/fleet.ts';
import { loadScenario } from '../../../sensors-sim/scenario/load.ts';
import { loadBook } from '../../../sensors-sim/virtual/book.ts';
import { createBroker } from '../../../sensors-sim/virtual/broker.ts';
import { createLoop } from '../../../sensors-sim/virtual/loop.ts';
import { createPlatform } from '../../../sensors-sim/virtual/platform.ts';
import { registrationOf } from '../../../sensors-sim/virtual/registrations.ts';

/** The platform in memory over a scenario, and every message that its broker handed over. */
async function produce(name: string) {
  const loaded = loadScenario(name);
  if (!loaded.ok) throw new Error(`no scenario ${name}`);
  const { scenario } = loaded;
  const startAt = scenario.startsAt;
  const endAt = startAt + scenario.duration;
  const registrations = placedDevices().map((placed) => registrationOf(placed, startAt));
  const loop = createLoop(startAt);
  const archived: BrokerMessage[] = [];
  const book = loadBook();
  const platform = createPlatform({
    book,
    now: loop.now,
    publishCanary: (at) =>
      broker.publish('$aws/rules/tocsin_virtual/tocsin/v1/-/canary', Buffer.from(JSON.stringify({ at }))),
    toBacklog: () => undefined,
    notified: () => undefined,
  });
  const broker = createBroker(loop, (message) => {
    archived.push(message);
    const queued = {
      messageId: message.id,
      body: JSON.stringify(message),
      sentAt: instant(loop.now()),
      queue: 'backlog' as const,
    };
    loop.at(loop.now() + 50, async () => {
      await platform.ingest([queued]);
    });
  });
  for (const registration of registrations) platform.register(registration);
  const tick = async (at: number): Promise<void> => {
    await platform.tick(instant(at));
    if (at < endAt) loop.at(at + 5_000, () => tick(at + 5_000));
  };
  loop.at(startAt, () => tick(startAt));
  const fleet = createFleet({ scenario, startAt, endAt, timers: loop, devices: placedDevices(), ...broker });
  fleet.start();
  await loop.run(endAt + 1_000);
  fleet.stop();
  return { archived, registrations, book, transitions: platform.transitions, errors: platform.errors };
}

test.each(['gas-leak', 'silent-sensor'])(
  'semantics 8: a backtest of what the broker handed over in %s gives the transitions of the platform',
  async (name) => {
    const { archived, registrations, book, transitions, errors } = await produce(name);
    expect(errors).toEqual([]);
    const told: string[] = [];
    const history = createHistory({
      books: [book],
      registrations,
      told: ({ id }, drafts) => {
        for (const one of drafts)
          told.push([one.ruleId, id, one.phenomenonAt, one.condition, one.severity].join());
      },
    });
    for (const message of archived) {
      const parsed = parseEnvelope(JSON.stringify(message), {
        messageId: message.id,
        sentAt: message.receivedAt,
      });
      if (!parsed.ok) throw new Error(parsed.refusal.detail);
      history.take({ envelope: parsed.envelope, file: '-', line: 1 });
    }
    history.end();
    const correlated = new Set(book.correlations.map((rule) => String(rule.id)));
    const produced = transitions
      // What a root cause has to say on its children is nothing of the rules.
      .filter(
        ({ matter, subject, change }) =>
          (subject.kind === 'sensor' || correlated.has(matter.ruleId)) &&
          !['linked', 'inhibition-ended'].includes(change),
      )
      .map(({ matter, subject, phenomenonAt, condition, severity }) =>
        [matter.ruleId, subject.id, phenomenonAt, condition, severity].join(),
      );
    expect(produced.length).toBeGreaterThan(0);
    expect(told.toSorted()).toEqual(produced.toSorted());
    if (name === 'gas-leak')
      expect(told.filter((text) => text.startsWith('gas.leak.several-detectors,'))).not.toEqual([]);
  },
  60_000,
);

test('a book against itself has no difference', () => {
  const history = createHistory({ books: [loadBook(), loadBook()], registrations: [] });
  const [now = [], old = []] = history.end();
  expect(compareBooks(old, now)).toEqual([]);
});
