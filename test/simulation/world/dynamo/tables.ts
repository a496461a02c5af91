/** All tables of an account, and how far behind a read is. */
import { noSuchTable, validation } from './errors.ts';
import type { TableShape } from './shapes.ts';
import { createTable, staleMaxMs, type Table } from './table.ts';

export interface Tables {
  /** @throws ResourceNotFoundException */
  readonly named: (name: string | undefined) => Table;
  readonly now: () => number;
  /** The instant whose state a read sees. */
  readonly seen: (what: 'read' | 'index', isConsistent: boolean | undefined) => number;
}

export function createTables(
  shapes: readonly TableShape[],
  now: () => number,
  staleBy: (what: 'read' | 'index') => number,
): Tables {
  const tables = new Map(shapes.map((shape) => [shape.name, createTable(shape)]));
  return {
    now,
    named: (name) => {
      if (name === undefined) throw validation('The parameter TableName is required but was not present');
      const table = tables.get(name);
      if (table === undefined) throw noSuchTable();
      return table;
    },
    seen: (what, isConsistent) => {
      if (isConsistent === true) return now();
      const lag = staleBy(what);
      if (!(lag >= 0 && lag <= staleMaxMs))
        throw new RangeError(`a read is at most ${staleMaxMs} ms behind, not ${lag}`);
      return now() - lag;
    },
  };
}
