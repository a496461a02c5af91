/** How long a reading takes to the regulator, and how many a second the platform takes, on this machine. */
import { setTimeout as delay } from 'node:timers/promises';
import { startCityRun } from '../../local/city/city-run.ts';
import { createCloser } from '../../local/platform/closer.ts';
import { city as seedCityData } from '../../sensors-sim/city.ts';
import { scenarioOf } from '../../sensors-sim/cli/scenario.ts';
import { startCity } from '../city.ts';
import type { Figure, Findings } from '../figures.ts';
import { readingsPerPack } from '../fleet.ts';
import { percentile } from '../numbers.ts';
import { tell } from '../report.ts';
import { listen } from './heard.ts';
import { probeEnterprise } from './probe-city.ts';
import { openProbes } from './probes.ts';
import { type Step, sustainedSteps } from './sustained.ts';

export interface LatencyOptions {
  /** Messages at 1 and at 20 a second. */
  readonly slow: number;
  readonly fast: number;
  /** Seconds for which each rate is held. */
  readonly step: number;
}

/** Connections stand and functions are warm by then, and no probe has been silent for long enough to raise by that. */
const settleMs = 5_000;

function figuresOf(name: string, times: readonly (number | undefined)[]): readonly Figure[] {
  const heard = times.filter((one) => one !== undefined);
  const note = `${heard.length} of ${times.length} messages heard`;
  if (heard.length === 0) return [{ name: `p50 ${name}`, unit: 'ms', note }];
  return [
    { name: `p50 ${name}`, value: percentile(heard, 0.5), unit: 'ms', note },
    { name: `p99 ${name}`, value: percentile(heard, 0.99), unit: 'ms' },
    { name: `longest ${name}`, value: Math.max(...heard), unit: 'ms' },
  ];
}

const stepFigure = ({ perSecond, acknowledgedPerSecond, depth, isSustained }: Step): Figure => ({
  name: `${perSecond}/s ${isSustained ? 'sustained' : 'not sustained'}`,
  value: acknowledgedPerSecond,
  unit: 'messages/s',
  note: `acknowledged; queue at most ${depth} deep in the second half`,
});

export async function measureLatency(options: LatencyOptions, basePython: string): Promise<Findings> {
  const closer = createCloser((error) => tell(error instanceof Error ? error.message : String(error)));
  try {
    const city = await startCity(basePython, closer, [...seedCityData, probeEnterprise]);
    const run = startCityRun(scenarioOf('normal-day'), city.broker);
    await closer.defer(run.stop);
    const ear = listen(city.sqs, city.platform.outputs.LiveViewQueueUrl);
    await closer.defer(ear.stop);
    const probes = await openProbes(city.broker, ear);
    await closer.defer(probes.close);
    await delay(settleMs);
    tell(`${options.slow} messages at 1 a second`);
    const slow = await probes.run(options.slow, 1);
    tell(`${options.fast} messages at 20 a second`);
    const fast = await probes.run(options.fast, 20);
    await probes.close();
    const steps = await sustainedSteps(city, options.step * 1000);
    const best = steps.findLast(({ isSustained }) => isSustained);
    return {
      groups: [
        {
          title: 'Publish over MQTT to the regulator’s queue, every message an alert or a rise of one',
          figures: [...figuresOf('at 1/s', slow), ...figuresOf('at 20/s', fast)],
        },
        {
          title: `Packs of ${readingsPerPack} readings taken in, nothing changing`,
          figures: [
            ...steps.map(stepFigure),
            best === undefined
              ? { name: 'sustained', unit: 'messages/s', note: `not even ${steps[0]?.perSecond}/s` }
              : {
                  name: 'sustained',
                  value: best.perSecond,
                  unit: 'messages/s',
                  note: `${best.perSecond * readingsPerPack} readings/s; ${steps.at(-1) === best ? 'the highest that was tried' : 'the next was not: its queue grew, or was not empty a minute later'}`,
                },
          ],
        },
      ],
      remarks: [
        'The locked emulator, the functions, the seed city’s devices and this bench share the machine’s processors and its clock.',
        'From the call of publish to the time stamp of the regulator’s queue. The emulator’s mapping has no batch window; AWS adds up to 1 s.',
      ],
    };
  } finally {
    await closer.close();
  }
}
