/** What `tocsin rules shadow` does; loaded when somebody asks for it, because it brings the AWS SDK. */

import { readFile } from 'node:fs/promises';
import { AdapterError } from '../../functions/adapters/adapter-error.ts';
import { dynamoShadowStore } from '../../functions/adapters/dynamo/shadow-store.ts';
import { readRuleBook } from '../../functions/adapters/rule-book/read-rule-book.ts';
import { rfc3339 } from '../../functions/domain/time.ts';
import type { StoredDifference } from '../../functions/usecases/ports/shadow.ts';
import { errorCode } from '../error-code.ts';
import type { Output } from '../output.ts';
import { openRecords } from '../records-table.ts';
import { type ShadowOptions, shadowListMax } from './shadow-options.ts';

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
