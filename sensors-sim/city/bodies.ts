import type { PlacedDevice } from '../city.ts';
import type { CityEnterprise, CitySensor, CitySite, CitySource } from './shape.ts';

/** Body of `POST /v1/enterprises`. */
export const enterpriseBody = (enterprise: CityEnterprise) => ({
  enterpriseId: enterprise.enterpriseId,
  name: enterprise.name.zh,
  area: enterprise.area,
});

/** Body of `POST /v1/sites`. */
export const siteBody = (enterprise: CityEnterprise, site: CitySite) => ({
  siteId: site.siteId,
  enterpriseId: enterprise.enterpriseId,
  name: site.name.zh,
  area: site.area,
  address: site.address,
  position: [...site.position],
});

/** Body of `POST /v1/sources`. */
export const sourceBody = (site: CitySite, source: CitySource) => ({
  sourceId: source.sourceId,
  siteId: site.siteId,
  name: source.name.zh,
  kind: source.kind,
  trade: source.trade,
  area: source.area,
  ...(source.tags === undefined ? {} : { tags: [...source.tags] }),
  ...(source.chemicals === undefined ? {} : { chemicals: source.chemicals.map(chemicalBody) }),
  ...(source.peopleNearby === undefined ? {} : { peopleNearby: source.peopleNearby }),
});

const chemicalBody = (chemical: NonNullable<CitySource['chemicals']>[number]) => ({
  name: chemical.name,
  row: chemical.row,
  ...(chemical.classes === undefined ? {} : { classes: [...chemical.classes] }),
  designMaxT: chemical.designMaxT,
});

/** Body of `POST /v1/devices`; the private key of `csr` stays with the device. */
export const deviceBody = ({ device, site }: PlacedDevice, csr: string) => ({
  deviceId: device.deviceId,
  siteId: site.siteId,
  name: device.name.zh,
  ...(device.gatewayId === undefined ? {} : { gatewayId: device.gatewayId }),
  csr,
  sensors: device.sensors.map(sensorBody),
});

/** One sensor as the API and a registration describe it: without what only the simulation knows. */
export const sensorBody = (sensor: CitySensor) => ({
  sensorId: sensor.sensorId,
  quantity: sensor.instrument.quantity,
  unit: sensor.instrument.unit,
  ...(sensor.position === undefined ? {} : { position: sensor.position }),
  ...(sensor.instrument.range === undefined ? {} : { range: { ...sensor.instrument.range } }),
  periodMs: sensor.periodMs,
  sourceId: sensor.sourceId,
  ...(sensor.tags === undefined ? {} : { tags: [...sensor.tags] }),
});
