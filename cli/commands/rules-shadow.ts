/** `tocsin rules shadow`: where a candidate book stood otherwise than the live one. */

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { dynamoShadowStore } from '../../functions/adapters/dynamo/shadow-store.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import type { StoredDifference } from '../../functions/usecases/ports/shadow.ts';
import { errorCode } from '../error-code.ts';
import type { Output } from '../output.ts';
import { openRecords } from '../records-table.ts';

export interface ShadowOptions {
  readonly table?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** Most differences of one listing. */
export const shadowListMax = 1_000;

const words = {
  added: 'would be open and is not',
  removed: 'is open and would not be',
  graver: 'would be graver',
  milder: 'would be milder',
} as const;

const lineOf = ({ kind, ruleId, deviceId, sensorId, live, candidate, since, until }: StoredDifference) =>
  [
    rfc3339(since),
    kind.padEnd(7),
    `${ruleId} on ${deviceId}/${sensorId}:`,
    `${words[kind]}, live ${live ?? '-'}, candidate ${candidate ?? '-'},`,
    until === undefined ? 'still so' : `until ${rfc3339(until)}`,
  ].join(' ');

/** Tells the differences that `ingest` has noted for the candidate book in `file`. */
export async function listShadow(file: string, options: ShadowOptions, output: Output): Promise<void> {
  const refuse = (message: string): void => {
    output.remark(message);
    output.exitWith(2);
  };
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > shadowListMax)
    return refuse(`--limit: ${options.limit} is no whole number from 1 to ${shadowListMax}`);
  let version: string;
  try {
    ({ version } = readRuleBook(JSON.parse(await readFile(file, 'utf8'))));
  } catch (error) {
    const said = error instanceof AdapterError ? error.message : errorCode(error);
    return refuse(`${file}: ${said}. Remedy: name the candidate's book.json, the one that was deployed`);
  }
  const opened = await openRecords(options.table);
  if (opened === undefined)
    return refuse('no city runs here. Remedy: npm start, or name the Records table: --table <name>');
  const { client, table } = opened;
  try {
    const found = await dynamoShadowStore(client, { twins: table, records: table }).list(version, limit);
    if (options.json) output.line(JSON.stringify({ book: version, differences: found }, null, 2));
    else if (found.length === 0) output.line(`book ${version}: no difference noted`);
    else for (const one of found) output.line(lineOf(one));
    output.exitWith(found.length > 0 ? 1 : 0);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    refuse(`${error.message}. Remedy: check --table ${table}, the region and the AWS credentials`);
  } finally {
    client.destroy();
  }
}

export const shadowCommand = (output: Output): Command =>
  new Command('shadow')
    .description('Lists where a candidate book that runs beside the live one stood otherwise.')
    .argument('<book.json>', 'the candidate that was deployed with -c shadow=<book.json>')
    .option('--table <name>', 'the Records table (default: that of the city that npm start runs)')
    .option('--limit <count>', `newest differences, at most ${shadowListMax}`, '100')
    .option('--json', 'the differences as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  tocsin rules build --rules candidate
  npm run deploy -- -c stage=prod -c shadow=candidate/book.json
  tocsin rules shadow candidate/book.json --table <Records table>

The candidate is evaluated in ingest on what the live book has just judged; it notifies nobody and writes no alert.
Metrics: ShadowAdded, ShadowRemoved, ShadowGraver, ShadowMilder, ShadowMissed. Findings are kept for 14 days.
Exit code 0: no difference, 1: differences, 2: wrong usage.`,
    )
    .action((file: string, options: ShadowOptions) => listShadow(file, options, output));
