import type { SiteId } from '../../domain/ids.ts';
import type { NewDevice } from '../../domain/inventory/device.ts';
import type { Source } from '../../domain/inventory/source.ts';
import { quantities, quantityOf } from '../../domain/telemetry/quantities.ts';
import type { Caller } from '../ports/access.ts';
import { find, type InventoryDeps } from './deps.ts';
import { done, type Refusal, type Result, refuse } from './result.ts';

type Sensor = NewDevice['sensors'][number];

/** What is wrong with the declared sensors: a quantity that we do not know, another unit, the same id twice. */
export function checkSensors(sensors: readonly Sensor[], prefix: string): Refusal | undefined {
  const seen = new Set<string>();
  for (const [at, { sensorId, quantity, unit }] of sensors.entries()) {
    const path = prefix === '' ? '' : `${prefix}.${at}.`;
    const known = quantityOf(quantity);
    if (known === undefined)
      return refuse(
        'quantity-unknown',
        `${path}quantity`,
        `must be one of ${[...quantities.keys()].join(', ')}`,
      );
    if (known.unit !== unit)
      return refuse('unit-mismatch', `${path}unit`, `${quantity} is measured in ${known.unit}`);
    if (seen.has(sensorId))
      return refuse('sensor-exists', `${path}sensorId`, 'must be unique within its device');
    seen.add(sensorId);
  }
  return undefined;
}

/** The named sources, all on the site and the caller's to use. */
export async function checkSources(
  deps: InventoryDeps,
  caller: Caller,
  of: { readonly siteId: SiteId; readonly named: readonly { readonly id: string; readonly field: string }[] },
): Promise<Result<readonly Source[]>> {
  const sources: Source[] = [];
  for (const { id, field } of of.named) {
    const found = await find(deps, caller, 'change-inventory', { kind: 'source', id, field });
    if (!found.ok) return found;
    if (found.value.siteId !== of.siteId)
      return refuse('source-of-another-site', field, `must stand on site ${of.siteId}, as the device does`);
    sources.push(found.value);
  }
  return done(sources);
}
