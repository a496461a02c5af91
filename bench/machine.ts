/** Where figures come from: a figure without its machine is none. */
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly coreCount: number;
  readonly memoryGb: number;
  readonly node: string;
  /** Load of the last minute when the bench began. */
  readonly load: number;
}

/** A load above this takes the processors away from what is measured. */
export const calmLoadMax = 2;

export function thisMachine(): Machine {
  const [load = 0] = loadavg();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    coreCount: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    load: Math.round(load * 10) / 10,
  };
}
