/** The rule engine against `JSON.parse` of the same readings, and against other engines. README.md says what is measured. */
import type { Figure, Findings } from '../figures.ts';
import { measureTwin } from '../twin/twin.ts';
import { measureAlone, measurePacks } from './full.ts';
import { measureGrowth } from './growth.ts';
import { roundCount } from './measure.ts';
import { measureReady } from './ready.ts';
import { measureThresholds } from './thresholds.ts';
import { measureWindows } from './window-bytes.ts';

/** The figure of the bench `twin` that was promised here too. */
async function idleTwin(): Promise<readonly Figure[]> {
  const figures = (await measureTwin()).groups.flatMap((group) => group.figures);
  return figures
    .filter(({ name }) => name === 'item in the table, idle')
    .map((figure) => ({ ...figure, name: 'idle twin of 20 sensors' }));
}

export async function measureRules(): Promise<Findings> {
  // The fresh processes first: what follows fills the memory of this one.
  const ready = await measureReady();
  const thresholds = await measureThresholds();
  const alone = await measureAlone();
  const packs = await measurePacks();
  const growth = await measureGrowth();
  const windows = await measureWindows();
  const [engine = [], peers = []] = [thresholds.goals.slice(0, 2), thresholds.goals.slice(2)];
  const goals = [...engine, ...alone.goals, ...packs.goals, ...peers, ...growth, ...ready];
  return {
    groups: [
      { title: 'What was promised', figures: [...goals, ...(await idleTwin())] },
      { title: 'A reading in nanoseconds: thresholds, one a message', figures: thresholds.split },
      { title: 'A reading in nanoseconds: full semantics, one a message', figures: alone.split },
      { title: 'A reading in nanoseconds: full semantics, packs of 25', figures: packs.split },
      ...(windows.length === 0
        ? []
        : [{ title: 'A window in a twin, beside the same rule without it', figures: windows }]),
    ],
    remarks: [
      `Ratios are medians of ${roundCount} rounds in one process, each way once a round in turn; garbage is collected between.`,
      'All engines gave the same transitions; the peers have their timers, and their index by sensor, from the bench.',
    ],
  };
}
