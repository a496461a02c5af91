/** Peak memory: of ingest while the simulator's load mode runs, and of everything that `npm start` starts. */
import { createCloser } from '../../local/platform/closer.ts';
import { placedDevices, city as seedCityData } from '../../sensors-sim/city.ts';
import { scenarioOf } from '../../sensors-sim/cli/scenario.ts';
import { liveTransport, runLoad } from '../../sensors-sim/load/load.ts';
import { startCity } from '../city.ts';
import type { Figure, Findings } from '../figures.ts';
import { readingsPerPack } from '../fleet.ts';
import { tell } from '../report.ts';
import { watchLocalRun } from './local-run.ts';
import { familyOf, functionProcesses } from './processes.ts';

/** MB of the promise (docs/figures.md). */
const ingestMbMax = 180;
const localRunMbMax = 1500;

/** Readings a second: what the cost is for, and five times that. */
const loads = [200, 1_000] as const;

const mb = 1_000_000;

export interface MemoryOptions {
  /** Seconds of each load. */
  readonly for: number;
}

async function ingestFigures(forMs: number, basePython: string): Promise<readonly Figure[]> {
  const closer = createCloser((error) => tell(error instanceof Error ? error.message : String(error)));
  try {
    const { platform, broker } = await startCity(basePython, closer, seedCityData);
    const figures: Figure[] = [];
    for (const readingsPerSecond of loads) {
      tell(`${readingsPerSecond} readings a second, ${forMs / 1000} s`);
      const report = await runLoad({
        devices: placedDevices(),
        readingsPerSecond,
        packOf: readingsPerPack,
        durationMs: forMs,
        transportOf: (deviceId) => liveTransport(broker, deviceId),
        topicOf: (deviceId) => broker.identityOf(deviceId).topic,
        scenario: scenarioOf('normal-day'),
        progress: () => undefined,
      });
      const running = functionProcesses(familyOf(process.pid), platform.outputs.IngestFunctionName);
      figures.push({
        name: `ingest at ${readingsPerSecond} readings/s`,
        ...(running.length === 0 ? {} : { value: Math.max(...running.map(({ peak }) => peak)) / mb }),
        unit: 'MB',
        goal: ingestMbMax,
        note: `the largest of ${running.length} processes; ${report.acknowledged} packs in ${forMs / 1000} s`,
      });
    }
    return figures;
  } finally {
    await closer.close();
  }
}

export async function measureMemory(options: MemoryOptions, basePython: string): Promise<Findings> {
  const forMs = options.for * 1000;
  const ingest = await ingestFigures(forMs, basePython);
  const local = await watchLocalRun(forMs);
  return {
    groups: [
      { title: 'ingest under the simulator’s load mode, peak of its process (VmHWM)', figures: ingest },
      {
        title: 'The whole local run: npm start and everything that it starts',
        figures: [
          {
            name: 'peak',
            value: local.peak / mb,
            unit: 'MB',
            goal: localRunMbMax,
            note: `sum over ${local.processCount} processes at that time, looked at four times a second`,
          },
          { name: 'while the city runs', value: local.running / mb, unit: 'MB' },
        ],
      },
    ],
    remarks: [
      'Sums of resident memory count pages that processes share once for each of them: an upper bound.',
    ],
  };
}
