/** A target with the product compiled so that it counts where it passes: what guides a run. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';
import { createInstrumenter } from 'istanbul-lib-instrument';
import { localFolder, repository } from '../../local/platform/paths.ts';
import type { FuzzTarget } from './target.ts';

const folder = path.join(repository, 'test/fuzz/targets');

export const targetNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .toSorted();

interface TargetModule {
  readonly target: FuzzTarget;
}

/** The target as it is written: no counting, full speed, true stack traces. */
export async function loadTarget(name: string): Promise<FuzzTarget> {
  const loaded: TargetModule = await import(pathToFileURL(path.join(folder, `${name}.ts`)).href);
  return loaded.target;
}

export interface Instrumented {
  readonly target: FuzzTarget;
  readonly counters: Uint8Array;
  /** Texts that the code holds: what it compares with. */
  readonly words: readonly string[];
}

const instrumenter = createInstrumenter({ esModules: true, compact: true, produceSourceMap: false });
const counted = /\bcov_\w+\(\)\.([fb])\[\d+\](?:\[\d+\])?\+\+/g;
/** Statements need no counter: a branch or a function led to each. */
const statement = /\bcov_\w+\(\)\.s\[\d+\]\+\+/g;
const literal = /(['"])((?:\\.|(?!\1)[^\\\n]){1,32})\1/g;
/** The compiled product under test; tests and packages are not counted. */
const product = /[/\\](?:functions|cli)[/\\].*\.ts$/;

function countingPlugin(words: Set<string>, next: () => number): Plugin {
  return {
    name: 'counting',
    setup(bundler) {
      bundler.onLoad({ filter: product }, async ({ path: file }) => {
        const written = readFileSync(file, 'utf8');
        const { code } = await transform(written, { loader: 'ts', target: 'es2023' });
        for (const [, , text = ''] of code.matchAll(literal)) words.add(text);
        const contents = instrumenter
          .instrumentSync(code, file)
          .replace(statement, '0')
          .replace(counted, () => `__counters[${next()}]++`);
        return { contents, loader: 'js' };
      });
    },
  };
}

/** Compiles and loads the target; its counters are those that the product then counts with. */
export async function instrumentTarget(name: string): Promise<Instrumented> {
  const words = new Set<string>();
  let places = 0;
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    banner: { js: 'const __counters = globalThis[Symbol.for("tocsin.counters")];' },
    plugins: [countingPlugin(words, () => places++)],
  });
  const counters = new Uint8Array(places);
  Object.assign(globalThis, { [Symbol.for('tocsin.counters')]: counters });
  // Below the repository, so that it finds the packages.
  const output = path.join(localFolder, 'fuzz', `${name}.mjs`);
  mkdirSync(path.dirname(output), { recursive: true });
  writeFileSync(output, outputFiles[0]?.contents ?? '');
  const loaded: TargetModule = await import(pathToFileURL(output).href);
  return { target: loaded.target, counters, words: [...words] };
}
