import type { CityEnterprise, CitySite } from '../../../../sensors-sim/city/shape.ts';
import { gasDevice, gasEnterprise, gasSite } from '../enterprises.ts';

/** How often a sensor of the slow city is read, in milliseconds. */
export const slowReadEveryMs = 600_000;

/** Devices of one site. Every fifth has two sensors; the last two of each second site share a gateway. */
const devicesOfSite = 10;

/** Where the sites stand: the north hears of its own (`2201`), the south of nothing. */
const areas = ['220104', '220202', '220106', '220203', '220104'] as const;
const sitesOfEnterprise = 2;

function slowSite(place: number, area: string, devices: number): CitySite {
  const siteId = `slow-${place + 1}`;
  return gasSite(
    siteId,
    area,
    Array.from({ length: devices }, (_, index) => {
      const number = place * devicesOfSite + index + 1;
      const hasGateway = place % 2 === 1 && index >= devicesOfSite - 2;
      return gasDevice(
        `dev-${String(number).padStart(3, '0')}`,
        `src-${siteId}`,
        index % 5 === 4 ? 2 : 1,
        hasGateway ? `gw-${siteId}` : undefined,
        slowReadEveryMs,
      );
    }),
  );
}

/** So many devices, ten a site and twenty an enterprise. 1 to 10,000. */
export function slowEnterprises(deviceCount: number): readonly CityEnterprise[] {
  const siteCount = Math.ceil(deviceCount / devicesOfSite);
  return Array.from({ length: Math.ceil(siteCount / sitesOfEnterprise) }, (_, place) => {
    const area = areas[place % areas.length] ?? areas[0];
    const first = place * sitesOfEnterprise;
    const count = Math.min(sitesOfEnterprise, siteCount - first);
    const sites = Array.from({ length: count }, (_unused, index) =>
      slowSite(first + index, area, Math.min(devicesOfSite, deviceCount - (first + index) * devicesOfSite)),
    );
    return gasEnterprise(`ent-${place + 1}`, area, sites);
  });
}
