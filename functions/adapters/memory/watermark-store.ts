import type { Watermark } from '../../domain/watermark.ts';
import type { WatermarkStore } from '../../usecases/ports/watermark.ts';

/** The watermark in memory; `change` runs at once, so no race is ever lost. */
export function memoryWatermarkStore(): WatermarkStore {
  let watermark: Watermark | undefined;
  return {
    read: async () => watermark,
    update: async (change) => {
      watermark = change(watermark);
      return watermark;
    },
  };
}
