/** `node build.ts <entry file> <output folder>`: bundles one function; a process of its own, because the app waits for it. */
import { join } from 'node:path';
import { build } from 'esbuild';
import { besideBundle } from './beside-bundle.ts';
import { lean } from './lean.ts';

/** What the SDK carries along and a function never needs, in a few lines. */
const standIns = join(import.meta.dirname, '../../functions/entry/stand-ins');

const [entryFile = '', outputFolder = ''] = process.argv.slice(2);

try {
  await build({
    entryPoints: [entryFile],
    outfile: join(outputFolder, 'index.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    sourcemap: true,
    sourcesContent: false,
    charset: 'utf8',
    alias: {
      '@aws-sdk/credential-provider-node': join(standIns, 'credentials.ts'),
      '@aws-sdk/middleware-endpoint-discovery': join(standIns, 'endpoint-discovery.ts'),
      '@smithy/core/event-streams': join(standIns, 'event-streams.ts'),
    },
    plugins: [lean, besideBundle(outputFolder)],
    legalComments: 'none',
    logLevel: 'silent',
  });
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
