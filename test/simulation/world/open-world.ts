/** A platform with its broker, clock and listeners, as every world has it, however long. */
import { createBroker, type VirtualBroker } from '../../../sensors-sim/virtual/broker.ts';
import { planTicksEachMinute } from './aws/scheduler.ts';
import type { FaultKind } from './faults/kinds.ts';
import { createPlatform, type Platform, type PlatformParts } from './platform.ts';

/** Faults that happened, as `kind|place`, and how often. */
export interface Happened {
  readonly counts: ReadonlyMap<string, number>;
  readonly injected: (kind: FaultKind, where: string) => void;
}

export function countFaults(): Happened {
  const counts = new Map<string, number>();
  return {
    counts,
    injected: (kind, where) => {
      const key = `${kind}|${where}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
  };
}

export interface OpenWorld {
  readonly platform: Platform;
  readonly broker: VirtualBroker;
  /** Whoever reads what the regulator of the province receives. */
  readonly listen: (heard: (body: string) => void) => void;
}

/** Opens the platform; ticks are planned from now on. */
export function openWorld(given: Omit<PlatformParts, 'publish' | 'heard'>): OpenWorld {
  const parts: PlatformParts = { ...given, publish: () => {}, heard: () => {} };
  const platform = createPlatform(parts);
  const broker = createBroker(parts.engine.loop, platform.rule.deliver);
  parts.publish = broker.publish;
  planTicksEachMinute(parts.engine, parts.faults, platform.queues.ticks);
  return {
    platform,
    broker,
    listen: (heard) => {
      parts.heard = ({ name }, body) => {
        if (name === 'province') heard(body);
      };
    },
  };
}
