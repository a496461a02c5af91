import { placedDevices } from '../../sensors-sim/city.ts';
import type { Transport } from '../../sensors-sim/device/transport.ts';
import { hostileMessage } from '../../sensors-sim/run/attacks.ts';
import { createFleet } from '../../sensors-sim/run/fleet.ts';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import { type AttackKind, attackKinds, type Scenario } from '../../sensors-sim/scenario/schema.ts';
import { loadBook } from '../../sensors-sim/virtual/book.ts';
import { createLoop } from '../../sensors-sim/virtual/loop.ts';
import { runVirtual } from '../../sensors-sim/virtual/runner.ts';

const base = loadScenario('hostile');

/** One kind of attack alone, ten times, with no other incident. */
async function under(kind: AttackKind) {
  if (!base.ok) throw new Error(base.errors.join('\n'));
  const attack = {
    do: 'attack',
    at: 1_000,
    until: 31_000,
    every: 3_000,
    device: 'dust-luyuan',
    kinds: [kind],
  };
  const scenario: Scenario = {
    ...base.scenario,
    duration: 40_000,
    events: base.scenario.events.slice(0, 1).map((event) => ({ ...event, ...attack }) as typeof event),
    expect: {
      alerts: [],
      never: [],
      allow: [{ rule: 'security.*', subject: 'dust-luyuan' }],
      refusedMin: 0,
      quarantinedMin: 0,
    },
  };
  return runVirtual({ scenario, book: loadBook() });
}

const refusedByBroker: readonly AttackKind[] = ['foreign-topic', 'foreign-client-id'];

test.each(attackKinds)(
  '%s is refused and the rest of the city goes on as if nothing were',
  async (kind) => {
    const { facts, verdict, errors } = await under(kind);
    expect([verdict, errors]).toEqual([expect.objectContaining({ ok: true }), []]);
    const isBrokers = refusedByBroker.includes(kind);
    expect(facts.refusedCount).toBe(isBrokers ? 10 : 0);
    expect((facts.quarantinedCount ?? 0) > 0).toBe(!isBrokers);
  },
  60_000,
);

test('a foreign base name raises a security alert on the device that did it', async () => {
  const { facts } = await under('foreign-base-name');
  expect(facts.changes).toContainEqual(
    expect.objectContaining({
      ruleId: 'security.identity-mismatch',
      subject: 'dust-luyuan',
      change: 'raised',
      severity: 'orange',
    }),
  );
}, 60_000);

test('a foreign client id is a connection and no message', () => {
  const [attacker, victim] = placedDevices();
  if (attacker === undefined || victim === undefined) throw new Error('the city has two devices');
  expect(hostileMessage('foreign-client-id', attacker, victim, 0)).toBeUndefined();
});

test('an attack that the broker lets through does not count as refused', async () => {
  if (!base.ok) throw new Error(base.errors.join('\n'));
  const startAt = base.scenario.startsAt;
  const loop = createLoop(startAt);
  const [event] = base.scenario.events;
  const attack = { ...event, at: 0, until: 9_000, every: 3_000, kinds: ['foreign-client-id'] };
  const open: Transport['open'] = (events) => {
    loop.at(loop.now() + 1, events.connected);
    return { publish() {}, close: () => events.closed('closed') };
  };
  const fleet = createFleet({
    scenario: { ...base.scenario, events: [attack as (typeof base.scenario.events)[number]] },
    startAt,
    endAt: startAt + 10_000,
    timers: loop,
    transportOf: () => ({ open }),
    topicOf: (deviceId) => deviceId,
  });
  fleet.start();
  await loop.run(startAt + 10_000);
  fleet.stop();
  expect(fleet.refused()).toBe(0);
});
