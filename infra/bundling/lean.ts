/** What libraries carry along and no function uses, left out of the bundles. */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import * as z from 'zod';

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

const exported = /^export (?:const|function|class) (\w+)/gm;

/** `n0_registry.registerError(ThrottledException$, ThrottledException);`: that of the service itself stays. */
const ownError = /^n0_registry\.registerError\((\w+)\$, .*\);$/gm;
/** What our code tells by its class, or reads more of than its name. */
const caught: readonly string[] = ['ConditionalCheckFailedException', 'TransactionCanceledException'];

/**
 * A client that knows hardly any of its service's errors by a class of its own: every other is one of the service, under the
 * name that it sent, and that is all we tell errors apart by.
 */
export const withoutErrorClasses = (source: string): string =>
  source.replace(ownError, (line, name: string) => (caught.includes(name) ? line : ''));

/** Of a client's description of itself only the version is read, for the name by which it calls. */
export const versionOnly = (description: string): string => {
  const { version }: { readonly version?: unknown } = JSON.parse(description);
  return JSON.stringify({ version });
};

const Partitions = z.looseObject({
  partitions: z.array(z.looseObject({ regionRegex: z.string(), regions: z.record(z.string(), z.unknown()) })),
});

/**
 * The partitions of AWS, of whose regions only those are listed that their pattern does not tell: of the others the list
 * knows nothing but a name for people.
 *
 * @throws SyntaxError or ZodError when the SDK writes them in another shape: nothing is bundled then
 */
export function regionsByPattern(source: string): string {
  const [, before = '', json = '', after = ''] = /^([^{]*)(\{.*\})([^}]*)$/s.exec(source) ?? [];
  const { partitions, ...rest } = Partitions.parse(JSON.parse(json));
  const patterns = partitions.map(({ regionRegex }) => new RegExp(regionRegex));
  const shorter = partitions.map((one, own) => ({
    ...one,
    regions: Object.fromEntries(
      Object.keys(one.regions)
        .filter((name) => patterns.some((pattern, i) => pattern.test(name) !== (i === own)))
        .map((name) => [name, {}]),
    ),
  }));
  return `${before}${JSON.stringify({ partitions: shorter, ...rest })}${after}`;
}

/** A module with the same exports, that all refuse; what makes a method makes one that refuses. */
export const refusing = (source: string, what: string): string =>
  [
    `const refuse = () => { throw new Error(${JSON.stringify(`${what} is not in the bundle`)}); };`,
    ...[...source.matchAll(exported)].map(
      ([, name = '']) => `export const ${name} = ${name.startsWith('create') ? '() => refuse' : 'refuse'};`,
    ),
    ...(source.includes('processSchema as process') ? ['export { processSchema as process };'] : []),
  ].join('\n');

/** Modules of `@smithy/core` that no function ever reaches, by the end of their paths, and what they would be for. */
const unreached: readonly (readonly [RegExp, string])[] = [
  // Ours are standard.
  [/retry[\\/].*[\\/](?:DefaultRateLimiter|AdaptiveRetryStrategy)\.js$/, 'adaptive retry'],
  // Node hashes by itself; these are for runtimes that cannot.
  [/checksum[\\/].*[\\/](?:Sha256Js|Md5Js)\.js$/, 'a hash in JavaScript'],
  [/util-stream[\\/]sdk-stream-mixin\.browser\.js$/, 'a stream of a browser'],
  [/service-customizations[\\/]s3\.js$/, 'an endpoint of S3'],
  // Lambda says the region in the environment.
  [/regionConfig[\\/]getInstanceMetadataRegion\.js$/, 'the metadata of an instance'],
];

/** A function has no home and no `~/.aws/config`: what the library says when it finds none, without looking. */
const noConfigFiles = `
export { CONFIG_PREFIX_SEPARATOR } from './constants';
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`;

/** The signer of the messages of an event stream, which every signer of requests makes beside itself. */
const noEventHeaders =
  "export class HeaderFormatter { format() { throw new Error('event streams are not in the bundle'); } }";

export const lean: Plugin = {
  name: 'lean',
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]\w+\.js$/ },
      async ({ path }) => ({
        contents: withoutErrorClasses(withPlainKeys(await readFile(path, 'utf8'))),
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
    onLoad({ filter: /[\\/]util-endpoints[\\/]lib[\\/]aws[\\/]partitions\.js$/ }, async ({ path }) => ({
      contents: regionsByPattern(await readFile(path, 'utf8')),
    }));
    for (const [end, what] of unreached)
      onLoad(
        { filter: new RegExp(String.raw`[\\/]@smithy[\\/]core[\\/].*${end.source}`) },
        async ({ path }) => ({
          contents: refusing(await readFile(path, 'utf8'), what),
        }),
      );
    onLoad({ filter: /[\\/]shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/ }, ({ path }) => ({
      contents: noConfigFiles,
      resolveDir: dirname(path),
    }));
    onLoad({ filter: /[\\/]signature-v4[\\/]dist-es[\\/]HeaderFormatter\.js$/ }, () => ({
      contents: noEventHeaders,
    }));
  },
};
