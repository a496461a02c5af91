import type { Faults } from '../faults/verdict.ts';
import { serviceError } from './errors.ts';

interface Input {
  readonly Records?: readonly { readonly Data?: Uint8Array }[];
}

/** Records of a call, bytes of one, and of all together. Source: Firehose API reference, PutRecordBatch. */
const recordsMax = 500;
const recordBytesMax = 1_000 * 1_024;
const batchBytesMax = 4 * 1_024 * 1_024;

/** @throws Error by its AWS name for what is refused as a whole */
function checkRecords(records: NonNullable<Input['Records']>): void {
  const sizes = records.map(({ Data }) => Data?.byteLength ?? 0);
  const isTooMuch = sizes.reduce((sum, size) => sum + size, 0) > batchBytesMax;
  if (records.length === 0 || records.length > recordsMax) throw serviceError('ValidationException');
  if (isTooMuch || sizes.some((size) => size > recordBytesMax))
    throw serviceError('InvalidArgumentException');
}

/** The archive's delivery stream: what it took, line by line. */
export function createFirehose(lines: string[], faults: Faults) {
  return ({ Records = [] }: Input): object => {
    checkRecords(Records);
    const isPartial = faults.isPartial('firehose');
    const RequestResponses = Records.map(({ Data }, position) => {
      if (isPartial && position % 2 === 0) return { ErrorCode: 'ServiceUnavailableException' };
      lines.push(
        Buffer.from(Data ?? new Uint8Array())
          .toString('utf8')
          .trimEnd(),
      );
      return { RecordId: String(lines.length) };
    });
    return { FailedPutCount: RequestResponses.filter((one) => 'ErrorCode' in one).length, RequestResponses };
  };
}
