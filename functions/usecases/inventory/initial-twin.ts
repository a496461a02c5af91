import type { DeviceRules } from '../../domain/rules/engine/bind.ts';
import { dueOf } from '../../domain/rules/engine/due.ts';
import type { DeviceRegistration } from '../../domain/telemetry/registration.ts';
import { encodeTwin, newTwin } from '../../domain/twin/twin.ts';
import type { InitialTwin } from '../ports/inventory.ts';

/** The twin of a device that has not reported: empty, and due when the first of its sensors would be silent. */
export const initialTwin =
  (rulesOf: (registration: DeviceRegistration) => DeviceRules): InitialTwin =>
  (registration, now) => {
    const rules = rulesOf(registration);
    const twin = newTwin(rules, now);
    return { bytes: encodeTwin(twin, rules), dueAt: dueOf(twin.rules) };
  };
