/**
 * How Stryker runs the tests of a room: in one process that loads them once.
 *
 * Its runner for Jest loads every module again for each change, which takes far longer than most of these tests.
 * Only a change of what runs while a module is loaded needs a fresh process; Stryker starts that by itself.
 */
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { type CollectedTest, collect } from './suite.ts';

/** What Stryker's instrumented code and this runner tell each other. */
interface Shared {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  mutantCoverage?: unknown;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
}

interface Change {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly disableBail: boolean;
  readonly hitLimit?: number;
  /** `static`: it is looked at while modules are loaded. */
  readonly mutantActivation: 'runtime' | 'static';
}

const world = globalThis as { __stryker__?: Shared };
world.__stryker__ ??= {};
const shared: Shared = world.__stryker__;

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

class RoomRunner {
  #tests: Promise<readonly CollectedTest[]> | undefined;
  #end: () => unknown = () => undefined;
  /** Milliseconds that each took when nothing was changed. */
  readonly #took = new Map<string, number>();
  /** How many changes each has noticed first. */
  readonly #noticed = new Map<string, number>();

  capabilities() {
    return { reloadEnvironment: false };
  }

  async #load(): Promise<readonly CollectedTest[]> {
    const patterns = (process.env['TOCSIN_ROOM_TESTS'] ?? '').split(' ');
    const { tests, end } = await collect(process.cwd(), patterns);
    this.#end = end;
    return tests;
  }

  /** The tests, or why a change that is there while they are loaded lets none of them load. Other errors are nobody's success. */
  #loaded(activation: Change['mutantActivation']): Promise<readonly CollectedTest[] | string> {
    this.#tests ??= this.#load();
    return activation === 'static' ? this.#tests.catch(messageOf) : this.#tests;
  }

  async dryRun() {
    this.#tests ??= this.#load();
    const told = [];
    for (const test of await this.#tests) {
      const from = performance.now();
      const failed = await this.#fails(test);
      this.#took.set(test.id, performance.now() - from);
      const about = {
        id: test.id,
        name: test.id,
        fileName: test.file,
        timeSpentMs: this.#took.get(test.id) ?? 0,
      };
      told.push(
        failed === undefined ? { ...about, status: 0 } : { ...about, status: 1, failureMessage: failed },
      );
    }
    return { status: 'complete', tests: told, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit, mutantActivation }: Change) {
    shared.hitCount = 0;
    shared.hitLimit = hitLimit;
    if (mutantActivation === 'static') shared.activeMutant = activeMutant.id;
    try {
      const tests = await this.#loaded(mutantActivation);
      // A change of what runs while modules are loaded may keep them from loading.
      if (typeof tests === 'string')
        return { status: 'killed', killedBy: [], failureMessage: tests, nrOfTests: 0 };
      shared.activeMutant = activeMutant.id;
      const asked = tests
        .filter(({ id }) => testFilter?.includes(id) ?? true)
        .toSorted((a, b) => this.#costOf(a) - this.#costOf(b));
      const killedBy: string[] = [];
      let failureMessage = '';
      for (const test of asked) {
        const failed = await this.#fails(test);
        if (failed === undefined) continue;
        failureMessage ||= failed;
        killedBy.push(test.id);
        this.#noticed.set(test.id, (this.#noticed.get(test.id) ?? 0) + 1);
        if (!disableBail) break;
      }
      if (hitLimit !== undefined && (shared.hitCount ?? 0) > hitLimit)
        return { status: 'timeout', reason: `reached ${hitLimit} hits` };
      const nrOfTests = asked.length;
      return killedBy.length > 0
        ? { status: 'killed', killedBy, failureMessage, nrOfTests }
        : { status: 'survived', nrOfTests };
    } finally {
      shared.activeMutant = undefined;
    }
  }

  /** The quick ones are asked first, and of the slow ones those that have noticed much. */
  #costOf({ id }: CollectedTest): number {
    return (this.#took.get(id) ?? 0) / (1 + (this.#noticed.get(id) ?? 0));
  }

  /** Says why the test fails, if it does. */
  async #fails(test: CollectedTest): Promise<string | undefined> {
    shared.currentTestId = test.id;
    try {
      return await test.run().then(() => undefined, messageOf);
    } finally {
      shared.currentTestId = undefined;
    }
  }

  async dispose(): Promise<void> {
    await this.#end();
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'room', injectableClass: RoomRunner }];
