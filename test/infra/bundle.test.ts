import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** The goal in bytes, and a guard for the one that misses it: docs/decisions/lean-bundles.md says why. */
const bundleSizeMax = { ingest: 450_000, notify: 450_000, sweep: 500_000, api: 450_000 };

/** Passes the schema of every function. */
const environment = {
  AWS_REGION: 'eu-central-1',
  STAGE: 'local',
  TWINS_TABLE_NAME: 'twins',
  RECORDS_TABLE_NAME: 'records',
  ARCHIVE_STREAM_NAME: 'archive',
  ARCHIVE_QUEUE_URL: 'https://sqs.example.org/1/archive',
  BACKLOG_QUEUE_URL: 'https://sqs.example.org/1/backlog',
  TICKS_QUEUE_URL: 'https://sqs.example.org/1/ticks',
  QUARANTINE_BUCKET_NAME: 'quarantine',
  HEARTBEAT_URL: '',
  SHADOW_BOOK: '',
  ALERTS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:1:alerts',
  CANARY_TOPIC: 'canary',
  TELEMETRY_RULE_NAME: 'tocsin_local',
  DEVICE_POLICY_NAME: 'device',
  REQUIRED_SCOPES: 'scope',
  TOKEN_ISSUER: 'https://id.example.org/',
};

test.each(functionNames)(
  'the entry of %s becomes one small module that loads by itself, with the rule book beside it',
  (name) => {
    const out = folder(name);
    const file = join(out, 'index.mjs');
    bundle(join(import.meta.dirname, `../../functions/entry/${name}.ts`), out);
    expect(readdirSync(out).sort()).toEqual(['book.packed', 'index.mjs', 'index.mjs.map']);
    expect(statSync(file).size).toBeGreaterThan(10_000);
    expect(statSync(file).size).toBeLessThanOrEqual(bundleSizeMax[name]);
    const load = `const { handler } = await import(${JSON.stringify(file)}); process.stdout.write(typeof handler);`;
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', load], { env: environment });
    expect([ran.stdout.toString(), ran.stderr.toString()]).toEqual(['function', '']);
  },
);

test('a rule book that the code cannot read stops the synthesis and says where', () => {
  const broken = folder('broken-book');
  mkdirSync(join(broken, 'rules'));
  writeFileSync(join(broken, 'rules/book.json'), '{"format":2,"version":"x"}');
  const code =
    "import book from './rules/book.json' with { type: 'json' };\nexport const handler = () => book;\n";
  for (const name of functionNames) writeFileSync(join(broken, `${name}.ts`), code);
  expect(() => build({ stage: 'local' }, bundledCode(broken))).toThrow(
    /the rule book cannot be read: version/,
  );
});

test('an entry with an error stops the synthesis and names the file', () => {
  const broken = folder('broken');
  writeFileSync(join(broken, 'ingest.ts'), 'export const handler = ;\n');
  expect(() => build({ stage: 'local' }, bundledCode(broken))).toThrow(/ingest\.ts/);
});
