/** What came of one thing: its failure, or nothing. */
export interface ChunkFailure<T> {
  readonly thing: T;
  readonly error: unknown;
}

/**
 * Runs `work` for every thing, `sizeMax` at a time; one failure never keeps the others from being tried.
 *
 * @returns the failures of each chunk to `onChunk`, which may end the run with `false`, and all of them at the end.
 * @throws never
 */
export async function inChunks<T>(
  things: readonly T[],
  sizeMax: number,
  work: (thing: T) => Promise<unknown>,
  onChunk: (failures: readonly ChunkFailure<T>[], size: number) => boolean = () => true,
): Promise<readonly ChunkFailure<T>[]> {
  const all: ChunkFailure<T>[] = [];
  for (let from = 0; from < things.length; from += sizeMax) {
    const chunk = things.slice(from, from + sizeMax);
    const failures: ChunkFailure<T>[] = [];
    await Promise.all(
      chunk.map(async (thing) => {
        try {
          await work(thing);
        } catch (error) {
          failures.push({ thing, error });
        }
      }),
    );
    all.push(...failures);
    if (!onChunk(failures, chunk.length)) break;
  }
  return all;
}
