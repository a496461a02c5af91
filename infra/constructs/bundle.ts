import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { BookError } from '../whole-book.ts';

export const functionNames = ['ingest', 'notify', 'sweep', 'api'] as const;
export type FunctionName = (typeof functionNames)[number];

/** Where the code of a function comes from. */
export type CodeFor = (name: FunctionName) => Code;

/** What Lambda looks for in the bundle. */
export const handlerName = 'index.handler';

const builder = join(import.meta.dirname, '../bundling/build.ts');

/**
 * Code of each function as one minified ES module, the AWS SDK inside: what was tested is what runs.
 *
 * Bundled by esbuild in a process of its own, because the app cannot wait; no container is ever needed.
 *
 * @param shadow a candidate rule book that `ingest` evaluates beside the live one
 */
export function bundledCode(entryFolder: string, shadow?: string): CodeFor {
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
            if (name === 'ingest' && shadow !== undefined) layBeside(entryFolder, shadow, outputFolder);
            return true;
          },
        },
      },
    });
}

/** The candidate rule book, as it lies beside the bundle. */
export const shadowBookName = 'shadow-book.json';

/** Lays a candidate book beside the bundle. @throws BookError when the code that runs there could not read it */
export function layBeside(entryFolder: string, shadow: string, outputFolder: string): void {
  // Packing reads every field, so it is the check; the packed form itself is not needed beside the bundle.
  const packed = join(outputFolder, `${shadowBookName}.packed`);
  const args = [join(entryFolder, 'pack-book.ts'), shadow, packed];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  rmSync(packed, { force: true });
  const said = /the rule book .*|ENOENT.*/.exec(stderr)?.[0] ?? stderr;
  if (status !== 0)
    throw new BookError(
      `shadow: ${shadow}: ${said}. Remedy: name a book.json that \`tocsin rules build\` wrote`,
    );
  copyFileSync(shadow, join(outputFolder, shadowBookName));
}

/** Writes `index.mjs` and its source map. @throws Error with esbuild's own words, which name file and line */
export function bundle(entryFile: string, outputFolder: string): void {
  const { status, stderr } = spawnSync(process.execPath, [builder, entryFile, outputFolder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${entryFile} cannot be bundled: ${stderr}`);
}
