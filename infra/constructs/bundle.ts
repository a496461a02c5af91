import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

export const functionNames = ['ingest', 'notify', 'sweep', 'api'] as const;
export type FunctionName = (typeof functionNames)[number];

/** Where the code of a function comes from. */
export type CodeFor = (name: FunctionName) => Code;

/** What Lambda looks for in the bundle. */
export const handlerName = 'index.handler';

/** What the SDK carries along and a function never needs, in a few lines. */
const standIns = join(import.meta.dirname, '../../functions/entry/stand-ins');

/**
 * Code of each function as one minified ES module, the AWS SDK inside: what was tested is what runs.
 *
 * Bundled in this process by esbuild; no container is ever needed.
 */
export function bundledCode(entryFolder: string): CodeFor {
  return (name) =>
    Code.fromAsset(entryFolder, {
      assetHashType: AssetHashType.OUTPUT,
      bundling: {
        image: DockerImage.fromRegistry('none'),
        // The library keeps one result for equal folders and options: the name tells them apart.
        command: [name],
        local: {
          tryBundle(outputFolder) {
            bundle(join(entryFolder, `${name}.ts`), outputFolder);
            return true;
          },
        },
      },
    });
}

/** Writes `index.mjs` and its source map. @throws esbuild's own error, which names file and line */
export function bundle(entryFile: string, outputFolder: string): void {
  buildSync({
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
      '@smithy/core/event-streams': join(standIns, 'event-streams.ts'),
    },
    legalComments: 'none',
    logLevel: 'silent',
  });
}
