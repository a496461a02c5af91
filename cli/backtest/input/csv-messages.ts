/** Rows of a CSV as the messages that a logger would have sent: each instant one, received when it was measured. */
import type { Envelope } from '../../../functions/domain/telemetry/envelope.ts';
import { instant } from '../../../functions/domain/time.ts';
import type { MessageSink } from './archive.ts';
import type { CsvRow, CsvTable } from './csv-table.ts';

/** The sensor that stands for a column. */
export interface ColumnSensor {
  readonly deviceId: string;
  readonly sensorId: string;
}

/** What becomes of cells where the logger says that it has no value. */
export type Missing = 'fault' | 'gap';

/** Most records of one message. */
const recordsMax = 500;

/** One record of SenML without its braces; `undefined` when the cell says nothing. */
function recordOf(
  row: CsvRow,
  column: number,
  { sensorId }: ColumnSensor,
  missing: Missing,
): string | undefined {
  const cell = row.cells[column];
  const quality = row.qualities?.[column] ?? '';
  const flag = quality === '' || quality === 'good' ? '' : `,"q":${JSON.stringify(quality)}`;
  if (cell === undefined || cell.kind === 'bad') return undefined;
  if (cell.kind !== 'value') {
    const isFault = cell.kind === 'none' && missing === 'fault';
    const said = flag === '' && isFault ? ',"q":"fault"' : flag;
    return said === '' ? undefined : `"n":"${sensorId}"${said}`;
  }
  const { value } = cell;
  const field = typeof value === 'number' ? 'v' : typeof value === 'boolean' ? 'vb' : 'vs';
  return `"n":"${sensorId}","${field}":${JSON.stringify(value)}${flag}`;
}

function envelopeOf(deviceId: string, at: number, seq: number, records: readonly string[]): Envelope {
  const seconds = at / 1000;
  const head = `"bn":"${deviceId}/","bt":${seconds},"boot":"csv","seq":${seq},"sent":${seconds}`;
  const [first = '', ...rest] = records;
  const text = `[{${head},${first}}${rest.map((record) => `,{${record}}`).join('')}]`;
  return {
    id: `csv-${seq}`,
    topic: `tocsin/v1/${deviceId}/senml`,
    clientId: deviceId,
    principal: '-',
    receivedAt: instant(at),
    data: Buffer.from(text),
    via: 'rule',
  };
}

/** Hands the rows to `sink`; all rows of one instant are one message, so that of two values the graver counts. */
export function sendRows(
  file: string,
  { rows }: CsvTable,
  sensors: readonly ColumnSensor[],
  {
    sink,
    missing,
    passed,
  }: { readonly sink: MessageSink; readonly missing: Missing; passed(rows: number): void },
): void {
  const byDevice = [
    ...Map.groupBy(
      sensors.map((sensor, column) => ({ sensor, column })),
      ({ sensor }) => sensor.deviceId,
    ),
  ];
  let seq = 0;
  const send = (from: number, to: number): void => {
    for (const [deviceId, columns] of byDevice) {
      const records = rows
        .slice(from, to)
        .flatMap((row) =>
          columns.flatMap(({ sensor, column }) => recordOf(row, column, sensor, missing) ?? []),
        );
      const { at = 0, line = 0 } = rows[from] ?? {};
      for (let start = 0; start < records.length; start += recordsMax) {
        const some = records.slice(start, start + recordsMax);
        sink.take({ envelope: envelopeOf(deviceId, at, seq++, some), file, line });
      }
    }
  };
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && rows[to]?.at === rows[from]?.at) to++;
    send(from, to);
    from = to;
    passed(to);
  }
}
