import type { Random } from '../../../../sensors-sim/random.ts';
import type { Span } from '../../history.ts';
import { createInjector } from '../faults/injector.ts';
import type { FaultKind } from '../faults/kinds.ts';
import { drawFaults, type FaultPlan } from '../faults/plan.ts';
import type { Faults } from '../faults/verdict.ts';

export interface CalendarParts {
  readonly random: Random;
  readonly now: () => number;
  readonly troubles: readonly Span[];
  injected(kind: FaultKind, where: string): void;
}

/** Faults that last do so that many times longer than in a world of minutes: an outage from twenty minutes to an hour. */
const longer = 30;

/** The faults of each trouble, which have a plan of their own; outside of them nothing fails. */
export function createCalendar({ random, now, troubles, injected }: CalendarParts) {
  const plans = troubles.map((_, place): FaultPlan => drawFaults(random.split(`plan/${place}`)));
  const injectors = troubles.map(({ from, until }, place): Faults => {
    const own = random.split(`faults/${place}`);
    const plan = plans[place] ?? drawFaults(own);
    return createInjector({ random: own, plan, now, from, until, longer, injected });
  });
  let place = 0;
  const current = (): Faults => {
    while (place < injectors.length - 1 && now() >= (troubles[place]?.until ?? 0)) place += 1;
    const injector = injectors[place];
    if (injector === undefined) throw new Error('a long world has at least one trouble');
    return injector;
  };
  const faults: Faults = {
    onCall: (call) => current().onCall(call),
    latencyMs: (call) => current().latencyMs(call),
    isPartial: (service) => current().isPartial(service),
    staleMs: (what) => current().staleMs(what),
    copiesMs: (where) => current().copiesMs(where),
    isSplit: () => current().isSplit(),
    delayMs: (where) => current().delayMs(where),
    isRuleBlocked: () => current().isRuleBlocked(),
    isThrottled: (fn) => current().isThrottled(fn),
    isOldVersion: (fn) => current().isOldVersion(fn),
    planDelaysMs: () => current().planDelaysMs(),
    isTrimmed: () => current().isTrimmed(),
    hostSkewMs: (fn) => current().hostSkewMs(fn),
  };
  return { faults, plans };
}
