import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { SimQueue } from './queue.ts';

const minuteMs = 60_000;

/** A world begins in the middle of a minute, so that its second plan falls into the time of its faults. */
const firstMs = 30_000;

/** The scheduler: once a minute, somewhere in its minute, at least once. */
export function planTicksEachMinute(engine: Engine, faults: Faults, ticks: SimQueue): void {
  const plan = (): void => {
    for (const delay of faults.planDelaysMs())
      engine.after(delay, () => ticks.send(JSON.stringify({ kind: 'plan' }), 0));
  };
  const minute = (): void => {
    plan();
    engine.after(minuteMs, minute);
  };
  engine.after(0, plan);
  engine.after(firstMs, minute);
}
