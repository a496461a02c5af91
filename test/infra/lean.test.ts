import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import {
  refusing,
  regionsByPattern,
  versionOnly,
  withoutErrorClasses,
  withPlainKeys,
} from '../../infra/bundling/lean.ts';

test('a computed key that is a constant becomes that text, and nothing else changes', () => {
  const source =
    'const _h = "header";\nconst n = 1;\nexport var X = [3, _h, [_h], { [_h]: 1, [_other]: 2 }];';
  expect(withPlainKeys(source)).toBe(
    'const _h = "header";\nconst n = 1;\nexport var X = [3, _h, [_h], { "header": 1, [_other]: 2 }];',
  );
});

test('what is left out of a bundle says so when it is called, and what makes a method makes one that says so', async () => {
  const source =
    'export const a = () => 1;\nexport function b() {}\nexport class C {}\nexport const createMethod = () => () => 1;';
  const module: unknown = await import(
    `data:text/javascript,${encodeURIComponent(refusing(source, 'JSON Schema'))}`
  );
  const names = Object.entries(Object(module));
  expect(names.map(([name]) => name)).toEqual(['C', 'a', 'b', 'createMethod']);
  for (const [name, value] of names) {
    if (typeof value !== 'function') throw new TypeError(`${name} is no function`);
    const call: unknown = name === 'createMethod' ? value() : value;
    if (typeof call !== 'function') throw new TypeError(`${name} makes no function`);
    expect(() => call()).toThrow('JSON Schema is not in the bundle');
  }
});

test('of the description of a client its version stays', () => {
  expect(versionOnly('{"name":"@aws-sdk/client-x","version":"3.1.2","scripts":{}}')).toBe(
    '{"version":"3.1.2"}',
  );
});

test('of the errors of a client that of the service itself stays, and what is caught by its class', () => {
  const own = '_s_registry.registerError(SNSServiceException$, SNSServiceException);\n';
  const other = 'n0_registry.registerError(ThrottledException$, ThrottledException);\n';
  const caught = 'n0_registry.registerError(TransactionCanceledException$, TransactionCanceledException);\n';
  expect(withoutErrorClasses(own + other + caught)).toBe(`${own}\n${caught}`);
});

/** A partition, as the SDK looks a region up in it. */
const Partition = z.object({
  outputs: z.object({ name: z.string() }),
  regionRegex: z.string(),
  regions: z.record(z.string(), z.object({ description: z.string().optional() }).strict()),
});

/** As the SDK does: first by the name in every list, then by the patterns, in their order. */
const partitionOf = (partitions: readonly z.infer<typeof Partition>[], region: string): string | undefined =>
  (
    partitions.find(({ regions }) => region in regions) ??
    partitions.find(({ regionRegex }) => new RegExp(regionRegex).test(region))
  )?.outputs.name;

test('every region belongs to the same partition when only those are listed that no pattern tells', () => {
  const core = dirname(createRequire(import.meta.url).resolve('@aws-sdk/core/package.json'));
  const file = join(core, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js');
  const source = readFileSync(file, 'utf8');
  const listed = (text: string): readonly z.infer<typeof Partition>[] =>
    z
      .object({ partitions: z.array(Partition) })
      .parse(JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))).partitions;
  const [all, few] = [listed(source), listed(regionsByPattern(source))];
  const names = all.flatMap(({ regions }) => Object.keys(regions));
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect([name, partitionOf(few, name)]).toEqual([name, partitionOf(all, name)]);
  expect(few.flatMap(({ regions }) => Object.keys(regions)).length).toBeLessThan(names.length / 3);
});
