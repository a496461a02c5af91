/** What this room knows: what a rule means. This file: instants, flags and phases of a cell as numbers. */
import type { ByteReader, ByteWriter } from '../../../bytes.ts';
import { never, type Phase, phases } from '../cell.ts';

export function writeAt(writer: ByteWriter, base: number, at: number): void {
  const distance = base - at;
  writer.uint(at === never ? 0 : distance < 0 ? -distance * 2 : distance * 2 + 1);
}

export function readAt(reader: ByteReader, base: number): number {
  const coded = reader.uint();
  if (coded === 0) return never;
  return coded % 2 === 1 ? base - (coded - 1) / 2 : base + coded / 2;
}

export const flag = (is: boolean, bit: number): number => (is ? 1 << bit : 0);
export const has = (flags: number, bit: number): boolean => (flags & (1 << bit)) !== 0;

const phaseList = Object.values(phases);
export const phaseOf = (coded: number): Phase => phaseList[coded] ?? phases.idle;
