/** What a condition costs at most, in steps: a bound that is known before it runs (semantics 27). */
import { type Expression, partsOf } from '../../../functions/domain/rules/expression.ts';
import { sensorCountMax } from '../../../functions/domain/telemetry/registration.ts';

/** Most steps of one condition. */
export const stepsMax = 1_000;
/** Steps of asking a window: it adds up at most 20 buckets, most of them already summed. */
export const windowSteps = 5;
/** Steps of asking the newest value of another sensor. */
export const roleSteps = 3;
/** Steps of a forecast: a slope over at most 24 points, which was computed when its bucket closed. */
export const forecastSteps = 10;
/** Sensors of the device that `sensors(...)` goes through at most. */
export const peerCountMax = sensorCountMax;

/** One step for every operation, input and literal, one for every member of a list, more for what is looked up. */
export function stepsOf(expression: Expression): number {
  const parts = partsOf(expression).reduce((sum, part) => sum + stepsOf(part), 0);
  switch (expression.op) {
    case 'in':
      return 1 + expression.list.length + parts;
    case 'input':
      return expression.name.startsWith('sensor.') ? roleSteps : 1;
    case 'window':
      return windowSteps;
    case 'willReach':
      return forecastSteps + parts;
    case 'peers':
      return 1 + parts * peerCountMax;
    default:
      return 1 + parts;
  }
}
