/** The bytes of a file, unpacked where it is gzip; of one that was cut, all that lies before the cut. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

/** Read at a time. Bytes. */
const pieceBytes = 256 * 1024;

export type Ending =
  | { readonly kind: 'whole' }
  /** The file ends in the middle of the compressed data. */
  | { readonly kind: 'cut' }
  /** The compressed data are damaged; `problem` is the library's word for it. */
  | { readonly kind: 'damaged'; readonly problem: string };

export interface ByteSource {
  /** Pieces in order. `read` grows by what is read of the file itself. */
  pieces(read: (bytes: number) => void): AsyncGenerator<Buffer, Ending>;
  readonly isGzip: boolean;
}

/** @throws Error of the file system when it cannot be opened */
export async function openBytes(file: string): Promise<ByteSource> {
  const handle = await open(file);
  const head = Buffer.alloc(2);
  try {
    await handle.read(head, 0, 2, 0);
  } finally {
    await handle.close();
  }
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  return { isGzip, pieces: (read) => (isGzip ? unpacked(file, read) : plain(file, read)) };
}

async function* plain(file: string, read: (bytes: number) => void): AsyncGenerator<Buffer, Ending> {
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    if (!Buffer.isBuffer(piece)) continue;
    read(piece.length);
    yield piece;
  }
  return { kind: 'whole' };
}

/**
 * The stream gets each piece of the file on its own and its end last: told of the end together with the last piece it
 * would throw away, for a file that was cut, all that this piece holds.
 */
async function* unpacked(file: string, read: (bytes: number) => void): AsyncGenerator<Buffer, Ending> {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  let ready: Buffer[] = [];
  let failed: Error | undefined;
  gunzip.on('data', (piece: Buffer) => ready.push(piece));
  const settled = new Promise<void>((resolve) => {
    gunzip.on('error', (error) => {
      failed = error;
      resolve();
    });
    gunzip.on('end', resolve);
  });
  for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
    if (!Buffer.isBuffer(piece)) continue;
    await Promise.race([new Promise<void>((resolve) => gunzip.write(piece, () => resolve())), settled]);
    read(piece.length);
    yield* ready.splice(0);
    if (failed !== undefined) break;
  }
  gunzip.end();
  await settled;
  yield* ready;
  ready = [];
  if (failed === undefined) return { kind: 'whole' };
  const code = 'code' in failed ? failed.code : '';
  return code === 'Z_BUF_ERROR' ? { kind: 'cut' } : { kind: 'damaged', problem: failed.message };
}
