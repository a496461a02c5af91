import { instant } from '../domain/time.ts';
import type { Clock } from '../usecases/ports/time.ts';

/** The host's clock. */
export const systemClock: Clock = { now: () => instant(Date.now()) };
