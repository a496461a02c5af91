import type { DeviceId, SensorId } from '../../domain/ids.ts';
import type { Limit, Rule, RuleBook } from '../../domain/rules/book.ts';
import { selects } from '../../domain/rules/engine/selects.ts';
import type { EffectiveLimit } from '../../domain/rules/limits/effective.ts';
import { eraAt } from '../../domain/rules/limits/era-at.ts';
import { factsOf, modeAt } from '../../domain/rules/limits/eras.ts';
import type { Mode } from '../../domain/telemetry/overrides.ts';
import type { InventoryDeps } from '../inventory/deps.ts';
import { readSensor } from '../inventory/read-sensors.ts';
import { done, type Result } from '../inventory/result.ts';
import type { Caller } from '../ports/access.ts';

/** A limit as it holds for a sensor now. */
export interface LimitOnSensor {
  readonly rule: Rule;
  readonly name: string;
  readonly limit: Limit;
  readonly effective: EffectiveLimit;
  readonly mode: Mode;
}

/** Every limit of every rule that watches the sensor, as its device's registration has it now, with where it comes from. */
export const readEffectiveLimits =
  (deps: InventoryDeps & { readonly book: RuleBook }) =>
  async (
    caller: Caller,
    deviceId: DeviceId,
    sensorId: SensorId,
  ): Promise<Result<readonly LimitOnSensor[]>> => {
    const found = await readSensor(deps)(caller, deviceId, sensorId);
    if (!found.ok) return found;
    const { device, sensor } = found.value;
    const { registration } = device;
    const now = deps.clock.now();
    const source = registration.sources.find((one) => one.sourceId === sensor.sourceId);
    const mode = modeAt(registration.modes ?? [], source?.area ?? '-', now);
    const watching = deps.book.rules.filter((rule) => selects(rule.select, sensor, source));
    return done(
      watching.flatMap((rule) => {
        const { limits } = eraAt(factsOf(rule, { deviceId, sensor, source }, registration), now);
        return Object.entries(rule.limits).flatMap(([name, limit]) => {
          const effective = limits[name];
          return effective ? [{ rule, name, limit, effective, mode }] : [];
        });
      }),
    );
  };
