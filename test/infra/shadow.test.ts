import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../infra/config.ts';
import { layBeside, shadowBookName } from '../../infra/constructs/bundle.ts';
import { BookError } from '../../infra/whole-book.ts';
import { graphFor } from './support/graph.ts';

const entries = join(import.meta.dirname, '../../functions/entry');
const book = join(import.meta.dirname, '../../rules/book.json');

test('without a candidate ingest is told of none', () => {
  expect(graphFor({}).text).toContain('"SHADOW_BOOK":""');
  expect(parseConfig({}).shadow).toBeUndefined();
});

test('with a candidate ingest is told its name beside the bundle', () => {
  expect(graphFor({ shadow: book }).text).toContain(`"SHADOW_BOOK":"${shadowBookName}"`);
});

test('a candidate lies beside the bundle as it is; what is no rule book stops the synthesis with the remedy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-shadow-'));
  try {
    layBeside(entries, book, folder);
    expect(await readFile(join(folder, shadowBookName), 'utf8')).toBe(await readFile(book, 'utf8'));
    const wrong = join(folder, 'wrong.json');
    await writeFile(wrong, '{"format": 2}');
    expect(() => layBeside(entries, wrong, folder)).toThrow(BookError);
    expect(() => layBeside(entries, wrong, folder)).toThrow(/the rule book cannot be read.*Remedy/);
    expect(() => layBeside(entries, join(folder, 'none.json'), folder)).toThrow(/none\.json.*ENOENT/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
