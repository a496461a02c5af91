import type { PlacedDevice } from '../city.ts';
import type { RunningDevice } from '../device/device.ts';
import type { LinkWatch } from '../device/link.ts';
import type { Timers } from '../device/timers.ts';
import type { Transport } from '../device/transport.ts';
import type { AttackKind } from '../scenario/schema.ts';
import type { ScenarioStage, StagedEvent } from '../scenario/stage.ts';
import { hostileMessage } from './attacks.ts';

export interface HostileParts {
  readonly stage: ScenarioStage;
  readonly timers: Timers;
  readonly placed: readonly PlacedDevice[];
  deviceOf(deviceId: string): RunningDevice | undefined;
  transportOf(deviceId: string, clientId: string): Transport;
  topicOf(deviceId: string): string;
}

/** The devices of a run that are under foreign control. */
export interface Hostile {
  start(): void;
  stop(): void;
  /** Counts what the broker refuses of them. */
  readonly watch: LinkWatch;
  refused(): number;
}

type Attack = Extract<StagedEvent, { do: 'attack' }>;

/** How long after a foreign publish a closed connection counts as its refusal. */
const refusalWithinMs = 5_000;

/** The attacks of a scenario; a broker refuses a foreign topic by a reason code or by closing the connection. */
export function startAttacks(parts: HostileParts): Hostile {
  const { stage, timers } = parts;
  const cancels = new Set<() => void>();
  const foreignAt = new Map<string, number>();
  let refusedCount = 0;

  const later = (at: number, then: () => void): void => {
    const cancel = timers.at(at, () => {
      cancels.delete(cancel);
      then();
    });
    cancels.add(cancel);
  };
  const heard = (deviceId: string): void => {
    const at = foreignAt.get(deviceId);
    foreignAt.delete(deviceId);
    if (at !== undefined && timers.now() - at <= refusalWithinMs) refusedCount++;
  };
  const strike = (attack: Attack, kind: AttackKind): void => {
    const attacker = parts.placed.find(({ device }) => device.deviceId === attack.device);
    const victim = parts.placed.find(({ device }) => device.deviceId !== attack.device);
    if (attacker === undefined || victim === undefined) return;
    const message = hostileMessage(kind, attacker, victim, timers.now());
    if (message === undefined) {
      impersonate(parts.transportOf(attack.device, victim.device.deviceId), () => {
        refusedCount++;
      });
      return;
    }
    if (message.topicOf !== attack.device) foreignAt.set(attack.device, timers.now());
    parts.deviceOf(attack.device)?.inject(parts.topicOf(message.topicOf), message.bytes);
  };
  const round = (attack: Attack, number: number): void => {
    const at = attack.from + number * attack.every;
    const kind = attack.kinds[number % attack.kinds.length];
    if (at >= attack.to || kind === undefined) return;
    later(at, () => {
      strike(attack, kind);
      round(attack, number + 1);
    });
  };

  return {
    start() {
      for (const event of stage.events) if (event.do === 'attack') round(event, 0);
    },
    stop() {
      for (const cancel of cancels) cancel();
    },
    watch: { refused: heard, closed: heard },
    refused: () => refusedCount,
  };
}

/** Connects under a foreign name with the own certificate; an honest broker never says `connected`. */
function impersonate(transport: Transport, refused: () => void): void {
  let wasConnected = false;
  const connection = transport.open({
    connected() {
      wasConnected = true;
      connection.close();
    },
    acknowledged() {},
    refused() {},
    closed() {
      if (!wasConnected) refused();
    },
  });
}
