/** The running city on the screen, until Ctrl-C. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadScenario } from '../../sensors-sim/scenario/load.ts';
import type { Scenario } from '../../sensors-sim/scenario/schema.ts';
import type { Closer } from '../platform/closer.ts';
import { repository } from '../platform/paths.ts';
import { apiClient } from '../seed/api-client.ts';
import { signIn } from '../seed/people.ts';
import type { Person } from '../seed/seed-city.ts';
import { writeCurlFile } from '../view/curl-files.ts';
import { openInbox } from '../view/inbox.ts';
import { createLiveModel } from '../view/live-model.ts';
import { countOpenAlerts } from '../view/open-alerts.ts';
import { languageOf, openScreen } from '../view/screen.ts';
import { type City, newSqsClient } from './bring-up.ts';
import { brokerOf } from './broker.ts';
import { startCityRun } from './city-run.ts';

/** What `npm start` plays when nothing is named: a small incident every minute or so, without an end. */
const ordinaryScenario = 'city-life';

const drawEveryMs = 1_000;
const lookEveryMs = 2_000;
/** Tokens live for an hour. */
const signInEveryMs = 30 * 60_000;

/** The scenario of that name or file; one line says which there are. */
export function chosenScenario(name: string | undefined): Scenario {
  const loaded = loadScenario(name ?? ordinaryScenario);
  if (loaded.ok) return loaded.scenario;
  throw new Error(`${loaded.errors[0]}. Remedy: npm run sim -- list`);
}

/** Keeps the people's curl files signed in; returns the regulator's current token. */
function keepSignedIn(city: City, ending: AbortSignal): () => string | undefined {
  const tokens = new Map(city.people.map((person) => [person.name, person.tokens.access]));
  const renew = async (person: Person) => {
    const fresh = { ...person, tokens: await signIn(city.pool, person.name, person.password) };
    tokens.set(person.name, fresh.tokens.access);
    await writeCurlFile(city.curlFolder, fresh, city.platform.endpoint.ca);
  };
  void every(signInEveryMs, ending, async () => {
    for (const person of city.people) await renew(person);
  });
  return () => tokens.get('regulator');
}

/** Calls `then` every so often until `ending`; one that fails is tried again at its next time. */
async function every(periodMs: number, ending: AbortSignal, then: () => Promise<void>): Promise<void> {
  while (!ending.aborted) {
    try {
      await delay(periodMs, undefined, { signal: ending });
      await then();
    } catch {
      // Ended, or the platform was busy: the view shows what it had.
    }
  }
}

/** Shows the city until `closer` closes; true, as nothing can go wrong in looking. */
export async function showCity(city: City, scenario: Scenario, closer: Closer): Promise<boolean> {
  const { platform } = city;
  const ending = new AbortController();
  const run = startCityRun(scenario, await brokerOf(city));
  const language = languageOf(process.env);
  const screen = openScreen(process.stdout, language);
  const live = createLiveModel(
    {
      title: scenario.title[language],
      endpoint: platform.endpoint.url,
      mqtt: `${platform.mqtt.protocol}://${platform.mqtt.host}:${platform.mqtt.port}`,
      apiUrl: platform.apiUrl,
      curlFolder: path.relative(repository, city.curlFolder),
      devices: city.devices.length,
      people: city.people.map(({ name, role }) => ({ name, role })),
    },
    run,
  );
  const inbox = openInbox(newSqsClient(), platform.outputs.LiveViewQueueUrl, (notification) => {
    live.heard(notification);
    screen.tell(notification);
  });
  await closer.defer(async () => {
    ending.abort();
    run.stop();
    screen.close();
    await inbox.stop();
    await rm(platform.folder.view, { force: true });
  });
  const token = keepSignedIn(city, ending.signal);
  const api = apiClient(platform.apiUrl, token);
  void every(lookEveryMs, ending.signal, async () => live.opened(await countOpenAlerts(api)));
  await every(drawEveryMs, ending.signal, async () => {
    const model = live.tick();
    screen.draw(model);
    await writeFile(platform.folder.view, JSON.stringify(model));
  });
  return true;
}
