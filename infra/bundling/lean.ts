/** What libraries carry along and no function uses, left out of the bundles. */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Text constants of an SDK's schemas: `const _hQ = "httpQuery";`. */
const constant = /^const (_\w+) = ("[^"]*");$/gm;
/** A key that is one of them: `{ [_hQ]: _sAA }`. */
const computedKey = /\[(_\w+)\]:/g;

/**
 * Names its keys outright: a computed key might have an effect, so esbuild keeps every schema that has one and all that
 * it refers to, 110 kB of IoT operations that nobody calls.
 *
 * @example withPlainKeys('const _h = "header";\nexport var X = [{ [_h]: 1 }];') // …[{ "header": 1 }];
 */
export function withPlainKeys(source: string): string {
  const texts = new Map([...source.matchAll(constant)].map(([, name = '', text = '']) => [name, text]));
  return source.replace(computedKey, (key, name: string) => {
    const text = texts.get(name);
    return text === undefined ? key : `${text}:`;
  });
}

/** Errors that code catches by their class, or whose own fields it reads. */
const caught: readonly string[] = ['ConditionalCheckFailedException', 'TransactionCanceledException'];
const registration = /^\w+\.registerError\((\w+)\$, \1\);$/gm;

/**
 * Registers only the errors of a service that code tells apart by class, and its base: any other comes as the base with its
 * name, which is what we go by. Seventy classes and schemas of errors that no called operation has stay out.
 */
export const withFewErrors = (source: string): string =>
  source.replace(registration, (line, name: string) =>
    caught.includes(name) || name.endsWith('ServiceException') ? line : '',
  );

const exported = /^export (?:const|function|class) (\w+)/gm;

/** A module with the same exports, that all refuse; what makes a method makes one that refuses. */
export const refusing = (source: string, what: string): string =>
  [
    `function refuse() { throw new Error(${JSON.stringify(`${what} is not in the bundle`)}); }`,
    ...[...source.matchAll(exported)].map(
      ([, name = '']) => `export const ${name} = ${name.startsWith('create') ? '() => refuse' : 'refuse'};`,
    ),
    ...(source.includes('processSchema as process') ? ['export { processSchema as process };'] : []),
  ].join('\n');

/** Of the package file that an SDK's client reads its version from, the version. */
export function versionOnly(source: string): string {
  const { name, version } = JSON.parse(source);
  return JSON.stringify({ name, version });
}

export const lean: Plugin = {
  name: 'lean',
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/ },
      async ({ path }) => ({
        contents: withFewErrors(withPlainKeys(await readFile(path, 'utf8'))),
      }),
    );
    onLoad(
      { filter: /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/ },
      async ({ path }) => ({
        contents: refusing(await readFile(path, 'utf8'), 'JSON Schema'),
      }),
    );
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => ({
      contents: versionOnly(await readFile(path, 'utf8')),
      loader: 'json',
    }));
    // Ours is the standard retry.
    onLoad({ filter: /[\\/]@smithy[\\/]core[\\/].*[\\/]DefaultRateLimiter\.js$/ }, async ({ path }) => ({
      contents: refusing(await readFile(path, 'utf8'), 'the adaptive retry'),
    }));
    // Node hashes by itself; this is for runtimes that cannot.
    onLoad({ filter: /[\\/]@smithy[\\/]core[\\/].*[\\/]Sha256Js\.js$/ }, async ({ path }) => ({
      contents: refusing(await readFile(path, 'utf8'), 'a hash in JavaScript'),
    }));
  },
};
