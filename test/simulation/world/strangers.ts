import type { Random } from '../../../sensors-sim/random.ts';
import type { Accepted } from '../history.ts';
import type { FleetDevice } from './booted.ts';
import type { Engine } from './engine.ts';
import type { FaultKind } from './faults/kinds.ts';
import type { FaultPlan } from './faults/plan.ts';
import { personal } from './people/personal.ts';

export interface StrangersParts {
  readonly engine: Engine;
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly from: number;
  readonly until: number;
  readonly accepted: readonly Accepted[];
  topicOf(deviceId: string): string;
  /** Publishes over HTTPS, without a device's connection. */
  publish(topic: string, bytes: Uint8Array): void;
  /** Says who sends these bytes, before they leave. */
  sends(bytes: Uint8Array, sender: Accepted['sender']): void;
  injected(kind: FaultKind, where: string): void;
}

const counts = { none: 0, low: 1, high: 6 } as const;

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** Bytes that nobody can read, or that say what nobody may say; each is one attempt. */
const unreadable: readonly ((deviceId: string, now: number) => Uint8Array)[] = [
  () => text(''),
  () => text(`[{"n":"lel-1","v":${personal.phone},`),
  () => Uint8Array.of(0xff, 0xfe, 0x00, 0x31),
  (id) => text([{ bn: `${id}/`, n: 'lel-1', u: 'Cel', v: 3 }]),
  (id) => text([{ bn: `${id}/`, n: personal.sensor, u: '%{LEL}', v: 3 }]),
  () => text([{ bn: 'dev-other/', n: 'lel-1', u: '%{LEL}', v: 60 }]),
  () => text('[{"n":"lel-1","u":"%{LEL}","v":1,"v":99}]'),
  () => text(`[{"n":"lel-1","u":"%{LEL}","v":"${personal.name}"}]`),
  () => text('[{"n":"lel-1","u":"%{LEL}","v":1e999}]'),
  () => text('[{"__proto__":{"v":60},"n":"lel-1","v":6}]'),
];

/** What comes out of the devices' own way: the unreadable, forged sequence numbers, packs without a clock. */
export function createStrangers(fleet: readonly FleetDevice[], parts: StrangersParts): void {
  const { engine, random, plan, from, until } = parts;
  const some = (kind: FaultKind, act: (device: FleetDevice, source: Random) => void): void => {
    const source = random.split(kind);
    for (let count = 0; count < counts[plan.rates[kind]]; count += 1) {
      const device = fleet[Math.floor(source.next() * fleet.length)];
      if (device === undefined) return;
      engine.loop.at(Math.round(from + source.next() * (until - from)), () => {
        parts.injected(kind, device.device.deviceId);
        act(device, source);
      });
    }
  };
  const inject = (
    { device: { deviceId }, running }: FleetDevice,
    bytes: Uint8Array,
    sender: Accepted['sender'],
  ): void => {
    parts.sends(bytes, sender);
    running().inject(parts.topicOf(deviceId), bytes);
  };

  /** Somebody without the device's certificate publishes on its topic. */
  const foreign = ({ device: { deviceId } }: FleetDevice): void => {
    const bytes = text([{ n: 'lel-1', u: '%{LEL}', v: 60 }]);
    parts.sends(bytes, 'hostile');
    parts.publish(parts.topicOf(deviceId), bytes);
  };

  some('hostile', (device, source) => {
    const { deviceId } = device.device;
    const choice = Math.floor(source.next() * (unreadable.length + 2));
    if (choice > unreadable.length) return foreign(device);
    const made = unreadable[choice]?.(deviceId, engine.now()) ?? forged(parts.accepted, deviceId);
    if (made !== undefined) inject(device, made, 'hostile');
  });
  some('no-clock', (device, source) => {
    const v = Number((source.next() * 70).toFixed(1));
    const good = { n: 'lel-1', u: '%{LEL}', v };
    // A record that is none takes no other with it.
    const bad = { n: 'lel-0', u: '%{LEL}', v };
    const worse = { n: 'lel-1', u: 'Cel', v };
    const chance = source.next();
    const records = chance < 0.5 ? [good] : chance < 0.75 ? [good, bad] : [bad, good, worse, bad];
    inject(device, text(records), 'device');
  });
}

/** The newest pack of a device once more with another value: same boot, same number, other bytes. */
function forged(accepted: readonly Accepted[], deviceId: string): Uint8Array | undefined {
  const last = accepted.findLast(
    ({ topic, sender }) => sender === 'device' && topic === `tocsin/v1/${deviceId}/senml`,
  );
  if (last === undefined) return undefined;
  const pack: unknown = JSON.parse(new TextDecoder().decode(last.bytes));
  if (!Array.isArray(pack) || !('boot' in (pack[0] ?? {}))) return undefined;
  return text(pack.map((record: object) => ('v' in record ? { ...record, v: 66 } : record)));
}
