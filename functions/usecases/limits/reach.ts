import { ancestorsOf } from '../../domain/ids.ts';
import type { LimitOverride, OverridePlace } from '../../domain/inventory/override.ts';
import { isRemembered, registeredOverride } from '../../domain/inventory/override.ts';
import { contextOf, type Source } from '../../domain/inventory/source.ts';
import type { Rule } from '../../domain/rules/book.ts';
import type { OverrideCheck, Reach } from '../../domain/rules/limits/check-override.ts';
import type { OverrideScope } from '../../domain/telemetry/overrides.ts';
import { done, type Result, refuse } from '../inventory/result.ts';
import type { InventoryStore } from '../ports/inventory.ts';

/** Most pages of 100 overrides that are looked through for those that a new one may meet. */
const pagesMax = 50;

/** Where an override counts, and the source that its scope names. */
export interface Located {
  readonly place: OverridePlace;
  readonly reach: Reach;
}

/** What the scope names; a thing that is not there is refused by its field. */
export async function locate(
  inventory: InventoryStore,
  scope: OverrideScope,
  { trade: of }: Pick<Rule, 'trade'>,
): Promise<Result<Located>> {
  // What is of every trade any regulator of the area may tighten.
  const trade: OverridePlace['trade'] = of === 'any' ? '-' : of;
  switch (scope.kind) {
    case 'area': {
      const place: OverridePlace = { trade, enterpriseId: '-', areas: [scope.area] };
      return done({ place, reach: place });
    }
    case 'enterprise': {
      const enterprise = await inventory.get('enterprise', scope.enterpriseId);
      if (enterprise === undefined) return refuse('not-found', 'scope.enterpriseId');
      const { enterpriseId, areas } = enterprise;
      const place = { trade, enterpriseId, areas };
      return done({ place, reach: place });
    }
    case 'source': {
      const source = await inventory.get('source', scope.sourceId);
      return source === undefined ? refuse('not-found', 'scope.sourceId') : done(ofSource(source, trade));
    }
    case 'sensor': {
      const device = await inventory.get('device', scope.deviceId);
      const sensor = device?.registration.sensors.find((one) => one.sensorId === scope.sensorId);
      const source = sensor && (await inventory.get('source', sensor.sourceId));
      if (source === undefined) return refuse('not-found', 'scope.sensorId');
      const { place, reach } = ofSource(source, trade);
      return done({ place, reach: { ...reach, deviceId: scope.deviceId, sensorId: scope.sensorId } });
    }
    default:
      return scope satisfies never;
  }
}

function ofSource(source: Source, trade: OverridePlace['trade']): Located {
  const { enterpriseId, area, sourceId } = source;
  const place = { trade, enterpriseId, areas: [area], sourceId };
  return { place, reach: { ...place, source: contextOf(source) } };
}

const reachOf = ({ areas, enterpriseId, sourceId, scope }: LimitOverride): Reach => ({
  areas,
  enterpriseId,
  sourceId,
  ...(scope.kind === 'sensor' ? { deviceId: scope.deviceId, sensorId: scope.sensorId } : {}),
});

/** The overrides of the rule that may meet one at `located`: wider ones, those of the same scope, and narrower ones. */
export async function othersAt(
  inventory: InventoryStore,
  rule: Rule,
  scope: OverrideScope,
  { place, reach }: Located,
  now: LimitOverride['validFrom'],
): Promise<OverrideCheck['others']> {
  const { areas, enterpriseId, sourceId } = place;
  const wider: OverrideScope[] = [
    ...areas.flatMap((area) => ancestorsOf(area)).map((area) => ({ kind: 'area', area }) as const),
    ...(enterpriseId === '-' ? [] : [{ kind: 'enterprise', enterpriseId } as const]),
    ...(sourceId === undefined ? [] : [{ kind: 'source', sourceId } as const]),
    scope,
  ];
  const found = [...(await inventory.overridesAt(wider)), ...(await narrowerThan(inventory, scope, place))];
  const byId = new Map(found.map((one) => [one.overrideId, one]));
  return [...byId.values()]
    .filter((one) => one.ruleId === rule.id && isRemembered(one, now))
    .filter((one) => sourceId === undefined || one.sourceId === undefined || one.sourceId === sourceId)
    .map((one) => ({
      override: registeredOverride(one),
      reach: { ...reachOf(one), ...(one.sourceId === sourceId ? { source: reach.source } : {}) },
    }));
}

async function narrowerThan(
  inventory: InventoryStore,
  scope: OverrideScope,
  { areas, enterpriseId }: OverridePlace,
): Promise<readonly LimitOverride[]> {
  const [area] = areas;
  if (scope.kind === 'sensor' || area === undefined) return [];
  const list =
    enterpriseId === '-'
      ? ({ kind: 'area', area } as const)
      : ({ kind: 'enterprise', enterpriseId } as const);
  const found: LimitOverride[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < pagesMax; pages++) {
    const { items, next } = await inventory.list('override', list, 100, after);
    found.push(...items);
    after = next;
    if (next === undefined) break;
  }
  return found;
}
