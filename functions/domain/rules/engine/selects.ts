/** What this room knows: what a rule means. This file: which sensors a rule watches. */
import { quantityOf } from '../../telemetry/quantities.ts';
import type { SensorRegistration, SourceContext } from '../../telemetry/registration.ts';
import type { Selection } from '../book.ts';

const anyOf = <T>(wanted: readonly T[] | undefined, has: (one: T) => boolean): boolean =>
  wanted === undefined || wanted.some(has);

/**
 * True when all that `selection` gives matches; of a list one entry is enough.
 *
 * A tag may be the sensor's or its source's.
 */
export const selects = (
  selection: Selection,
  sensor: SensorRegistration,
  source: SourceContext | undefined,
): boolean =>
  (selection.quantities.length === 0
    ? quantityOf(sensor.quantity)?.kind === 'number'
    : selection.quantities.includes(sensor.quantity)) &&
  anyOf(selection.trades, (trade) => trade === source?.trade) &&
  anyOf(selection.positions, (position) => position === sensor.position) &&
  anyOf(selection.sourceKinds, (kind) => kind === source?.kind) &&
  anyOf(selection.areaPrefixes, (prefix) => source?.area.startsWith(prefix) === true) &&
  anyOf(selection.grades, (grade) => grade === source?.grade) &&
  anyOf(selection.tags, (tag) => sensor.tags.includes(tag) || source?.tags.includes(tag) === true);
