/** The platform's broker and quarantine as the simulator asks for them. */
import { readFile } from 'node:fs/promises';
import type { LiveBroker } from '../../sensors-sim/live/credentials.ts';
import type { Observe } from '../../sensors-sim/scenario/observed.ts';
import { openInbox } from '../view/inbox.ts';
import type { ReceivedNotification } from '../view/notification.ts';
import { type City, newSqsClient } from './bring-up.ts';
import { countQuarantined } from './quarantine-count.ts';

export async function brokerOf(city: City): Promise<LiveBroker> {
  const { protocol, host, port, caFile } = city.platform.mqtt;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  const identities = new Map(city.devices.map((identity) => [identity.deviceId, identity]));
  return {
    host,
    port,
    protocol,
    version: '5',
    ...(ca === undefined ? {} : { ca }),
    identityOf: (deviceId) => {
      const identity = identities.get(deviceId);
      if (identity) return identity;
      throw new Error(`no key for device ${deviceId}. Remedy: seed the city again (npm start)`);
    },
  };
}

/** What a run sees: the regulator's notifications and the size of the quarantine. */
export function observeOf(city: City, heard: (notification: ReceivedNotification) => void): Observe {
  const { outputs } = city.platform;
  return {
    start: async (seen) => {
      const inbox = openInbox(newSqsClient(), outputs.LiveViewQueueUrl, (notification) => {
        const { data, receivedAt } = notification;
        heard(notification);
        seen({
          alertId: data.alertId,
          version: data.version,
          ruleId: data.matter.ruleId,
          subject: data.subject.id,
          change: data.change,
          severity: data.severity,
          at: Date.parse(data.at),
          phenomenonAt: Date.parse(data.phenomenonAt),
          value: data.value,
          tookMs: receivedAt - Date.parse(data.at),
        });
      });
      return inbox.stop;
    },
    quarantined: () => countQuarantined(outputs.QuarantineBucketName),
  };
}
