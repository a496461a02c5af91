import { chemicalWorks } from './city/chemical.ts';
import { coalMine } from './city/coal-mine.ts';
import { houseBuilder, metroBuilder } from './city/construction.ts';
import { gasUtility } from './city/gas.ts';
import type { CityDevice, CityEnterprise, CitySite, CitySource } from './city/shape.ts';

/** The small city that is seeded and simulated: data only, the same for everybody. */
export const city: readonly CityEnterprise[] = [
  coalMine,
  gasUtility,
  chemicalWorks,
  metroBuilder,
  houseBuilder,
];

/** A device with all that it stands in. */
export interface PlacedDevice {
  readonly device: CityDevice;
  readonly site: CitySite;
  readonly enterprise: CityEnterprise;
  /** The sources of its sensors. */
  readonly sources: readonly CitySource[];
}

/** Every device of `enterprises` with its site, enterprise and sources, in the order of the data. */
export const placedDevices = (enterprises: readonly CityEnterprise[] = city): PlacedDevice[] =>
  enterprises.flatMap((enterprise) =>
    enterprise.sites.flatMap((site) =>
      site.devices.map((device) => ({
        device,
        site,
        enterprise,
        sources: site.sources.filter(({ sourceId }) =>
          device.sensors.some((sensor) => sensor.sourceId === sourceId),
        ),
      })),
    ),
  );
