import type { Faults } from '../faults/verdict.ts';

interface Input {
  readonly Records?: readonly { readonly Data?: Uint8Array }[];
}

/** The archive's delivery stream: what it took, line by line. */
export function createFirehose(lines: string[], faults: Faults) {
  return ({ Records = [] }: Input): object => {
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
