import type { RuleBook } from '../../functions/domain/rules/book.ts';
import { type PlacedDevice, placedDevices } from '../city.ts';
import { createFleet } from '../run/fleet.ts';
import type { RunReport } from '../run/report.ts';
import { judgeRun } from '../scenario/expectations.ts';
import type { Scenario } from '../scenario/schema.ts';
import { registrationOf } from './registrations.ts';
import { createVirtualWorld, drainForMs } from './world.ts';

export interface VirtualRunParts {
  readonly scenario: Scenario;
  readonly book: RuleBook;
  /** @default the whole city */
  readonly devices?: readonly PlacedDevice[];
}

/** Runs a scenario in-process over the real use cases, a day in seconds, and judges it. */
export async function runVirtual({
  scenario,
  book,
  devices = placedDevices(),
}: VirtualRunParts): Promise<RunReport & { readonly errors: readonly string[] }> {
  const startAt = scenario.startsAt;
  const endAt = startAt + scenario.duration;
  const { loop, broker, platform, changes } = createVirtualWorld(book, startAt, endAt);
  for (const placed of devices) platform.register(registrationOf(placed, startAt));
  const fleet = createFleet({ scenario, startAt, endAt, timers: loop, devices, ...broker });
  fleet.start();
  await loop.run(endAt);
  await loop.run(endAt + drainForMs);
  fleet.stop();
  const facts = {
    startAt,
    changes,
    refusedCount: fleet.refused(),
    quarantinedCount: platform.quarantinedCount,
    unacknowledgedCount: fleet.unacknowledged(),
    droppedCount: fleet.dropped(),
  };
  return {
    scenario,
    startAt,
    facts,
    verdict: judgeRun(scenario, facts),
    tally: fleet.tally,
    errors: platform.errors,
  };
}
