import type { Instant } from '../../domain/time.ts';
import type { DeviceDeps } from '../device-session.ts';
import type { Archive } from '../ports/archive.ts';
import type { Queue } from '../ports/messaging.ts';
import type { Observer } from '../ports/observer.ts';
import type { Quarantine } from '../ports/quarantine.ts';
import type { FollowDevice } from '../shadow/follow-device.ts';

export interface IngestDeps extends DeviceDeps {
  readonly archive: Archive;
  readonly quarantine: Quarantine;
  readonly backlog: Queue;
  readonly observer: Observer;
  /** Judges by a candidate rule book what the live one has judged; absent: there is none. */
  readonly follow?: FollowDevice;
  /** What becomes of a canary's arrival. @throws AdapterError */
  readonly recordCanary: (at: Instant) => Promise<unknown>;
}
