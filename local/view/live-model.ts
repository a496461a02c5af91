/** The live view's model, kept by what comes in while the city runs. */
import type { CityRun } from '../city/city-run.ts';
import { chartSeconds, type SignInLine, shownNotifications, type ViewModel } from './model.ts';
import type { ReceivedNotification } from './notification.ts';
import type { OpenAlerts } from './open-alerts.ts';

export interface LiveFacts {
  readonly title: string;
  readonly endpoint: string;
  readonly mqtt: string;
  readonly apiUrl: string;
  readonly curlFolder: string;
  readonly devices: number;
  readonly people: readonly SignInLine[];
}

export interface LiveModel {
  readonly heard: (notification: ReceivedNotification) => void;
  readonly opened: (open: OpenAlerts | undefined) => void;
  /** Takes the second's readings; call it once a second. */
  readonly tick: () => ViewModel;
}

export function createLiveModel(facts: LiveFacts, run: CityRun): LiveModel {
  const startedAt = Date.now();
  const perSecond: number[] = [];
  const notifications: ReceivedNotification[] = [];
  let heard = 0;
  let open: OpenAlerts | undefined;
  let readingsBefore = 0;
  return {
    heard: (notification) => {
      heard++;
      notifications.push(notification);
      if (notifications.length > shownNotifications) notifications.shift();
    },
    opened: (counts) => {
      open = counts ?? open;
    },
    tick: () => {
      const published = run.readings();
      perSecond.push(published - readingsBefore);
      readingsBefore = published;
      if (perSecond.length > chartSeconds) perSecond.shift();
      return {
        ...facts,
        upSeconds: Math.round((Date.now() - startedAt) / 1000),
        perSecond: [...perSecond],
        published,
        acknowledged: run.fleet.tally.counts.acknowledged,
        ackMs: run.fleet.tally.percentile(0.5),
        devicesOnline: run.fleet.tally.counts.online,
        open,
        notifications: [...notifications],
        heard,
        notices: [],
      };
    },
  };
}
