/** What runs in this clone, and where. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readOutputs } from '../platform/cdk.ts';
import { rulesLine } from '../platform/deployed-rules.ts';
import { platformVariables } from '../platform/environment.ts';
import { cityFolder, type InstanceFolder, repository } from '../platform/paths.ts';
import { localApiUrl } from '../platform/platform.ts';
import { runningState } from '../platform/state.ts';
import { trustCa } from '../platform/trust.ts';
import { renderLine } from '../view/render.ts';

/** The view is written once a second. */
const freshMs = 5_000;

async function health(endpoint: string): Promise<string> {
  for (const where of ['/_ministack/health', '/_localstack/health']) {
    try {
      const response = await fetch(endpoint + where, { signal: AbortSignal.timeout(3_000) });
      if (response.ok) return 'healthy';
    } catch (error) {
      return `does not answer (${error instanceof Error ? error.message : error})`;
    }
  }
  return 'answers, but not as a local platform';
}

async function apiOf(folder: InstanceFolder, url: string): Promise<string> {
  if (!existsSync(folder.outputs)) return 'not deployed yet';
  return localApiUrl({ url }, (await readOutputs(folder.outputs)).ApiUrl);
}

/** What the live view last showed, when that was just now. */
async function lastView(folder: InstanceFolder): Promise<string | undefined> {
  try {
    const { mtimeMs } = await stat(folder.view);
    if (Date.now() - mtimeMs > freshMs) return undefined;
    return renderLine(JSON.parse(await readFile(folder.view, 'utf8')));
  } catch {
    // A scenario runs without the view, or it is being written right now.
    return undefined;
  }
}

/** Prints the state of the city; false when nothing runs. */
export async function showStatus(): Promise<boolean> {
  const folder = cityFolder;
  const state = await runningState(folder);
  if (!state) {
    console.log('Nothing runs in this clone. Start it with: npm start');
    return false;
  }
  if (state.ca) await trustCa(state.ca);
  console.log(`since     ${state.startedAt} (process ${state.pid})`);
  console.log(`platform  ${state.endpoint} ${await health(state.endpoint)}`);
  console.log(`api       ${await apiOf(folder, state.endpoint)}`);
  const rules = await rulesLine(folder);
  if (rules) console.log(`rules     ${rules}`);
  console.log(`logs      ${path.relative(repository, folder.logs)}/, npm run logs -- ingest`);
  const view = await lastView(folder);
  if (view) console.log(`city      ${view}`);
  return true;
}

/** Prints the platform's variables as a shell reads them: `eval "$(npm run -s status -- --env)"`. */
export async function showEnvironment(): Promise<boolean> {
  const state = await runningState(cityFolder);
  if (!state) throw new Error('nothing runs in this clone. Remedy: npm start');
  const variables = platformVariables({ url: state.endpoint, ...(state.ca ? { ca: state.ca } : {}) });
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}='${value}'`);
  return true;
}
