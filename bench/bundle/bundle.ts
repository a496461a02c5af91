/** Size of each function's bundle, and its import against an empty handler in the same run. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle, functionNames } from '../../infra/constructs/bundle.ts';
import type { Findings } from '../figures.ts';
import { median } from '../numbers.ts';
import { tell } from '../report.ts';
import { medianImportMs } from './starts.ts';

/** The promise of a quick cold start (docs/figures.md). */
const sizeBytesMax = 450_000;
const importRatioMax = 35;

export interface BundleOptions {
  /** Starts of each module in a run. */
  readonly starts: number;
  /** Runs whose medians are compared: the ratio is the median of theirs. */
  readonly runs: number;
}

const entryOf = (name: string) => path.join(import.meta.dirname, `../../functions/entry/${name}.ts`);

export function measureBundles({ starts, runs }: BundleOptions): Findings {
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-bench-'));
  try {
    const empty = path.join(folder, 'empty.mjs');
    writeFileSync(empty, 'export const handler = async () => undefined;\n');
    const files = functionNames.map((name) => {
      bundle(entryOf(name), path.join(folder, name));
      return path.join(folder, name, 'index.mjs');
    });
    const ratios: number[][] = files.map(() => []);
    const times: number[][] = [empty, ...files].map(() => []);
    for (let run = 0; run < runs; run += 1) {
      tell(`run ${run + 1} of ${runs}: ${starts} starts of each of ${files.length + 1} modules`);
      const medians = medianImportMs([empty, ...files], starts);
      for (const [position, took] of medians.entries()) times[position]?.push(took);
      const base = medians[0] ?? Number.NaN;
      for (const position of files.keys()) ratios[position]?.push((medians[position + 1] ?? 0) / base);
    }
    const note = `median of ${runs} x ${starts} starts`;
    const perFunction = <T>(make: (name: string, position: number) => T) => functionNames.map(make);
    return {
      groups: [
        {
          title: 'Bundle, minified, the AWS SDK inside',
          figures: perFunction((name, position) => ({
            name,
            value: statSync(files[position] ?? '').size,
            unit: 'bytes',
            goal: sizeBytesMax,
          })),
        },
        {
          title: 'Import of the bundle, against an empty handler',
          figures: [
            ...perFunction((name, position) => ({
              name,
              value: median(ratios[position] ?? []),
              unit: 'x',
              goal: importRatioMax,
              note: `${note}; ${median(times[position + 1] ?? []).toFixed(1)} ms`,
            })),
            { name: 'empty handler', value: median(times[0] ?? []), unit: 'ms', note },
          ],
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
