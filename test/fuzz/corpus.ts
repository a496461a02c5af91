/** The inputs that a run starts from, one file a target: seeds by hand, what runs found out, and what once failed. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { repository } from '../../local/platform/paths.ts';

/** Either as text or as base64; `why` where a person has to know. */
const Entry = z.union([
  z.strictObject({ text: z.string(), why: z.string().optional() }),
  z.strictObject({ base64: z.base64(), why: z.string().optional() }),
]);
type Entry = z.infer<typeof Entry>;

const fileOf = (name: string): string => path.join(repository, 'test/fuzz/corpus', `${name}.jsonl`);

const bytesOf = (entry: Entry): Buffer =>
  'text' in entry ? Buffer.from(entry.text) : Buffer.from(entry.base64, 'base64');

function entryOf(input: Buffer, why?: string): Entry {
  const text = input.toString();
  const reason = why === undefined ? {} : { why };
  return Buffer.from(text).equals(input)
    ? { text, ...reason }
    : { base64: input.toString('base64'), ...reason };
}

export function readEntries(name: string): readonly Entry[] {
  const lines = readFileSync(fileOf(name), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => Entry.parse(JSON.parse(line)));
}

/** Everything that a run of the target starts from. */
export const seedsOf = (name: string): readonly Buffer[] => readEntries(name).map(bytesOf);

/** Adds inputs that are not there yet. @returns how many were added */
export function addToCorpus(name: string, inputs: readonly Buffer[], why?: string): number {
  const entries = [...readEntries(name)];
  const known = new Set(entries.map((entry) => bytesOf(entry).toString('base64')));
  const added = inputs.filter((input) => !known.has(input.toString('base64')));
  const all = [...entries, ...added.map((input) => entryOf(input, why))];
  if (added.length > 0)
    writeFileSync(fileOf(name), `${all.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  return added.length;
}
