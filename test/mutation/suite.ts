/** Tests without Jest: collected once in this process, so that each of them can be asked again and again without being loaded again. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'expect';
import fc from 'fast-check';
import { bind } from 'jest-each';
import { propertySeed } from '../support/seed.ts';

type Step = () => unknown;

interface Group {
  readonly name: string;
  readonly outer: Group | undefined;
  readonly beforeAll: Step[];
  readonly beforeEach: Step[];
  readonly afterEach: Step[];
  /** Its `beforeAll` have run. */
  isReady: boolean;
}

export interface CollectedTest {
  /** The same in every process. */
  readonly id: string;
  readonly file: string;
  /** Resolves when it has passed; rejects as the test says otherwise. */
  run(): Promise<void>;
}

/** How long a property is asked: what a change breaks shows early or hardly ever. A test may not count on more. */
const propertyMsMax = 100;

const hurryProperties = (): void =>
  fc.configureGlobal({ seed: propertySeed, interruptAfterTimeLimit: propertyMsMax });

const groupIn = (outer: Group | undefined, name: string): Group => ({
  name,
  outer,
  beforeAll: [],
  beforeEach: [],
  afterEach: [],
  isReady: false,
});

const linesOf = (group: Group | undefined): readonly Group[] =>
  group === undefined ? [] : [...linesOf(group.outer), group];

async function runIn(group: Group, test: Step): Promise<void> {
  const groups = linesOf(group);
  for (const one of groups) {
    if (!one.isReady) for (const step of one.beforeAll) await step();
    one.isReady = true;
  }
  for (const { beforeEach } of groups) for (const step of beforeEach) await step();
  try {
    await test();
  } finally {
    for (const { afterEach } of groups.toReversed()) for (const step of afterEach.toReversed()) await step();
  }
}

/**
 * Loads the test files that match `patterns` below `folder`, one after the other.
 *
 * @returns their tests, and what to call when no test runs any more
 * @throws what a file throws while it is loaded
 */
export async function collect(
  folder: string,
  patterns: readonly string[],
): Promise<{ readonly tests: readonly CollectedTest[]; readonly end: Step }> {
  const tests: CollectedTest[] = [];
  const ends: Step[] = [];
  hurryProperties();
  for (const file of globSync([...patterns], { cwd: folder }).toSorted()) {
    let group = groupIn(undefined, file);
    const nameOf = (name: string): string => [...linesOf(group).map((one) => one.name), name].join(' › ');
    const test = (name: string, step: Step): void => {
      const within = group;
      const same = tests.filter(({ id }) => id === nameOf(name) || id.startsWith(`${nameOf(name)} #`)).length;
      const id = same === 0 ? nameOf(name) : `${nameOf(name)} #${same}`;
      tests.push({ id, file, run: () => runIn(within, step) });
    };
    const describe = (name: string, body: () => void): void => {
      const outer = group;
      group = groupIn(outer, name);
      body();
      group = outer;
    };
    Object.assign(globalThis, {
      expect,
      test: Object.assign(test, { each: bind(test) }),
      describe: Object.assign(describe, { each: bind(describe, false) }),
      beforeAll: (step: Step) => group.beforeAll.push(step),
      beforeEach: (step: Step) => group.beforeEach.push(step),
      afterEach: (step: Step) => group.afterEach.push(step),
      afterAll: (step: Step) => ends.push(step),
    });
    await import(pathToFileURL(path.join(folder, file)).href);
  }
  const end = async (): Promise<void> => {
    for (const step of ends) await step();
  };
  return { tests, end };
}
