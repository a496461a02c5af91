/** The rooms of the pure core, smallest first, each with the tests that must reach all of it and notice a change of it. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../platform/paths.ts';

export interface Room {
  readonly name: string;
  /** What is measured, or changed. */
  readonly sources: readonly string[];
  /** What must reach it, or fail then. */
  readonly tests: readonly string[];
}

const domain = 'functions/domain';

/** A folder of the domain with the folder of tests that mirrors it, and perhaps more. */
const folder = (folder: string, ...more: readonly string[]): Room => ({
  name: path.basename(folder),
  sources: [`${domain}/${folder}/**/*.ts`],
  tests: [`test/domain/${folder}/**/*.test.ts`, ...more],
});

export const rooms: readonly Room[] = [
  {
    name: 'basics',
    sources: ['ids', 'nearest', 'bytes', 'appended', 'severity', 'watermark', 'time', 'audit/*'].map(
      (file) => `${domain}/${file}.ts`,
    ),
    tests: [
      'test/domain/*.test.ts',
      'test/domain/audit/*.test.ts',
      'test/domain/access/**/*.test.ts',
      'test/domain/twin/**/*.test.ts',
    ],
  },
  folder('access', 'test/handlers/api/tenancy.test.ts'),
  folder('notify', 'test/usecases/notify*.test.ts'),
  folder('alerts', 'test/usecases/{silence,correlate}/**/*.test.ts'),
  folder(
    'inventory',
    'test/usecases/{inventory,limits}/**/*.test.ts',
    'test/handlers/api/{inventory,limits}.test.ts',
  ),
  folder('twin'),
  folder('telemetry'),
  {
    name: 'rules',
    // What only the engine looks at is tried with the engine.
    sources: ['!(engine|evaluate-around)', 'schema/*', 'limits/*'].map(
      (file) => `${domain}/rules/${file}.ts`,
    ),
    tests: [
      'test/domain/rules/{,schema/,limits/}*.test.ts',
      // A rule is what its file says, and what a book of them keeps.
      'test/rules/{book,chatter,packed-book,proofs,read-*,series,timeline,zones}.test.ts',
      'test/cli/{rule-file,book-file,rule-meaning}.test.ts',
      'test/{usecases/limits,handlers/api}/limits.test.ts',
    ],
  },
  folder('rules/windows', 'test/domain/rules/engine/*window*.test.ts'),
  folder('rules/correlate', 'test/usecases/correlate/*.test.ts'),
  {
    name: 'engine',
    sources: ['engine', 'evaluate-around', 'engine/**/*'].map((file) => `${domain}/rules/${file}.ts`),
    tests: ['test/domain/rules/engine/*.test.ts'],
  },
];

export const roomNames = rooms.map(({ name }) => name);

/** The files of the repository that match `patterns`, sorted. */
export const filesOf = (patterns: readonly string[]): readonly string[] =>
  globSync(patterns, { cwd: repository }).toSorted();
