import { NewDevice } from '../../functions/domain/inventory/device.ts';
import { NewEnterprise, NewSite } from '../../functions/domain/inventory/enterprise.ts';
import { NewSource } from '../../functions/domain/inventory/source.ts';
import { quantityOf } from '../../functions/domain/telemetry/quantities.ts';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from '../../sensors-sim/city/bodies.ts';
import { city, placedDevices } from '../../sensors-sim/city.ts';
import { registrationOf } from '../../sensors-sim/virtual/registrations.ts';

const devices = placedDevices();

test('the city has about a dozen devices of four trades with 1 to 20 sensors each', () => {
  expect(devices.length).toBe(13);
  expect(new Set(devices.flatMap(({ enterprise }) => enterprise.trades)).size).toBe(4);
  for (const { device } of devices) {
    expect(device.sensors.length).toBeGreaterThanOrEqual(1);
    expect(device.sensors.length).toBeLessThanOrEqual(20);
  }
});

test('every body is what the API takes', () => {
  for (const enterprise of city) {
    NewEnterprise.parse(enterpriseBody(enterprise));
    for (const site of enterprise.sites) {
      NewSite.parse(siteBody(enterprise, site));
      for (const source of site.sources) NewSource.parse(sourceBody(site, source));
    }
  }
  for (const placed of devices) NewDevice.parse(deviceBody(placed, 'csr'));
});

test('areas nest: a source lies in its site and a site in its enterprise', () => {
  for (const { enterprise, site, sources } of devices) {
    expect(site.area.startsWith(enterprise.area.slice(0, 4))).toBe(true);
    for (const source of sources) expect(source.area.startsWith(site.area)).toBe(true);
  }
});

test('every sensor watches a source of its site and measures a known quantity in its unit', () => {
  for (const { device, site } of devices) {
    for (const { sourceId, instrument } of device.sensors) {
      expect(site.sources.map((source) => source.sourceId)).toContain(sourceId);
      const quantity = quantityOf(instrument.quantity);
      expect([quantity?.unit, quantity?.scale]).toEqual([instrument.unit, instrument.decimals]);
    }
  }
});

test('ids are unique over the city', () => {
  const ids = [
    ...city.map(({ enterpriseId }) => enterpriseId),
    ...city.flatMap(({ sites }) =>
      sites.flatMap((site) => [site.siteId, ...site.sources.map(({ sourceId }) => sourceId)]),
    ),
    ...devices.map(({ device }) => device.deviceId),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test('every device can be registered as ingest reads it', () => {
  for (const placed of devices) {
    expect(registrationOf(placed, 1_700_000_000_000).sensors.length).toBe(placed.device.sensors.length);
  }
});
