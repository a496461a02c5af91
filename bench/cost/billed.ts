/** What Lambda would bill for an invocation that was measured here. */
import type { Counted } from '../calls/batches.ts';

/** MB at which Lambda gives one whole processor. Source: AWS Lambda developer guide, "Configure function memory" */
const wholeProcessorMb = 1769;

/**
 * Milliseconds billed: the time measured here against an emulator that answers slower than AWS, or the processor time
 * at the share of a processor that comes with the memory, whichever is longer.
 */
export const billedMs = ({ wallMs, cpuMs }: Counted, memoryMb: number): number =>
  Math.max(wallMs, (cpuMs * wholeProcessorMb) / memoryMb);
