/** A device for the columns of a CSV that comes without an inventory: such that the rules of the quantity watch it. */
import type { Rule } from '../../../functions/domain/rules/book.ts';
import { selects } from '../../../functions/domain/rules/engine/selects.ts';
import {
  DeviceRegistration,
  SensorRegistration,
  SourceContext,
} from '../../../functions/domain/telemetry/registration.ts';
import { Refused } from '../refused.ts';
import type { ValueColumn } from './csv-columns.ts';
import type { ColumnSensor } from './csv-messages.ts';
import type { CsvTable } from './csv-table.ts';

/** Most columns of one CSV: a device has at most so many sources. */
export const columnsMax = 20;
const hourMs = 3_600_000;
const periodMinMs = 100;
const periodMaxMs = 24 * hourMs;
/** Rows that tell how often a column reports. */
const sampleRows = 2_000;

const deviceId = 'csv';
const enterpriseId = 'csv';

interface Placed {
  readonly column: ValueColumn;
  readonly sensor: SensorRegistration;
  readonly source: SourceContext;
  readonly watching: readonly string[];
  /** Rules of the same quantity that ask for another place. */
  readonly passing: readonly string[];
}

export interface Derived {
  readonly registrations: readonly DeviceRegistration[];
  readonly sensors: readonly ColumnSensor[];
  /** What was assumed, for people. */
  readonly remarks: readonly string[];
}

/** How often the column at `position` has a value: the median distance, in ms. */
export function periodOf({ rows }: CsvTable, position: number): number {
  const times: number[] = [];
  for (const row of rows) {
    if (row.cells[position]?.kind !== 'gap') times.push(row.at);
    if (times.length >= sampleRows) break;
  }
  const steps = times.map((at, i) => at - (times[i - 1] ?? at)).filter((step) => step > 0);
  const middle = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? hourMs;
  return Math.min(periodMaxMs, Math.max(periodMinMs, Math.round(middle)));
}

const sensorIdOf = ({ name, wish }: ValueColumn, index: number): string => {
  const id = wish.sensor ?? name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id) ? id : `column-${index + 1}`;
};

/** Six digits of an area below the first prefix that a rule selects, or of any. */
const areaOf = (prefix: string | undefined): string =>
  (prefix ?? '220104').padEnd(Math.max(6, prefix?.length ?? 0), '0');

/** Of a rule on the quality of data, no trade in particular. */
const tradeOf = (rule: Rule | undefined) => (rule?.trade === 'any' ? undefined : rule?.trade);

function place(
  column: ValueColumn,
  index: number,
  period: number,
  like: Rule | undefined,
): Pick<Placed, 'sensor' | 'source'> {
  const { wish, quantity } = column;
  const select = like?.select;
  const position = wish.position ?? select?.positions?.[0];
  const grade = select?.grades?.[0];
  const sourceId = `csv-${index + 1}`;
  const sensor = SensorRegistration.parse({
    sensorId: sensorIdOf(column, index),
    quantity: quantity.id,
    unit: quantity.unit,
    ...(position === undefined ? {} : { position }),
    period,
    sourceId,
    tags: wish.tag === undefined ? (select?.tags?.slice(0, 1) ?? []) : [wish.tag],
  });
  const source = SourceContext.parse({
    sourceId,
    kind: wish.kind ?? select?.sourceKinds?.[0] ?? 'any',
    trade: select?.trades?.[0] ?? tradeOf(like) ?? 'construction',
    area: areaOf(select?.areaPrefixes?.[0]),
    siteId: 'csv',
    enterpriseId,
    ...(grade === undefined ? {} : { grade }),
    tags: [],
  });
  return { sensor, source };
}

