import type { ArchiveStream } from '../../usecases/ports/archive.ts';

export interface MemoryArchiveStream extends ArchiveStream {
  readonly lines: readonly string[];
}

/** The archive's stream in memory: keeps every line. */
export function memoryArchiveStream(): MemoryArchiveStream {
  const kept: string[] = [];
  return {
    lines: kept,
    put: async (lines) => {
      kept.push(...lines);
      return lines.map(() => ({ ok: true }));
    },
  };
}
