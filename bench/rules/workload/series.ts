/** The values of one sensor over the run: mostly calm, now and then an excursion over the limits. */
import { createRandom } from '../../../sensors-sim/random.ts';
import { seed, stepCount } from './size.ts';

/** Part of calm steps at which an excursion begins. */
const excursionShare = 0.0062;
/** Two in five excursions last 1 to 3 readings, shorter than most `for`; the others some minutes. */
const shortShare = 0.4;
const shortStepsMax = 3;
const longStepsMin = 10;
const longStepsSpan = 30;
/** Calm values lie from 20 to 36, below every limit and in part in no clear zone either. */
const calmFrom = 20;
const calmSpan = 16;
/** Peaks lie from 41 to 76: from below the lightest limit of some kinds to over the gravest of all. */
const peakFrom = 41;
const peakSpan = 35;

/** Values of sensor number `sensor`, one a step, with `places` decimals. */
export function seriesOf(sensor: number, places: number): Float64Array {
  const random = createRandom(seed).split(`sensor-${sensor}`);
  const base = calmFrom + random.next() * calmSpan;
  const values = new Float64Array(stepCount);
  let left = 0;
  let peak = 0;
  for (let step = 0; step < stepCount; step++) {
    if (left === 0 && random.next() < excursionShare) {
      left =
        random.next() < shortShare
          ? 1 + Math.floor(random.next() * shortStepsMax)
          : longStepsMin + Math.floor(random.next() * longStepsSpan);
      peak = peakFrom + random.next() * peakSpan;
    }
    const noise = random.next();
    const value = left > 0 ? peak - noise * 3 : base + (noise - 0.5) * 4;
    // After an excursion values pass the zone in which nothing is raised and nothing clears.
    values[step] = Number((left === 1 ? (value + 38) / 2 : value).toFixed(places));
    if (left > 0) left--;
  }
  return values;
}
