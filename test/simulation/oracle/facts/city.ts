import type { CityRule } from '../../history.ts';
import type { Matter } from './episodes.ts';
import type { Reading } from './readings.ts';
import type { View } from './view.ts';

/** The alerts of a rule of the city on one of its sensors. */
export interface SensorMatter extends Matter {
  readonly rule: CityRule;
  readonly series: readonly Reading[];
  readonly periodMs: number;
  readonly registeredAt: number;
}

export function sensorMatters({ history: { city }, matters, readings }: View): readonly SensorMatter[] {
  const rules = new Map(city.rules.map((rule) => [rule.ruleId, rule]));
  const sensors = new Map<string, { periodMs: number; registeredAt: number }>(
    city.devices.flatMap(({ deviceId, sensors: own, registeredAt }) =>
      own.map(({ sensorId, periodMs }) => [`${deviceId}/${sensorId}`, { periodMs, registeredAt }] as const),
    ),
  );
  return [...matters.values()].flatMap((matter) => {
    const rule = rules.get(matter.ruleId);
    const sensor = sensors.get(matter.subjectId);
    if (rule === undefined || sensor === undefined) return [];
    return [{ ...matter, rule, ...sensor, series: readings.get(matter.subjectId) ?? [] }];
  });
}
