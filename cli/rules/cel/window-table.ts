/** The windows of one rule: those that are equal share a number, and keep what any of them asks for. */
import type { WindowSpec } from '../../../functions/domain/rules/book.ts';
import { canonicalJson } from '../../../functions/domain/rules/engine/canonical-json.ts';

/** What one place in a condition asks. */
export interface WindowAsk extends Omit<WindowSpec, 'functions'> {
  readonly fn: WindowSpec['functions'][number];
}

interface Slot {
  readonly spec: Omit<WindowSpec, 'functions'>;
  readonly functions: Set<WindowSpec['functions'][number]>;
}

export interface WindowTable {
  /** The number of the window that answers `ask`. */
  readonly slotOf: (ask: WindowAsk) => number;
  /** All windows, by number. */
  readonly windows: () => readonly WindowSpec[];
}

/** An empty table. */
export function windowTable(): WindowTable {
  const numbers = new Map<string, number>();
  const slots: Slot[] = [];
  return {
    slotOf: ({ fn, ...spec }) => {
      const key = canonicalJson(spec);
      const number = numbers.get(key) ?? slots.length;
      numbers.set(key, number);
      const slot = slots[number] ?? { spec, functions: new Set() };
      slots[number] = slot;
      slot.functions.add(fn);
      return number;
    },
    // In a fixed order, so that the order of conditions changes no version.
    windows: () => slots.map(({ spec, functions }) => ({ ...spec, functions: [...functions].sort() })),
  };
}
