import type { Watermark } from '../../domain/watermark.ts';

/** The one item that says up to when the whole way is known to work. */
export interface WatermarkStore {
  /** Consistent; `undefined` before the first canary was due. @throws AdapterError */
  read(): Promise<Watermark | undefined>;
  /**
   * Writes what `change` makes of the newest state; asked again with a newer one when somebody else wrote first.
   * When `change` returns its argument nothing is written.
   *
   * @throws AdapterError, also when every try lost its race
   */
  update(change: (before: Watermark | undefined) => Watermark | undefined): Promise<Watermark | undefined>;
}
