/** What this room knows: what a rule means. This file: which windows the sensors of a device feed, and who asks them. */

import { quantityOf } from '../../telemetry/quantities.ts';
import type { SensorRegistration } from '../../telemetry/registration.ts';
import type { Rule, WindowSpec } from '../book.ts';
import { computedPlaces } from '../evaluate-expression.ts';
import { type Expression, inputsOf, partsOf } from '../expression.ts';
import { keyOf, shapeOf, type WindowShape } from '../windows/shape.ts';
import { hash27 } from './hash27.ts';
import { roleSlot } from './role-slot.ts';

/** A window that a sensor feeds, for all conditions that ask it. */
export interface BoundWindow {
  readonly shape: WindowShape;
  readonly name: string;
  /** Names it in the stored state, whatever rule asks it (semantics 23). 27 bits of a hash. */
  readonly key: number;
}

/** A window as one condition asks it. */
export interface AskedWindow {
  /** The sensor that feeds it, and its place among what that sensor feeds. */
  readonly sensorSlot: number;
  readonly index: number;
  readonly shape: WindowShape;
  readonly countMin: number;
  /** It is of the sensor that the rule watches. */
  readonly isOwn: boolean;
}

/** Windows that are cut alike share one shape, whoever feeds them. */
const shapes = new Map<string, WindowShape>();

function sharedShape(spec: WindowSpec, places: number, isValueKept: boolean): WindowShape {
  const { lengthMs, backMs, dayIn, functions } = spec;
  const key = [lengthMs, backMs, dayIn ?? '', places, isValueKept, ...functions].join(' ');
  const shape = shapes.get(key) ?? shapeOf(spec, places, isValueKept);
  shapes.set(key, shape);
  return shape;
}

/** The places of the sensors that feed a window of the rule on the sensor at `slot`. */
function feeding(
  rule: Rule,
  { role, quantity }: WindowSpec,
  sensors: readonly SensorRegistration[],
  slot: number,
): readonly (number | undefined)[] {
  if (quantity !== undefined)
    return sensors.flatMap((sensor, at) => (sensor.quantity === quantity ? [at] : []));
  const selection = role === undefined ? undefined : rule.roles?.[role];
  return [role === undefined ? slot : selection && roleSlot(sensors, slot, selection)];
}

/**
 * The windows of `rule` on the sensor at `slot`, by their number in the rule: one each, or one for each sensor of a list;
 * none where nobody plays the role.
 *
 * Windows that are alike share one ring, whichever rules ask them. Adds to `feeds`, one list a sensor.
 */
export function bindWindows(
  rule: Rule,
  sensors: readonly SensorRegistration[],
  slot: number,
  feeds: readonly BoundWindow[][],
): readonly (readonly AskedWindow[])[] {
  const asksValue = rule.severities.some(({ when }) => inputsOf(when).includes('value'));
  return (rule.windows ?? []).map((spec) =>
    feeding(rule, spec, sensors, slot).flatMap((sensorSlot): AskedWindow[] => {
      const sensor = sensorSlot === undefined ? undefined : sensors[sensorSlot];
      const fed = sensorSlot === undefined ? undefined : feeds[sensorSlot];
      if (sensorSlot === undefined || sensor === undefined || fed === undefined) return [];
      const places = (quantityOf(sensor.quantity)?.scale ?? rule.scale) + computedPlaces;
      // What a late reading changes is judged at the ends of buckets: a condition that asks the value must find it there.
      const shape = sharedShape(spec, places, asksValue && sensorSlot === slot);
      const name = keyOf(shape);
      let index = fed.findIndex((window) => window.name === name);
      if (index < 0) index = fed.push({ shape, name, key: hash27(name) }) - 1;
      const { countMin } = spec;
      return [{ sensorSlot, index, shape: fed[index]?.shape ?? shape, countMin, isOwn: sensorSlot === slot }];
    }),
  );
}

/** Numbers of the windows that `of` asks. */
export const windowsIn = (of: Expression): readonly number[] => [
  ...(of.op === 'window' || of.op === 'willReach' ? [of.window] : []),
  ...partsOf(of).flatMap(windowsIn),
];
