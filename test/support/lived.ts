/** A small world that lives: devices that report, breach and fall silent, people who acknowledge; and its tables after each deed. */
import fc from 'fast-check';
import type { Alert } from '../../functions/domain/alerts/alert.ts';
import { type Changed, change } from '../../functions/domain/alerts/change.ts';
import { handlingNeeded } from '../../functions/domain/alerts/closing.ts';
import { acknowledge } from '../../functions/domain/alerts/handling.ts';
import { type Instant, instant } from '../../functions/domain/time.ts';
import { deviceRulesOf } from '../../functions/usecases/device-session.ts';
import { methaneBook } from './methane-rule.ts';
import { registrationOf } from './registration.ts';
import { type Moment, momentOf } from './restored-tables.ts';
import { delivered, openWorld, pack, start, type World } from './world.ts';

/** After all that is lived. */
export const livedUntil = instant(start + 3_600_000);

/** One sensor, and two: with two the device itself can be silent. */
export const devices = [
  registrationOf({ deviceId: 'dev-1' }),
  registrationOf({ deviceId: 'dev-2', sensors: [{}, { sensorId: 'ch4-b' }] }),
];
export const registrations = new Map(devices.map((one) => [one.deviceId, one]));
export const rulesOf = deviceRulesOf(methaneBook);

export type Deed =
  | { readonly kind: 'read'; readonly device: number; readonly value: number }
  | { readonly kind: 'silence' }
  | { readonly kind: 'acknowledge'; readonly at: number };

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('read' as const),
      device: fc.nat({ max: 1 }),
      value: fc.constantFrom(0.3, 0.3, 0.3, 1.2, 1.8),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('silence' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('acknowledge' as const), at: fc.nat({ max: 3 }) }) },
);

function taken(before: Alert, at: Instant): Changed | undefined {
  const handled = acknowledge(before, { by: 'li', at });
  return handled.ok ? handled : undefined;
}

/** All that people have to do about it at once: it closes, and what comes next is another alert. */
const finished = (before: Alert, at: Instant): Changed | undefined =>
  before.handling === 'open'
    ? change(before, {
        change: 'acknowledged',
        handling: handlingNeeded(before.gravest),
        at,
        phenomenonAt: at,
        committedAt: at,
        by: 'li',
      })
    : undefined;

async function acknowledgeOne({ state, alerts, deps }: World, at: number): Promise<void> {
  const open = [...state.alerts.values()].filter(({ closed }) => !closed);
  const before = open[at % Math.max(1, open.length)];
  if (before === undefined) return;
  const handled =
    before.condition === 'recovered' ? finished(before, deps.clock.now()) : taken(before, deps.clock.now());
  if (handled === undefined) return;
  await alerts.commit({ alerts: [{ before, after: handled.alert, transitions: [handled.transition] }] });
}

/** The tables after each deed. */
export async function lived(deeds: readonly Deed[]): Promise<readonly Moment[]> {
  const world = openWorld(devices);
  const moments = [momentOf(world.state)];
  let seconds = 0;
  for (const [seq, one] of deeds.entries()) {
    seconds += one.kind === 'silence' ? 120 : 5;
    world.at(seconds);
    if (one.kind === 'read') {
      const deviceId = `dev-${one.device + 1}`;
      await world.ingest([delivered(deviceId, pack(deviceId, seq + 1, [[seconds, one.value]]), seconds)]);
    } else if (one.kind === 'silence') {
      const now = world.deps.clock.now();
      await world.watermark.update(() => ({ firstDueAt: instant(start), until: now, early: [] }));
      await world.sweep();
    } else await acknowledgeOne(world, one.at);
    moments.push(momentOf(world.state));
  }
  return moments;
}
