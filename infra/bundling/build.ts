/** `node build.ts <entry file> <output folder>`: bundles one function; a process of its own, because the app waits for it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { besideBundle } from './beside-bundle.ts';
import { lean } from './lean.ts';

/** What the SDK carries along and a function never needs, in a few lines. */
const standIns = join(import.meta.dirname, '../../functions/entry/stand-ins');

const [entryFile = '', outputFolder = ''] = process.argv.slice(2);

/** What one pass over each file cannot see is seen over the whole: names used once, branches that nothing reaches. */
async function smaller(code: string, map: string): Promise<{ readonly code: string; readonly map: string }> {
  const { code: done, map: moved } = await transform(code, {
    swcrc: false,
    configFile: false,
    isModule: true,
    inputSourceMap: map,
    sourceMaps: true,
    minify: true,
    jsc: {
      target: 'es2024',
      minify: { module: true, ecma: 2022, compress: { passes: 4, ecma: 2022 }, mangle: true },
    },
  });
  if (moved === undefined) throw new Error('the bundle has no source map');
  return { code: `${done}\n//# sourceMappingURL=index.mjs.map\n`, map: moved };
}

try {
  const { outputFiles } = await build({
    entryPoints: [entryFile],
    outfile: join(outputFolder, 'index.mjs'),
    write: false,
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
  const textOf = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  const { code, map } = await smaller(textOf('.mjs'), textOf('.mjs.map'));
  await mkdir(outputFolder, { recursive: true });
  await writeFile(join(outputFolder, 'index.mjs'), code);
  await writeFile(join(outputFolder, 'index.mjs.map'), map);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
