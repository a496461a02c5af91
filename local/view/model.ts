/** What the live view shows at one moment. */
import type { Severity } from '../../functions/domain/severity.ts';
import type { ReceivedNotification } from './notification.ts';

/** Seconds of readings that the small chart shows. */
export const chartSeconds = 40;

/** Notifications that stay in sight. */
export const shownNotifications = 9;

export interface SignInLine {
  readonly name: string;
  readonly role: string;
}

export interface ViewModel {
  readonly title: string;
  readonly upSeconds: number;
  /** Readings the devices published in each of the last seconds, newest last. */
  readonly perSecond: readonly number[];
  readonly published: number;
  readonly acknowledged: number;
  /** Milliseconds from publish to PUBACK, middle of the recent ones. */
  readonly ackMs: number | undefined;
  readonly devicesOnline: number;
  readonly devices: number;
  /** Undefined while the API has not answered yet. */
  readonly open: Readonly<Partial<Record<Severity, number>>> | undefined;
  readonly notifications: readonly ReceivedNotification[];
  readonly heard: number;
  readonly endpoint: string;
  readonly mqtt: string;
  readonly apiUrl: string;
  /** Folder of the curl files, relative to the repository. */
  readonly curlFolder: string;
  readonly people: readonly SignInLine[];
  readonly notices: readonly string[];
}
