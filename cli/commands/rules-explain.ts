/** `tocsin rules explain`: why an alert changed, from its decision record. */
import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { readInventory } from '../backtest/input/inventory.ts';
import { createTroubles } from '../backtest/input/troubles.ts';
import { utc, zoneOf } from '../backtest/input/zone.ts';
import { readBook } from '../backtest/read-book.ts';
import { Refused } from '../backtest/refused.ts';
import { errorCode } from '../error-code.ts';
import { correlationTree, explainCorrelation, parentIn } from '../explain/correlation.ts';
import { explain } from '../explain/explanation.ts';
import { fetchAlert } from '../explain/fetch-alert.ts';
import { findRecord, readRecord } from '../explain/record.ts';
import { treeLines, treeOf } from '../explain/tree.ts';
import { type Language, wordsOf } from '../explain/words.ts';
import type { Output } from '../output.ts';

export interface ExplainOptions {
  readonly rules: string;
  readonly inventory?: string;
  readonly transition?: string;
  readonly lang: Language;
  readonly zone?: string;
  readonly api?: string;
  readonly token?: string;
  readonly table?: string;
  readonly json: boolean;
}

async function readText(what: string): Promise<string | undefined> {
  if (what === '-') return textOf(process.stdin);
  try {
    return await readFile(what, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && !/[/\\]|\.json$/.test(what)) return undefined;
    throw new Refused(`${what}: cannot be read`);
  }
}

async function read(what: string, options: ExplainOptions): Promise<unknown> {
  const text = await readText(what);
  if (text === undefined) return fetchAlert(what, options);
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new Refused(`${what}: is no JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}

function transitionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refused(`--transition ${text}: must be the number of a transition, from 1`);
}

async function explainOne(what: string, options: ExplainOptions, output: Output): Promise<void> {
  const wanted = transitionOf(options.transition);
  const zone = options.zone === undefined ? utc : zoneOf(options.zone);
  if (zone === undefined)
    throw new Refused(`--zone ${options.zone}: write +08:00, or a name such as Asia/Shanghai`);
  const found = findRecord(await read(what, options), wanted, what);
  const troubles = createTroubles();
  const devices = options.inventory === undefined ? [] : await readInventory(options.inventory, troubles);
  for (const line of troubles.lines()) output.remark(line);
  const book = await readBook(options.rules);
  const voice = { say: wordsOf(options.lang), language: options.lang, zone };
  const parent = parentIn(found.json);
  if (parent !== undefined) {
    const text = `${voice.say('linked')}: tocsin rules explain ${parent}`;
    return output.line(options.json ? JSON.stringify({ parent }, null, 2) : text);
  }
  const correlated = explainCorrelation(found, book);
  const explained = correlated ?? explain(readRecord(found, what), book, devices);
  if (options.json) output.line(JSON.stringify(explained, null, 2));
  else {
    const tree = 'members' in explained ? correlationTree(explained, voice) : treeOf(explained, voice);
    for (const line of treeLines(tree)) output.line(line);
  }
  // The same inputs under the same rule must give the same bytes; a difference is a finding.
  if (explained.replay === 'differs' && explained.book === 'same') output.exitWith(1);
}

/** Explains the decision record in a file or on standard input, or that of an alert of a running system. */
export async function explainRecord(what: string, options: ExplainOptions, output: Output): Promise<void> {
  try {
    await explainOne(what, options, output);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    output.remark(error.message);
    output.exitWith(2);
  }
}
