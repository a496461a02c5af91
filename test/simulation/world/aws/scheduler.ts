import type { Engine } from '../engine.ts';
import type { Faults } from '../faults/verdict.ts';
import type { SimQueue } from './queue.ts';

const minuteMs = 60_000;

/** The scheduler: once a minute, somewhere in its minute, at least once. */
export function planTicksEachMinute(engine: Engine, faults: Faults, ticks: SimQueue): void {
  const minute = (): void => {
    for (const delay of faults.planDelaysMs())
      engine.after(delay, () => ticks.send(JSON.stringify({ kind: 'plan' }), 0));
    engine.after(minuteMs, minute);
  };
  engine.after(0, minute);
}