/** The place at which most rules of the quantity watch the column. */
function bestPlace(column: ValueColumn, index: number, period: number, rules: readonly Rule[]): Placed {
  const own = rules.filter(({ select }) => select.quantities.includes(column.quantity.id));
  // Rules on the quality of data watch every number anywhere: where there are others, those say the place.
  const risks = own.filter(({ kind }) => kind === 'risk');
  const tries = risks.length > 0 ? risks : own.length > 0 ? own : [undefined];
  const placed = tries.map((like): Placed => {
    const { sensor, source } = place(column, index, period, like);
    const watching = own
      .filter(({ select }) => selects(select, sensor, source))
      .map(({ id }) => id as string);
    const passing = own.map(({ id }) => id as string).filter((id) => !watching.includes(id));
    return { column, sensor, source, watching, passing };
  });
  return placed.reduce((best, one) => (one.watching.length > best.watching.length ? one : best));
}

function remarksOf({ column, sensor, source, watching, passing }: Placed): string[] {
  const where = sensor.position === undefined ? source.kind : `${source.kind}, position ${sensor.position}`;
  const every = sensor.period >= 1000 ? `${sensor.period / 1000} s` : `${sensor.period} ms`;
  const by = watching.length === 0 ? 'no rule watches it' : `watched by ${watching.join(', ')}`;
  return [
    `assumed: column ${column.name} is ${sensor.quantity} in ${sensor.unit} at a ${where}, every ${every}; ${by}`,
    ...(passing.length === 0
      ? []
      : [
          `  not watched there by ${passing.join(', ')}: say the place with --column value=${column.name}:position=…,kind=…`,
        ]),
  ];
}

/** One device with a sensor a column. @throws Refused when no rule watches any of them */
export function deriveRegistration(table: CsvTable, rules: readonly Rule[]): Derived {
  const { values } = table.columns;
  if (values.length > columnsMax)
    throw new Refused(`${values.length} columns of values; at most ${columnsMax} without --inventory`);
  const placed = values.map((column, i) => bestPlace(column, i, periodOf(table, i), rules));
  const ids = placed.map(({ sensor }) => sensor.sensorId);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined)
    throw new Refused(`two columns would be sensor ${twice}; name them: --column value=…:sensor=<id>`);
  if (placed.every(({ watching }) => watching.length === 0)) {
    const known = [...new Set(rules.flatMap(({ select }) => select.quantities))].sort().join(', ');
    const given = [...new Set(values.map(({ quantity }) => quantity.id))].join(', ');
    throw new Refused(`no rule watches ${given}; the book has rules for ${known}`);
  }
  const registration = DeviceRegistration.parse({
    deviceId,
    enterpriseId,
    siteId: 'csv',
    status: 'active',
    sensors: placed.map(({ sensor }) => sensor),
    sources: placed.map(({ source }) => source),
    registeredAt: table.rows[0]?.at ?? 0,
    version: 1,
  });
  return {
    registrations: [registration],
    sensors: ids.map((sensorId) => ({ deviceId, sensorId })),
    remarks: placed.flatMap(remarksOf),
  };
}

/** The registered sensor of each column: as `device` and `sensor` say, or the one sensor that has the column's name. */
export function registeredSensors(
  table: CsvTable,
  registrations: readonly DeviceRegistration[],
): readonly ColumnSensor[] {
  const all = registrations.flatMap((device) =>
    device.sensors.map((sensor) => ({ deviceId: device.deviceId as string, sensor })),
  );
  return table.columns.values.map(({ name, wish, quantity }) => {
    const found = all.filter(
      (one) =>
        (wish.device === undefined || one.deviceId === wish.device) &&
        one.sensor.sensorId === (wish.sensor ?? name),
    );
    const [only] = found;
    if (only === undefined || found.length > 1)
      throw new Refused(
        `column "${name}": ${found.length === 0 ? 'no registered sensor has this name' : `${found.length} registered sensors have this name`}; ` +
          `say which: --column value=${name}:device=<id>,sensor=<id>`,
      );
    if (only.sensor.quantity !== quantity.id)
      throw new Refused(
        `column "${name}" is ${quantity.id}, but ${only.deviceId}/${only.sensor.sensorId} is registered for ${only.sensor.quantity}`,
      );
    return { deviceId: only.deviceId, sensorId: only.sensor.sensorId };
  });
}
