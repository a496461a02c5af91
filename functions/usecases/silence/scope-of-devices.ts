import type { Scope } from '../../domain/alerts/alert.ts';
import { noScope } from '../../domain/alerts/belonging.ts';

/** Audiences that one alert carries; listeners of the others hear of the devices. */
const audienceMax = 50;

/** The place of what the devices share, and the audience of all of them (semantics 21). */
export function scopeOfDevices(
  shared: Partial<Pick<Scope, 'area' | 'enterpriseId'>>,
  devices: readonly { readonly scope: Scope }[],
): Scope {
  const all = new Map(
    devices.map(({ scope: { area, enterpriseId, trade } }) => [
      `${enterpriseId}#${area}#${trade}`,
      { area, enterpriseId, trade },
    ]),
  );
  const audience = [...all.values()].slice(0, audienceMax);
  const [first] = audience;
  const own = noScope('-');
  return first !== undefined && audience.length === 1
    ? { ...own, ...first }
    : { ...own, ...shared, audience };
}
