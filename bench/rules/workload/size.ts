/** How large the workload is, and what every part of it is derived from; bench/rules/README.md says it in words. */
import { instant, seconds } from '../../../functions/domain/time.ts';

/** Of every random draw; the same seed gives the same bytes. */
export const seed = 'bench-rules-1';

export const deviceCount = 400;
export const sensorsPerDevice = 5;
export const sensorCount = deviceCount * sensorsPerDevice;
export const readingCount = 200_000;
/** Readings of one sensor; each device samples its five sensors at one instant. */
export const stepCount = readingCount / sensorCount;
/** Instants in one pack: 25 readings. */
export const stepsPerPack = 5;

/** How often a sensor reports. */
export const period = seconds(10);
export const startAt = instant(1_800_000_000_000);
/** From leaving the device to the broker. */
export const travelMs = 200;
/** Registered as it begins: a fleet that was silent before would begin with an alert for each of its sensors. */
export const registeredAt = instant(Number(startAt));

/** A rule book: kinds of sensor (quantity and position), and how many rules watch each. */
export interface BookSize {
  readonly kindCount: number;
  readonly rulesPerKind: number;
}

/** 60 rules, three a sensor. */
export const fullSize: BookSize = { kindCount: 20, rulesPerKind: 3 };

/** Two rules a sensor whatever the number of rules: 10, 100, 1,000. */
export const growthSizes: readonly BookSize[] = [5, 50, 500].map((kindCount) => ({
  kindCount,
  rulesPerKind: 2,
}));
