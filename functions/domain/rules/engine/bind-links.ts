/** What this room knows: what a rule means. This file: which other sensors of the device a condition names (semantics 6, 19). */
import type { SensorRegistration } from '../../telemetry/registration.ts';
import type { Rule } from '../book.ts';
import { type Expression, inputsOf, partsOf } from '../expression.ts';
import type { AskedWindow } from './bind-windows.ts';
import { roleSlot } from './role-slot.ts';

/** The other sensors that one condition looks at, by their places in the state. */
export interface Links {
  /** By the name of the role; `undefined` where the device has not exactly one such sensor. */
  readonly roles: ReadonlyMap<string, number | undefined>;
  /** By quantity: all sensors that measure it, the rule's own among them. */
  readonly peers: ReadonlyMap<string, readonly number[]>;
  /** All of them without the rule's own: when one of these reports, the condition is judged too. */
  readonly others: readonly number[];
}

export const noLinks: Links = { roles: new Map(), peers: new Map(), others: [] };

/** What `rule` on the sensor at `slot` looks at beside it. */
export function bindLinks(
  rule: Rule,
  sensors: readonly SensorRegistration[],
  slot: number,
  windows: readonly AskedWindow[],
): Links {
  const conditions = rule.severities.flatMap(({ when, clear }) => (clear ? [when, clear] : [when]));
  const quantities = new Set(conditions.flatMap(peersIn));
  const asked = new Set(conditions.flatMap(rolesIn));
  if (quantities.size === 0 && asked.size === 0 && windows.every((window) => window.isOwn)) return noLinks;
  const roles = new Map(
    [...asked].map((name) => {
      const role = rule.roles?.[name];
      return [name, role && roleSlot(sensors, slot, role)] as const;
    }),
  );
  const peers = new Map(
    [...quantities].map((quantity) => [
      quantity,
      sensors.flatMap((sensor, at) => (sensor.quantity === quantity ? [at] : [])),
    ]),
  );
  const named = [
    ...roles.values(),
    ...[...peers.values()].flat(),
    ...windows.map(({ sensorSlot }) => sensorSlot),
  ];
  const others = new Set(named.filter((at) => at !== undefined && at !== slot));
  return { roles, peers, others: [...others].flatMap((at) => (at === undefined ? [] : [at])) };
}

const rolesIn = (of: Expression): readonly string[] =>
  inputsOf(of).flatMap((name) => (name.startsWith('sensor.') ? [name.split('.')[1] ?? ''] : []));

const peersIn = (of: Expression): readonly string[] => [
  ...(of.op === 'peers' ? [of.quantity] : []),
  ...partsOf(of).flatMap(peersIn),
];
