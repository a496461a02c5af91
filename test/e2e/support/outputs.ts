/** Everything that the stacks say of themselves, as the tools read it. */
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { instanceFolder } from '../../../local/platform/paths.ts';
import { given } from './platform.ts';

const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()));

export async function stackOutputs(): Promise<Readonly<Record<string, string>>> {
  const { outputs } = instanceFolder(given('TOCSIN_PLATFORM'));
  return Object.assign({}, ...Object.values(OutputsFile.parse(JSON.parse(await readFile(outputs, 'utf8')))));
}
