import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withLock } from '../../local/platform/lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tocsin-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('two that want the lock run one after the other', async () => {
  const lock = path.join(folder, 'lock');
  const steps: string[] = [];
  const step = (name: string) => async () => {
    steps.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    steps.push(`${name} out`);
  };
  await Promise.all([withLock(lock, () => {}, step('a')), withLock(lock, () => {}, step('b'))]);
  expect(steps.map((one) => one.split(' ')[1])).toEqual(['in', 'out', 'in', 'out']);
});

test('the lock of a process that has died is taken over', async () => {
  const lock = path.join(folder, 'lock');
  await mkdir(lock);
  await writeFile(path.join(lock, 'pid'), '999999999');
  expect(
    await withLock(
      lock,
      () => {},
      async () => 'mine',
    ),
  ).toBe('mine');
});

test('a failure gives the lock back', async () => {
  const lock = path.join(folder, 'lock');
  const fails = withLock(
    lock,
    () => {},
    () => Promise.reject(new Error('no')),
  );
  await expect(fails).rejects.toThrow('no');
  expect(
    await withLock(
      lock,
      () => {},
      async () => 'free',
    ),
  ).toBe('free');
});
