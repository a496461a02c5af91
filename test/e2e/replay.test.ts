/** Real measurements through the whole chain: the alerts of a month of hourly dust, sent as a logger's backlog. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { deviceBody, enterpriseBody, siteBody, sourceBody } from '../../sensors-sim/city/bodies.ts';
import { mqttTransport } from '../../sensors-sim/device/mqtt-transport.ts';
import { changesOfAlert, listAlerts } from '../../sensors-sim/live/api.ts';
import { makeKeyAndRequest } from '../../sensors-sim/live/key-pair.ts';
import { beijingDust, replayDevice } from '../../sensors-sim/replay/device.ts';
import { replayLive } from '../../sensors-sim/replay/live.ts';
import { extractRows, extractText, hoursFrom, hoursOf } from '../support/dust-hours.ts';
import { create, openWorld } from './support/world.ts';

const Registered = z.looseObject({
  identity: z.looseObject({ topic: z.string(), certificatePem: z.string() }),
});

test('the dust rule raises and clears on the platform in the hours that an independent loop over the CSV finds', async () => {
  const { platform, engineer, regulator } = await openWorld();
  const deviceId = `replay-${randomUUID().slice(0, 8)}`;
  const placed = replayDevice({ ...beijingDust, deviceId });
  const { enterprise, site, sources } = placed;
  const enterpriseId = `ent-${deviceId}`;
  await create(engineer.api, '/v1/enterprises', { ...enterpriseBody(enterprise), enterpriseId });
  await create(engineer.api, '/v1/sites', { ...siteBody(enterprise, site), enterpriseId });
  for (const source of sources) await create(engineer.api, '/v1/sources', sourceBody(site, source));
  const { key, csr } = await makeKeyAndRequest(deviceId);
  const { identity } = Registered.parse(await create(engineer.api, '/v1/devices', deviceBody(placed, csr)));
  const access = { api: platform.apiUrl, token: regulator.tokens.access, area: '2201' };
  const endpoint = {
    protocol: 'mqtts',
    host: '127.0.0.1',
    port: platform.mqttPort,
    version: '3.1.1',
  } as const;
  const { shift } = await replayLive({
    rows: extractRows(),
    deviceId,
    topic: identity.topic,
    sensor: { sensorId: beijingDust.sensorId, unit: 'ug/m3' },
    transport: mqttTransport(
      { ...endpoint, identity: { key, cert: identity.certificatePem, ca: platform.mqttCa } },
      deviceId,
    ),
    access,
  });
  const alerts = (await listAlerts(access)).filter(({ subject }) => subject.id === `${deviceId}/pm25`);
  const changes = (await Promise.all(alerts.map(({ alertId }) => changesOfAlert(access, alertId)))).flat();
  const dust = changes.filter(({ ruleId }) => ruleId === 'construction.dust.pm25');
  expect(hoursFrom(dust, shift)).toEqual(hoursOf(extractText));
}, 180_000);
