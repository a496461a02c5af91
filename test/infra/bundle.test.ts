import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { bundle, bundledCode, functionNames } from '../../infra/constructs/bundle.ts';
import { build } from './support/synth.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the tests. */
function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `tocsin-${name}-`));
  made.push(path);
  return path;
}

const entries = folder('entries');
for (const name of functionNames) {
  writeFileSync(
    join(entries, `${name}.ts`),
    `export const handler = async (): Promise<string> => '${name}';\n`,
  );
}

test('each function gets its own entry as one ES module with a source map', async () => {
  const { app } = build({ stage: 'local' }, bundledCode(entries));
  const { directory } = app.synth();
  const folders = readdirSync(directory).filter((name) => name.startsWith('asset.'));
  const said = await Promise.all(
    folders.map(async (asset) => {
      const files = readdirSync(join(directory, asset)).sort();
      expect(files).toEqual(['index.mjs', 'index.mjs.map']);
      expect(readFileSync(join(directory, asset, 'index.mjs'), 'utf8').split('\n').length).toBeLessThan(4);
      const module: unknown = await import(join(directory, asset, 'index.mjs'));
      const { handler } = z
        .object({ handler: z.custom<() => Promise<string>>((it) => typeof it === 'function') })
        .parse(module);
      return handler();
    }),
  );
  expect(said.sort()).toEqual(['api', 'ingest', 'notify', 'sweep']);
});

/** Bytes of a function's code that a cold start reads; the promise of the design. */
const bundleSizeMax = 450_000;

test.each(functionNames)(
  'the entry of %s becomes one small module that loads without a container',
  (name) => {
    const out = folder(name);
    bundle(join(import.meta.dirname, `../../functions/entry/${name}.ts`), out);
    expect(readdirSync(out).sort()).toEqual(['index.mjs', 'index.mjs.map']);
    const code = readFileSync(join(out, 'index.mjs'));
    expect(code.length).toBeGreaterThan(10_000);
    expect(code.length).toBeLessThanOrEqual(bundleSizeMax);
    expect(code.toString()).not.toMatch(/from\s*"(?!node:)[a-z@]/);
  },
);

test('an entry with an error stops the synthesis and names the file', () => {
  const broken = folder('broken');
  writeFileSync(join(broken, 'ingest.ts'), 'export const handler = ;\n');
  expect(() => build({ stage: 'local' }, bundledCode(broken))).toThrow(/ingest\.ts/);
});
