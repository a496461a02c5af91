import { type ByteReader, type ByteWriter, byteReader, byteWriter } from '../../../functions/domain/bytes.ts';

/** The bytes that `write` appends, one number each. */
export function bytesBy(write: (writer: ByteWriter) => void): readonly number[] {
  const writer = byteWriter();
  write(writer);
  return [...writer.finish()];
}

export const readerOf = (bytes: readonly number[]): ByteReader => byteReader(Uint8Array.from(bytes));

/** What `read` makes of `bytes`; throws when it leaves some of them. */
export function readAll<T>(bytes: readonly number[], read: (reader: ByteReader) => T): T {
  const reader = readerOf(bytes);
  const found = read(reader);
  if (!reader.done()) throw new Error('bytes are left');
  return found;
}
