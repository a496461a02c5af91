/** What this room knows: to whom a verdict on one sensor belongs, and what it tells people. */

import * as z from 'zod';
import type { Rule, SeverityRule } from '../rules/book.ts';
import { inputsOf } from '../rules/expression.ts';
import type { TransitionDraft } from '../rules/transition.ts';
import type { Bilingual } from '../severity.ts';
import type { DeviceRegistration, SensorRegistration } from '../telemetry/registration.ts';
import { unitText } from '../telemetry/unit-text.ts';
import type { Matter, Scope, Subject } from './alert.ts';
import { isStanding, standingMatter } from './standing.ts';

/** The subject of a matter about one channel: `<deviceId>/<sensorId>`. */
export const sensorSubject = (deviceId: string, sensorId: string): Subject => ({
  kind: 'sensor',
  id: `${deviceId}/${sensorId}`,
});

export const deviceSubject = (deviceId: string): Subject => ({ kind: 'device', id: deviceId });

/** The scope of the source that a sensor watches; of the device's first source for the device as a whole. */
export function scopeOf(registration: DeviceRegistration, sensorId?: string): Scope {
  const sensor = registration.sensors.find((one) => one.sensorId === sensorId);
  const source =
    registration.sources.find((one) => one.sourceId === sensor?.sourceId) ?? registration.sources[0];
  return {
    area: source?.area ?? '-',
    enterpriseId: registration.enterpriseId,
    siteId: registration.siteId,
    sourceId: sensor === undefined ? '-' : sensor.sourceId,
    trade: source?.trade ?? '-',
    deviceId: registration.deviceId,
    ...(sensor === undefined || sensor.tags.length === 0 ? {} : { tags: sensor.tags }),
  };
}

/** Scope of a matter of which nobody is known to be the owner. */
export const noScope = (deviceId: string): Scope => ({
  area: '-',
  enterpriseId: '-',
  siteId: '-',
  sourceId: '-',
  trade: '-',
  deviceId,
});

/** What the alert says: the rule's title, and its advice with the values of this verdict filled in. */
export function matterOf(
  rule: Rule | undefined,
  draft: TransitionDraft,
  sensor: SensorRegistration | undefined,
): Matter {
  if (rule === undefined) {
    const { ruleId } = draft;
    if (isStanding(ruleId)) return standingMatter(ruleId);
    const gone = { zh: ruleId, en: ruleId };
    return {
      ruleId,
      ruleVersion: draft.ruleVersion,
      kind: 'risk',
      title: gone,
      advice: gone,
      unit: sensor?.unit ?? '',
    };
  }
  let limit: string | undefined;
  return {
    ruleId: rule.id,
    ruleVersion: draft.ruleVersion,
    kind: rule.kind,
    title: rule.title,
    advice: filled(severityOf(rule, draft)?.advice ?? rule.advice, {
      value: draft.value === undefined ? '-' : String(draft.value),
      unit: unitText(rule.unit),
      // Read out of the record only for advice that names it, and once for both languages.
      get limit() {
        limit ??= limitOf(rule, draft);
        return limit;
      },
      sensor: draft.sensorId,
      source: sensor?.sourceId ?? '-',
    }),
    unit: rule.unit,
  };
}

const severityOf = (rule: Rule, draft: TransitionDraft): SeverityRule | undefined =>
  rule.severities.find((one) => one.severity === draft.severity);

/** The template with each `{name}` that `values` has put in its place. */
export function filled(template: Bilingual, values: Readonly<Record<string, string>>): Bilingual {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  return { zh: fill(template.zh), en: fill(template.en) };
}

/** The first limit that the condition of the draft's severity names, as it was in force. */
function limitOf(rule: Rule, draft: TransitionDraft): string {
  const when = severityOf(rule, draft)?.when;
  const name = when === undefined ? undefined : inputsOf(when).find((input) => input.startsWith('limits.'));
  if (name === undefined) return '-';
  const limit = name.slice('limits.'.length);
  const value = recordedLimits(draft)?.[limit]?.value ?? rule.limits[limit]?.value;
  return value === undefined ? '-' : String(value);
}

const Recorded = z.object({ limits: z.record(z.string(), z.object({ value: z.number().optional() })) });

/** The limits that were in force, from grade, substance or an override: where each comes from, the record says too. */
function recordedLimits({ because }: TransitionDraft): z.infer<typeof Recorded>['limits'] | undefined {
  if (because === '') return undefined;
  const record = Recorded.safeParse(JSON.parse(because));
  return record.success ? record.data.limits : undefined;
}
