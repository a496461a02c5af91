/** `npm start`: from nothing to a running city, and back to nothing. */

import { bringUp, type City, type CityOptions } from '../city/bring-up.ts';
import { runOnce } from '../city/run-once.ts';
import { chosenScenario, showCity } from '../city/show-city.ts';
import { closeOnSignals, createCloser } from '../platform/closer.ts';
import { cityFolder } from '../platform/paths.ts';
import { runningState } from '../platform/state.ts';

export interface StartOptions extends CityOptions {
  readonly scenario?: string;
  readonly once?: boolean;
}

/** Runs until Ctrl-C, or to the end of a scenario; false when its expectations did not hold. */
export async function start(options: StartOptions): Promise<boolean> {
  const folder = cityFolder;
  const running = await runningState(folder);
  if (running)
    throw new Error(
      `a city already runs in this clone (process ${running.pid}). Remedy: npm run stop, or look with npm run status`,
    );
  if (options.once && !options.scenario)
    throw new Error('--once needs a scenario. Remedy: npm start -- --scenario gas-leak --once');
  const scenario = chosenScenario(options.scenario);
  if (options.once && !scenario.runs.includes('live'))
    throw new Error(
      `${scenario.name} runs with a virtual clock only. Remedy: npm run sim -- scenario ${scenario.name} --virtual`,
    );
  const closer = createCloser((error) =>
    console.error(`tocsin: ${error instanceof Error ? error.message : error}`),
  );
  const unhook = closeOnSignals(closer, () => process.stdout.write('\nStopping ...\n'));
  try {
    const city = await bringUp(folder, options, closer);
    if (closer.isClosing()) return true;
    const work = options.once ? runOnce(city, scenario, closer) : showCity(city, scenario, closer);
    return await Promise.race([work, brokenPlatform(city)]);
  } catch (error) {
    // What a signal interrupted fails on its way down; that is no news.
    if (closer.isClosing()) return !options.once;
    throw error;
  } finally {
    await closer.close();
    unhook();
  }
}

/** Rejects when the platform ends under the city. */
function brokenPlatform({ platform }: City): Promise<never> {
  const broken = new Promise<never>((_, reject) => {
    void platform.ended?.then((how) => {
      reject(
        new Error(
          `the platform ended by itself (${how}). Remedy: read npm run logs -- emulator, then npm start again`,
        ),
      );
    });
  });
  // At an orderly end nobody listens any more.
  broken.catch(() => {});
  return broken;
}
