import type { Area } from '../../domain/inventory/area.ts';
import type { LimitOverride } from '../../domain/inventory/override.ts';
import { instant, rfc3339 } from '../../domain/time.ts';
import type { LimitOnSensor } from '../../usecases/limits/read-limits.ts';
import { when } from './present.ts';

const said = (one: LimitOverride['ended']) => one && { ...one, at: rfc3339(one.at) };

export const overrideBody = ({ ruleId, ...override }: LimitOverride) => ({
  ...override,
  rule: ruleId,
  validFrom: rfc3339(override.validFrom),
  validTo: when(override.validTo),
  signature: said(override.signature),
  ended: said(override.ended),
  createdAt: rfc3339(override.createdAt),
  updatedAt: rfc3339(override.updatedAt),
});

export const areaBody = (area: Area) => ({
  ...area,
  mode: area.modes.at(-1)?.mode ?? 'normal',
  modes: area.modes.map((entry) => ({ ...entry, from: rfc3339(entry.from) })),
  createdAt: rfc3339(area.createdAt),
  updatedAt: rfc3339(area.updatedAt),
});

/** The limit with its figure, where that comes from, and, where nobody has set one, what to set. */
export function effectiveBody({ rule, name, limit, effective, mode }: LimitOnSensor) {
  const { standard, clause, verified, tighter, ask } = limit;
  const from =
    effective.origin === 'override' ? { ...effective, at: rfc3339(instant(effective.at)) } : effective;
  return {
    rule: rule.id,
    title: rule.title,
    limit: name,
    unit: rule.unit,
    ...from,
    tighter,
    standard,
    clause,
    verified,
    ask,
    mode,
  };
}
